"""How good the model of sentence roles is, on abstracts that it was not trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from validation.abstracts import abstracts
from validation.floors import Figure
from validation.intervals import bootstrap, f1, macro_f1

from probatum.claims.roles import ROLES, roles

_SPLIT = "test part"


def figures(path: Path) -> list[Figure]:
    """Measure on the part "test"."""
    listed = abstracts(path)["test"]
    found = np.array([ROLES.index(role) for texts, _ in listed for role in roles(texts)])
    true = np.concatenate([labels for _, labels in listed])
    groups = [str(number) for number, (texts, _) in enumerate(listed) for _ in texts]

    def accuracy(rows: NDArray[np.int64]) -> float:
        return float((found[rows] == true[rows]).mean())

    def macro(rows: NDArray[np.int64]) -> float:
        return macro_f1(found[rows], true[rows], len(ROLES))

    everything = np.arange(len(true))
    n = len(true)
    return [
        Figure("sentence roles accuracy", accuracy(everything), n, _SPLIT,
               *bootstrap(accuracy, groups), goal=".92"),
        Figure("sentence roles macro-F1", macro(everything), n, _SPLIT,
               *bootstrap(macro, groups), goal=".84"),
        *(Figure(f"sentence roles F1 {role}", f1(found, true, k), n, _SPLIT)
          for k, role in enumerate(ROLES)),
    ]  # fmt: skip

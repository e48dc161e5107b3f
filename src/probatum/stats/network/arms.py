"""From arms to contrasts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats import inputs
from probatum.stats.effect_sizes import compute
from probatum.stats.inputs import Floats
from probatum.stats.measures.families import Options

ARM_FIELDS = {
    "OR": {"event": ("ai", "ci"), "n": ("n1i", "n2i")},
    "RR": {"event": ("ai", "ci"), "n": ("n1i", "n2i")},
    "RD": {"event": ("ai", "ci"), "n": ("n1i", "n2i")},
    "MD": {"mean": ("m1i", "m2i"), "sd": ("sd1i", "sd2i"), "n": ("n1i", "n2i")},
    "ROM": {"mean": ("m1i", "m2i"), "sd": ("sd1i", "sd2i"), "n": ("n1i", "n2i")},
    "IRR": {"event": ("x1i", "x2i"), "time": ("t1i", "t2i")},
    "IRD": {"event": ("x1i", "x2i"), "time": ("t1i", "t2i")},
}


@dataclass(frozen=True, slots=True)
class Contrasts:
    """The contrasts of all pairs of arms of each study, ready for ``nma``."""

    te: Floats
    se_te: Floats
    treat1: tuple[str, ...]
    treat2: tuple[str, ...]
    study: tuple[str, ...]


def contrasts(
    measure: str,
    study: Sequence[Hashable],
    treatment: Sequence[str],
    *,
    add: float = 0.5,
    **fields: ArrayLike,
) -> Contrasts:
    """Return the contrasts of arm-level data; the first arm of a pair minus the second.

    ``measure``: OR, RR, RD (fields event, n), MD, ROM (mean, sd, n), IRR, IRD (event, time). In a
    study with an empty cell ``add`` goes to all its arms, so that its contrasts stay consistent.
    Studies without an event in any arm, or without anything else, say nothing and are left out.
    """
    needed = ARM_FIELDS[inputs.one_of(measure, tuple(ARM_FIELDS), "measure of contrasts")]
    if set(fields) != set(needed):
        raise UsageError(f"{measure} needs {', '.join(needed)}; given: {', '.join(fields)}")
    arrays = {name: inputs.vector(values, name) for name, values in fields.items()}
    k = inputs.same_length(arrays)
    if len(study) != k or len(treatment) != k:
        raise UsageError(f"study and treatment: one entry an arm is needed ({k})")
    where = _informative(study, arrays)
    pairs = [(s, a, b) for s, rows in where.items() for a, b in combinations(rows, 2)]
    arrays = _filled(arrays, where, add) if "event" in arrays and "n" in arrays else arrays
    first = np.array([a for _, a, _ in pairs], dtype=int)
    second = np.array([b for _, _, b in pairs], dtype=int)
    wide = {}
    for name, (one, two) in needed.items():
        wide[one], wide[two] = arrays[name][first], arrays[name][second]
    labels = [f"{s}: {treatment[a]} v {treatment[b]}" for s, a, b in pairs]
    es = compute(measure, wide, Options(labels=labels, to="none" if "n1i" in wide else "only0"))
    keep = np.flatnonzero(np.isfinite(es.yi) & (es.vi > 0)).tolist()
    return Contrasts(
        es.yi[keep],
        np.sqrt(es.vi[keep]),
        tuple(str(treatment[pairs[i][1]]) for i in keep),
        tuple(str(treatment[pairs[i][2]]) for i in keep),
        tuple(pairs[i][0] for i in keep),
    )


def _informative(study: Sequence[Hashable], arrays: dict[str, Floats]) -> dict[str, list[int]]:
    """Return the arms of each study that says something about its contrasts."""
    where: dict[str, list[int]] = {}
    for i, s in enumerate(study):
        where.setdefault(str(s), []).append(i)
    if "event" not in arrays:
        return where
    event = arrays["event"]
    n = arrays.get("n", np.full_like(event, np.inf))
    return {
        s: rows
        for s, rows in where.items()
        if (event[rows] > 0).any() and (event[rows] < n[rows]).any()
    }


def _filled(
    arrays: dict[str, Floats], where: dict[str, list[int]], add: float
) -> dict[str, Floats]:
    event, n = arrays["event"].copy(), arrays["n"].copy()
    for rows in where.values():
        if (event[rows] == 0).any() or (event[rows] == n[rows]).any():
            event[rows] += add
            n[rows] += 2 * add
    return {**arrays, "event": event, "n": n}

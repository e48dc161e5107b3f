"""The reference numbers of R packages: where they lie, and how two outputs are compared."""

from __future__ import annotations

import gzip
import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """Return the folder of reference data: PROBATUM_DATA, else the one beside the project."""
    return Path(os.environ.get("PROBATUM_DATA", ROOT.parent / "shared" / "data"))


def load(name: str) -> Any:  # JSON has no narrower type
    """Return a reference file of the folder ``meta``."""
    with gzip.open(data_folder() / "meta" / name, "rt", encoding="utf-8") as file:
        return json.load(file)


@dataclass(frozen=True, slots=True)
class Case:
    """One reference call: the unit it ran on, the function, its options and its output."""

    id: int
    unit: str
    fun: str
    opts: Mapping[str, Any]
    out: Mapping[str, Any] | None
    error: str | None

    @property
    def tight(self) -> bool:
        """Whether the reference was iterated to convergence."""
        return self.opts.get("control") == "tight"


def cases(reference: Mapping[str, Any]) -> list[Case]:
    """Return all cases of the file."""
    return [
        Case(c["id"], c["unit"], c["fun"], c["opts"], c["out"] if c["ok"] else None, c["error"])
        for c in reference["cases"]
    ]


def worst(ours: Mapping[str, Any], reference: Mapping[str, Any]) -> tuple[float, str]:
    """Return the largest error |a - b| / max(1, |b|) over the fields that ``ours`` holds."""
    found = (0.0, "")
    for field, value in reference.items():
        if field in ours:
            error = distance(ours[field], value)
            if not error <= found[0]:
                found = (error, field)
    return found


def distance(ours: Any, reference: Any) -> float:
    """Return the largest elementwise error; infinite where shapes or missingness differ."""
    left, right = flat(ours), flat(reference)
    if left.shape != right.shape:
        return math.inf
    unknown = np.isnan(right)
    if (np.isnan(left) != unknown).any():
        return math.inf
    with np.errstate(invalid="ignore"):
        size = np.abs(left - right) / np.maximum(1.0, np.abs(right))
    size = np.where(unknown | (left == right), 0.0, size)
    return float(size.max(initial=0.0))


def flat(value: Any) -> np.ndarray:
    """Return any nested output as a flat float array; null becomes NaN, text its numbers."""
    items = value.tolist() if isinstance(value, np.ndarray) else value
    if isinstance(items, Sequence) and not isinstance(items, str):
        parts = [flat(item) for item in items]
        return np.concatenate(parts) if parts else np.empty(0)
    if items in (None, "NA", "NaN"):
        return np.array([math.nan])
    words = {"Inf": math.inf, "-Inf": -math.inf, "left": 0.0, "right": 1.0}
    return np.array([words[items] if items in words else float(items)])

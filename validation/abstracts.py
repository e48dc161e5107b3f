"""Abstracts of trials whose sentences carry the role of their heading."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from probatum.claims.roles import ROLES

Abstract = tuple[list[str], NDArray[np.int64]]
_NAMES = {role.upper(): number for number, role in enumerate(ROLES)}


def abstracts(path: Path) -> dict[str, list[Abstract]]:
    """Read the parts: name to abstracts, each its sentences and their roles by number."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        parts = json.load(file)
    return {
        name: [
            ([text for text, _ in rows], np.array([_NAMES[label] for _, label in rows]))
            for _, rows in listed
            if rows
        ]
        for name, listed in parts.items()
    }

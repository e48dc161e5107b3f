"""One field's comparison: what speaks for or against two records being of one work."""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """One field's comparison: its name, weight (positive speaks for one work), and reason."""

    field: str
    weight: float
    why: str

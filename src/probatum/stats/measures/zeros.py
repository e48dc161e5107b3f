"""What is done about empty cells of two-by-two tables and about zero counts.

Source: the documented ``add``, ``to`` and ``drop00`` arguments of metafor's escalc (help page);
Gart & Zweifel (1967) for one half.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from probatum.errors import UsageError
from probatum.stats.inputs import Floats, one_of

RULES = ("only0", "all", "if0all", "none")


def adjusted(counts: list[Floats], add: float, to: str) -> list[Floats]:
    """Return ``counts`` with ``add`` put on the rows that ``to`` names.

    ``only0``: rows with a zero; ``all``: every row; ``if0all``: every row as soon as one row has
    a zero; ``none``: nothing is added.

    >>> adjusted([np.array([0.0, 3.0]), np.array([5.0, 4.0])], 0.5, "only0")[0].tolist()
    [0.5, 3.0]
    """
    one_of(to, RULES, "rule for zero cells (to)")
    if not (np.isfinite(add) and add >= 0):
        raise UsageError(f"add is {add:g}; allowed: a finite number of 0 or more")
    rows = _rows(np.any([c == 0 for c in counts], axis=0), to)
    return [np.where(rows, c + add, c) for c in counts]


def _rows(has_zero: NDArray[np.bool_], to: str) -> NDArray[np.bool_]:
    if to == "all" or (to == "if0all" and has_zero.any()):
        return np.ones_like(has_zero)
    return has_zero if to == "only0" else np.zeros_like(has_zero)

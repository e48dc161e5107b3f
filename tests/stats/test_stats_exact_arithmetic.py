"""An independent, slow check of the weighted fit in exact rational arithmetic."""

from fractions import Fraction

import numpy as np
import pytest

from probatum.stats.models.likelihood import Data, fit


def solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Gauss elimination without rounding."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    n = len(rows)
    for i in range(n):
        pivot = next(r for r in range(i, n) if rows[r][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for r in range(n):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[-1] for row in rows]


def exact_rss(y: list[float], v: list[float], x: list[list[float]]) -> float:
    yy, w = [Fraction(a) for a in y], [1 / Fraction(a) for a in v]
    xx = [[Fraction(a) for a in row] for row in x]
    p = len(xx[0])
    normal = [
        [sum(wi * r[i] * r[j] for wi, r in zip(w, xx, strict=True)) for j in range(p)]
        for i in range(p)
    ]
    right = [sum(wi * r[i] * yi for wi, r, yi in zip(w, xx, yy, strict=True)) for i in range(p)]
    beta = solve(normal, right)
    resid = [
        yi - sum(b * a for b, a in zip(beta, r, strict=True)) for yi, r in zip(yy, xx, strict=True)
    ]
    return float(sum(wi * ri * ri for wi, ri in zip(w, resid, strict=True)))


def test_a_year_as_moderator_keeps_its_digits() -> None:
    rng = np.random.default_rng(3)
    year = rng.integers(1970, 1999, 16).astype(float)
    y, v = rng.normal(0.1, 0.4, 16), rng.uniform(1e-4, 0.5, 16)
    x = np.column_stack([np.ones(16), year])
    expected = exact_rss(y.tolist(), v.tolist(), x.tolist())
    assert fit(Data(y, v, x), 0.0).rss == pytest.approx(expected, rel=1e-11)

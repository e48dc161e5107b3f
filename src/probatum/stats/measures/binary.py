"""Two groups with a binary outcome: the table (ai, bi; ci, di), group 1 in the first row.

Every formula takes the counts as given, the counts after the zero-cell rule and the kind of
variance, and returns ``yi, vi``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.stats.distributions import normal_quantile
from probatum.stats.inputs import Floats

Pair = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Table:
    """Cell counts of k two-by-two tables; ``raw`` holds them before anything was added."""

    ai: Floats
    bi: Floats
    ci: Floats
    di: Floats
    raw: tuple[Floats, Floats, Floats, Floats]

    @property
    def n1(self) -> Floats:
        return self.ai + self.bi

    @property
    def n2(self) -> Floats:
        return self.ci + self.di

    @property
    def inverse_sum(self) -> Floats:
        """Woolf's variance of the log odds ratio."""
        return 1 / self.ai + 1 / self.bi + 1 / self.ci + 1 / self.di


def risk_ratio(t: Table, vtype: str) -> Pair:
    """Log risk ratio."""
    yi = np.log(t.ai / t.n1) - np.log(t.ci / t.n2)
    return yi, 1 / t.ai - 1 / t.n1 + 1 / t.ci - 1 / t.n2


def odds_ratio(t: Table, vtype: str) -> Pair:
    """Log odds ratio with Woolf's variance."""
    return np.log(t.ai / t.bi) - np.log(t.ci / t.di), t.inverse_sum


def risk_difference(t: Table, vtype: str) -> Pair:
    """Risk difference."""
    p1, p2, n1, n2 = t.ai / t.n1, t.ci / t.n2, t.n1, t.n2
    yi = p1 - p2
    if vtype == "AV":
        p1, p2 = _pooled(p1, n1), _pooled(p2, n2)
    if vtype == "UB":
        n1, n2 = n1 - 1, n2 - 1
    return yi, p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2


def _pooled(proportion: Floats, n: Floats) -> Floats:
    use = np.isfinite(proportion) & np.isfinite(n)
    return np.full_like(proportion, np.sum(proportion[use] * n[use]) / np.sum(n[use]))


def arcsine_difference(t: Table, vtype: str) -> Pair:
    """Difference of arcsine square-root risks, counts as given (Rücker et al. 2009)."""
    a, b, c, d = t.raw
    yi = np.arcsin(np.sqrt(a / (a + b))) - np.arcsin(np.sqrt(c / (c + d)))
    return yi, 1 / (4 * (a + b)) + 1 / (4 * (c + d))


def peto(t: Table, vtype: str) -> Pair:
    """Peto's log odds ratio: observed minus expected over the hypergeometric variance."""
    a, b, c, d = t.ai, t.bi, t.ci, t.di
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    variance = events * (n1 / n) * (n2 / n) * (others / (n - 1))
    return (a - events * n1 / n) / variance, 1 / variance


def phi(t: Table, vtype: str) -> Pair:
    """Phi coefficient of the counts as given; variance after Yule (1912), multinomial."""
    a, b, c, d = t.raw
    r1, r2, c1, c2 = a + b, c + d, a + c, b + d
    yi = (a * d - b * c) / np.sqrt(r1 * r2 * c1 * c2)
    row, column = (r1 - r2) / np.sqrt(r1 * r2), (c1 - c2) / np.sqrt(c1 * c2)
    square = yi * yi
    spread = 0.75 * square * (row * row + column * column)
    return yi, (1 - square + yi * (1 + 0.5 * square) * row * column - spread) / (r1 + r2)


def yule_q(t: Table, vtype: str) -> Pair:
    """Yule's Q (1912)."""
    ratio = t.ai * t.di / (t.bi * t.ci)
    yi = (ratio - 1) / (ratio + 1)
    return yi, 0.25 * (1 - yi * yi) ** 2 * t.inverse_sum


def yule_y(t: Table, vtype: str) -> Pair:
    """Yule's Y (1912)."""
    root = np.sqrt(t.ai * t.di / (t.bi * t.ci))
    yi = (root - 1) / (root + 1)
    return yi, 0.0625 * (1 - yi * yi) ** 2 * t.inverse_sum


def probit(t: Table, vtype: str) -> Pair:
    """Difference of probit-transformed risks, an SMD estimate (Sánchez-Meca et al. 2003)."""
    p1, p2 = t.ai / t.n1, t.ci / t.n2
    z1, z2 = normal_quantile(p1), normal_quantile(p2)
    part1 = 2 * np.pi * p1 * (1 - p1) * np.exp(z1 * z1) / t.n1
    part2 = 2 * np.pi * p2 * (1 - p2) * np.exp(z2 * z2) / t.n2
    return z1 - z2, part1 + part2


def odds_to_d_logistic(t: Table, vtype: str) -> Pair:
    """Log odds ratio times sqrt(3)/pi: an SMD under logistic distributions (Chinn 2000)."""
    yi, vi = odds_ratio(t, vtype)
    return yi * np.sqrt(3) / np.pi, vi * 3 / np.pi**2


def odds_to_d_normal(t: Table, vtype: str) -> Pair:
    """Log odds ratio over 1.65: an SMD under normal distributions (Cox & Snell 1989)."""
    yi, vi = odds_ratio(t, vtype)
    return yi / 1.65, vi / 1.65**2

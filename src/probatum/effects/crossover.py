"""Crossover trials: the same people in both groups, so that their errors are correlated.

Reports rarely print the correlation. One is assumed, and the answer is given for others beside it
(Cochrane Handbook 23.2.7.2). The arms' variances v1 and v2 combine to v1 + v2 - 2 r sqrt(v1 v2);
for counts that is the delta method with r the correlation of a person's two results.
"""

from __future__ import annotations

import math

from probatum.effects.material import Counts, Estimate, Given, Material, Means
from probatum.model.pack import StudyRow

# Between two periods of one person; a common choice where nothing is known (Handbook 23.2.7.2).
ASSUMED = 0.5
OTHERS = (0.25, 0.75)
PAIRED = "crossover analysed as paired"


def paired(material: Material, found: Estimate, measure: str, correlation: float) -> Estimate:
    """Return an effect with the variance of pairs; a given contrast keeps its printed error.

    ``found`` is the effect as of parallel groups, ``correlation`` in [0, 1). For counts it is
    lowered to the largest that the two proportions allow. Where sizes differ, the smaller group
    are the people who stand in both.

    >>> arms = Means(4.0, 2.0, 16.0, 5.0, 2.0, 16.0)
    >>> paired(arms, Estimate(-1.0, 0.5), "MD", 0.5).vi
    0.25
    """
    if isinstance(material, Given):
        return found
    if isinstance(material, Means) and measure == "SMD":
        people = min(material.n_exp, material.n_ctl)
        vi = 2 * (1 - correlation) / people * (1 + found.yi**2 / 2)
        return Estimate(found.yi, vi, _said(correlation, found.note))
    first, second = _of_arms(material, measure)
    if isinstance(material, Counts):
        correlation = min(correlation, largest_correlation(material))
    shared = min(material.n_exp, material.n_ctl) / max(material.n_exp, material.n_ctl)
    vi = first + second - 2 * correlation * math.sqrt(first * second * shared)
    return Estimate(found.yi, vi, _said(correlation, found.note))


def _said(correlation: float, note: str) -> str:
    told = f"{PAIRED}, correlation {correlation:.3g} assumed (Handbook 23.2.7)"
    return f"{told}; {note}" if note else told


def _of_arms(material: Counts | Means, measure: str) -> tuple[float, float]:
    """Return the variances that the two arms bring on the analysis scale."""
    if isinstance(material, Means):
        return material.sd_exp**2 / material.n_exp, material.sd_ctl**2 / material.n_ctl
    a, b, c, d = _cells(material)
    if measure == "RD":
        return a * b / (a + b) ** 3, c * d / (c + d) ** 3
    if measure == "OR":
        return 1 / a + 1 / b, 1 / c + 1 / d
    return 1 / a - 1 / (a + b), 1 / c - 1 / (c + d)


def _cells(table: Counts) -> tuple[float, float, float, float]:
    """Return the four cells, 0.5 added to all where one is empty, as effects are computed."""
    a, c = table.events_exp, table.events_ctl
    cells = (a, table.n_exp - a, c, table.n_ctl - c)
    add = 0.5 if 0 in cells else 0.0
    return (cells[0] + add, cells[1] + add, cells[2] + add, cells[3] + add)


def largest_correlation(table: Counts) -> float:
    """Return the largest correlation that two proportions allow (Fréchet's bound).

    >>> largest_correlation(Counts(5, 10, 5, 10))
    1.0
    """
    a, b, c, d = _cells(table)
    odds = (a / b) / (c / d)
    return math.sqrt(min(odds, 1 / odds))


def spread(row: StudyRow, sizes: tuple[float, float], correlation: float) -> float:
    """Return 1/n1 + 1/n2, by which a variance makes the one of a mean; less for pairs."""
    if not row.crossover:
        return 1 / sizes[0] + 1 / sizes[1]
    return 2 * (1 - correlation) / min(sizes)


def smd_variance(row: StudyRow, g: float, sizes: tuple[float, float], correlation: float) -> float:
    """Return the variance of a standardised difference (Handbook 6.5.1.2; pairs: 23.2.7.2)."""
    first = spread(row, sizes, correlation)
    return first * (1 + g * g / 2) if row.crossover else first + g * g / (2 * sum(sizes))

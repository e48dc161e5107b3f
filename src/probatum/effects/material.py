"""The numbers of one comparison, in the three forms that studies print: counts, means, a contrast.

Each form can be divided among several experimental arms that share its control, and turned into
an effect ``yi`` with its sampling variance ``vi`` on the analysis scale (log for ratios).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from probatum import stats
from probatum.errors import StatsError

RATIOS = ("RR", "OR", "HR", "IRR")
BINARY = ("RR", "OR", "RD")
MEASURES = ("MD", "SMD", *BINARY, "HR", "IRR")


@dataclass(frozen=True, slots=True)
class Counts:
    """People with the event in two groups."""

    events_exp: float
    n_exp: float
    events_ctl: float
    n_ctl: float


@dataclass(frozen=True, slots=True)
class Means:
    """Means and standard deviations of two groups."""

    mean_exp: float
    sd_exp: float
    n_exp: float
    mean_ctl: float
    sd_ctl: float
    n_ctl: float


@dataclass(frozen=True, slots=True)
class Given:
    """A contrast that the source gives; log scale for ratios. Sizes may be unknown."""

    yi: float
    se: float
    n_exp: float | None
    n_ctl: float | None


Material = Counts | Means | Given


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect and its sampling variance on the analysis scale, and what was done for it."""

    yi: float
    vi: float
    note: str = ""


def people(material: Material) -> float | None:
    """Return the number of people, or None where a size is unknown."""
    if material.n_exp is None or material.n_ctl is None:
        return None
    return material.n_exp + material.n_ctl


def divided(material: Material, parts: int) -> Material | None:
    """Return one of ``parts`` comparisons that share the control; None where that cannot be.

    Counts: control people and events are divided; means: control people only (Cochrane Handbook
    23.3.4). A contrast keeps its value; its variance grows as if the control had lost people:
    with equal spread in both groups, by (1/n1 + parts/n0) / (1/n1 + 1/n0).

    >>> divided(Counts(5, 20, 6, 30), 3)
    Counts(events_exp=5, n_exp=20, events_ctl=2.0, n_ctl=10.0)
    """
    if isinstance(material, Given):
        return _divided_contrast(material, parts)
    n_ctl = material.n_ctl / parts
    if n_ctl < 1:
        return None
    if isinstance(material, Counts):
        return replace(material, events_ctl=material.events_ctl / parts, n_ctl=n_ctl)
    return replace(material, n_ctl=n_ctl)


def _divided_contrast(material: Given, parts: int) -> Given | None:
    if material.n_exp is None or material.n_ctl is None:
        return None
    whole = 1 / material.n_exp + 1 / material.n_ctl
    share = 1 / material.n_exp + parts / material.n_ctl
    return replace(
        material, se=material.se * math.sqrt(share / whole), n_ctl=material.n_ctl / parts
    )


def in_units(material: Material, factor: float) -> Material:
    """Return means or their difference in another unit; counts have none.

    >>> in_units(Given(-1.5, 0.5, None, None), 10)
    Given(yi=-15.0, se=5.0, n_exp=None, n_ctl=None)
    """
    if isinstance(material, Means):
        names = ("mean_exp", "sd_exp", "mean_ctl", "sd_ctl")
        return replace(material, **{name: factor * getattr(material, name) for name in names})
    if isinstance(material, Given):
        return replace(material, yi=factor * material.yi, se=factor * material.se)
    return material


def turned(material: Material, measure: str) -> Material | None:
    """Return the comparison seen from the other end of the outcome; None where it has no such.

    Events become non-events; differences and odds ratios change sign. A risk ratio or hazard
    ratio without counts cannot be turned.
    """
    if isinstance(material, Counts):
        other_exp = material.n_exp - material.events_exp
        return replace(
            material, events_exp=other_exp, events_ctl=material.n_ctl - material.events_ctl
        )
    if isinstance(material, Means):
        return replace(material, mean_exp=-material.mean_exp, mean_ctl=-material.mean_ctl)
    if measure in RATIOS and measure != "OR":
        return None
    return replace(material, yi=-material.yi)


def estimate(material: Material, measure: str) -> Estimate | str:
    """Return the effect of a comparison, or the reason why it has none.

    A two-by-two table with any empty cell gets 0.5 in all four; a table without events, or
    without non-events, in both groups says nothing about a ratio and has no effect.

    >>> estimate(Counts(0, 9, 0, 10), "RR")
    'no event in either group (double-zero): it says nothing about a ratio'
    """
    if isinstance(material, Given):
        variance = material.se**2 if abs(material.se) < 1e150 else math.inf
        return _usable(material.yi, variance, measure)
    if isinstance(material, Counts):
        return _from_counts(material, measure)
    return _from_means(material, measure)


def _from_counts(table: Counts, measure: str) -> Estimate | str:
    a, n1, c, n2 = table.events_exp, table.n_exp, table.events_ctl, table.n_ctl
    if measure in RATIOS and a == c == 0:
        return "no event in either group (double-zero): it says nothing about a ratio"
    if measure in RATIOS and a == n1 and c == n2:
        return "everybody in both groups has the event: it says nothing about a ratio"
    empty = 0 in {a, c, n1 - a, n2 - c}
    note = "an empty cell: 0.5 added to all four" if empty else ""
    return _calculated(measure, note, ai=a, bi=n1 - a, ci=c, di=n2 - c)


def _from_means(arms: Means, measure: str) -> Estimate | str:
    return _calculated(
        measure, "", m1i=arms.mean_exp, sd1i=arms.sd_exp, n1i=arms.n_exp,
        m2i=arms.mean_ctl, sd2i=arms.sd_ctl, n2i=arms.n_ctl,
    )  # fmt: skip


def _calculated(measure: str, note: str, **fields: float) -> Estimate | str:
    try:
        with np.errstate(all="ignore"):
            sizes = stats.escalc(measure, slab=None, **dict[str, Any](fields))
    except StatsError as error:
        return f"its numbers give no {measure}: {error}"
    return _usable(float(sizes.yi[0]), float(sizes.vi[0]), measure, note)


def _usable(yi: float, vi: float, measure: str, note: str = "") -> Estimate | str:
    """Refuse what no study prints: beyond these bounds sums and exponentials leave the floats."""
    largest, widest = (30.0, 400.0) if measure in RATIOS else (1e12, 1e24)
    if math.isfinite(yi) and abs(yi) < largest and 1e-18 < vi < widest:
        return Estimate(yi, vi, note)
    return "its numbers give no finite effect with a variance above 0"

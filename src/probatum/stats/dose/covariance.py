"""Covariance of reported relative risks that share one reference group.

Reports give adjusted log relative risks by dose with their variances, not how they go together.
Both methods find counts that would have given the report; the covariance of two log relative
risks is then that of the reference group. ``kind``: "cc" case–control, "ci" cumulative incidence,
"ir" incidence rate (``n``: cases and controls, persons, person-time at each dose).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats.inputs import Floats, one_of, require, same_length, vector

KINDS = ("cc", "ci", "ir")


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts (m + 1, the reference first) that fit a report, and the covariance (m, m)."""

    cases: Floats
    n: Floats
    v: Floats


def greenland_longnecker(
    logrr: ArrayLike, vi: ArrayLike, cases: ArrayLike, n: ArrayLike, *, kind: str = "cc"
) -> Counts:
    """Return counts that keep the report's margins and log relative risks, and the covariance.

    Arrays have one element a dose, the reference first (its ``logrr`` and ``vi`` are not read).
    Correlations are those of the fitted counts, variances those reported (Greenland & Longnecker
    1992, Am J Epidemiol 135:1301).

    >>> rr, lb, ub = [1, 0.80, 1.16, 1.57], [1, 0.51, 0.73, 0.99], [1, 1.27, 1.85, 2.51]
    >>> v = (np.log(np.array(ub) / lb) / 3.919928) ** 2
    >>> counts = greenland_longnecker(np.log(rr), v, [165, 74, 90, 122], [337, 167, 186, 212])
    >>> counts.v.round(4)[0].tolist()
    [0.0542, 0.0188, 0.0194]
    """
    y, v, a, total = _checked(logrr, vi, cases, n, kind)
    ratio = np.append(1.0, np.exp(y))
    if kind == "cc":
        a = _case_control(ratio, float(a.sum()), total)
        own = 1 / a + 1 / (total - a)
    else:
        a = total * ratio * (a.sum() / (total * ratio).sum())
        own = 1 / a - (1 / total if kind == "ci" else 0)
        require(own > 0, own, "fitted cases", "fewer cases than persons at each dose")
    root = np.sqrt(own[0] + own[1:])
    correlation = own[0] / np.outer(root, root)
    np.fill_diagonal(correlation, 1.0)
    return Counts(a, total, correlation * np.sqrt(np.outer(v, v)))


def _case_control(ratio: Floats, cases: float, total: Floats) -> Floats:
    """Return cases at each dose: the odds in the reference group that give their sum."""
    low, high = -50.0, 50.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        odds = ratio * np.exp(middle)
        low, high = (middle, high) if (total * odds / (1 + odds)).sum() < cases else (low, middle)
    odds = ratio * np.exp(0.5 * (low + high))
    return np.asarray(total * odds / (1 + odds))


def hamling(
    logrr: ArrayLike,
    vi: ArrayLike,
    cases: ArrayLike,
    n: ArrayLike,
    *,
    kind: str = "cc",
) -> Counts:
    """Return counts that give the report's log relative risks and variances exactly.

    What is kept of the report's own counts is the share of the unexposed among controls (or
    persons) and the ratio of controls (persons) to cases (Hamling et al. 2008, Stat Med 27:954).
    """
    y, v, a, total = _checked(logrr, vi, cases, n, kind)
    others = total - a if kind == "cc" else total
    target = np.array([others[0] / others.sum(), others.sum() / a.sum()])
    ratio = np.exp(y)
    found = _solve_reference(ratio, v, target, (float(a[0]), float(others[0]), kind))
    made = _expand(found, ratio, v, kind)
    cases_, others_ = made
    counts = cases_ + others_ if kind == "cc" else others_
    return Counts(cases_, counts, np.full((len(y), len(y)), _shared(found, kind)) + np.diag(
        v - _shared(found, kind)
    ))  # fmt: skip


def _shared(reference: Floats, kind: str) -> float:
    first, second = 1 / float(reference[0]), 1 / float(reference[1])
    return first + second if kind == "cc" else first - (second if kind == "ci" else 0.0)


def _expand(reference: Floats, ratio: Floats, v: Floats, kind: str) -> tuple[Floats, Floats]:
    """Return cases and controls (persons) at all doses that belong to a reference group."""
    a0, b0 = float(reference[0]), float(reference[1])
    rest = v - _shared(reference, kind)
    if kind == "cc":
        a, b = (1 + ratio * a0 / b0) / rest, (1 + b0 / (a0 * ratio)) / rest
    elif kind == "ci":
        a = (1 - ratio * a0 / b0) / rest
        b = a * b0 / (a0 * ratio)
    else:
        a = 1 / rest
        b = a * b0 / (a0 * ratio)
    return np.append(a0, a), np.append(b0, b)


def _solve_reference(
    ratio: Floats, v: Floats, target: Floats, start: tuple[float, float, str]
) -> Floats:
    from scipy import optimize  # noqa: PLC0415, loads on first use

    a0, b0, kind = start

    def miss(log: Floats) -> Floats:
        reference = np.exp(log)
        a, b = _expand(reference, ratio, v, kind)
        if not ((a > 0).all() and (b > 0).all() and _shared(reference, kind) > 0):
            return np.full(2, 1e3)
        found = np.array([b[0] / b.sum(), b.sum() / a.sum()])
        return np.asarray(np.log(found / target))

    for factor in (1.0, 2.0, 5.0, 20.0, 100.0):
        # More persons in the reference group leave more of each variance to the dose.
        found = optimize.least_squares(
            miss, np.log([a0 * factor, b0 * factor]), xtol=1e-15, ftol=1e-15, gtol=1e-15
        )
        if np.abs(found.fun).max() < 1e-9:
            return np.exp(found.x)
    raise StatsError(
        "no counts belong to these relative risks and variances (Hamling); check the variances, "
        "or use greenland_longnecker"
    )


def _checked(
    logrr: ArrayLike, vi: ArrayLike, cases: ArrayLike, n: ArrayLike, kind: str
) -> tuple[Floats, Floats, Floats, Floats]:
    one_of(kind, KINDS, "kind of study")
    fields = {
        "logrr": vector(logrr, "logrr"), "vi": vector(vi, "vi"),
        "cases": vector(cases, "cases"), "n": vector(n, "n"),
    }  # fmt: skip
    if same_length(fields) < 2:
        raise UsageError("at least two doses are needed, the reference first")
    y, v, a, total = fields["logrr"][1:], fields["vi"][1:], fields["cases"], fields["n"]
    labels = [f"dose {i}" for i in range(len(a))]
    require(np.isfinite(y), y, "logrr", "a finite number", labels[1:])
    require(np.isfinite(v) & (v > 0), v, "vi", "a finite number above 0", labels[1:])
    require(np.isfinite(a) & (a > 0), a, "cases", "above 0", labels)
    good = np.isfinite(total) & ((total > a) if kind != "ir" else (total > 0))
    require(good, total, "n", "above the cases (person-time: above 0)", labels)
    return y, v, a, total

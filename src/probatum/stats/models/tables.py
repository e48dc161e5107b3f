"""Pooling tables without weights from single studies: Mantel-Haenszel and Peto."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError
from probatum.stats import distributions as dist
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.measures.families import FAMILIES, Options
from probatum.stats.measures.table import MEASURES
from probatum.stats.measures.zeros import adjusted
from probatum.stats.models.homogeneity import breslow_day

Columns = tuple[Floats, Floats, Floats, Floats]


@dataclass(frozen=True, slots=True)
class TableFit:
    """A pooled effect of tables: analysis scale (log for ratios), Q over the k_q usable studies.

    ``MH`` is the Cochran-Mantel-Haenszel statistic (OR; the test of person-time for IRR); ``BD``
    (Breslow-Day) and ``TA`` (Tarone) test whether the odds ratios are equal (OR by rma_mh only).
    """

    measure: str
    method: str
    estimate: float
    se: float
    zval: float
    pval: float
    ci_lb: float
    ci_ub: float
    QE: float
    QEp: float
    I2: float
    k: int
    k_q: int
    MH: float | None = None
    MHp: float | None = None
    BD: float | None = None
    BDp: float | None = None
    TA: float | None = None
    TAp: float | None = None


def rma_mh(
    measure: str = "OR",
    *,
    add: float = 0.0,
    to: str = "none",
    level: float = 95,
    correct: bool = True,
    slab: inputs.Labels = None,
    **fields: ArrayLike,
) -> TableFit:
    """Pool OR, RR or RD (ai bi ci di or ai n1i ci n2i), IRR or IRD (x1i t1i x2i t2i).

    Mantel & Haenszel (1959); variances after Robins, Breslow & Greenland (1986) for OR,
    Greenland & Robins (1985) for RR and RD, Rothman et al. (2008) for IRR and IRD. ``add`` and
    ``to`` change the counts that are pooled (by default nothing); Q uses study effects with one
    half added to tables with a zero. ``correct`` applies the continuity correction to MH.

    >>> fit = rma_mh("RR", ai=[12, 5], n1i=[40, 30], ci=[24, 9], n2i=[42, 31])
    >>> round(fit.estimate, 4), round(fit.se, 4)
    (-0.619, 0.2425)
    """
    pool = POOLS[inputs.one_of(measure, tuple(POOLS), "measure of rma_mh")]
    arrays = {name: inputs.vector(values, name) for name, values in fields.items()}
    raw, effects = _material(measure, arrays, slab)
    used = adjusted(list(raw), add, to) if measure in {"OR", "RR", "RD"} else list(raw)
    columns = (used[0], used[1], used[2], used[3])
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate, se = pool(columns)
    if not (np.isfinite(estimate) and np.isfinite(se)):
        raise StatsError(f"{measure}: the tables hold no event, or no comparison, to pool")
    mh = STATISTICS[measure](columns, correct) if measure in STATISTICS else (None, None)
    result = _result((measure, "MH"), (estimate, se), effects, level, mh)
    if measure != "OR":
        return result
    h = breslow_day(*columns, estimate)
    return replace(result, BD=h.BD, BDp=h.BDp, TA=h.TA, TAp=h.TAp)


def rma_peto(
    *,
    level: float = 95,
    slab: inputs.Labels = None,
    **fields: ArrayLike,
) -> TableFit:
    """Pool log odds ratios by Peto's method (Yusuf et al. 1985).

    ``fields``: ai bi ci di, or ai n1i ci n2i. Tables without events carry no information.

    >>> round(rma_peto(ai=[12, 5], n1i=[40, 30], ci=[24, 9], n2i=[42, 31]).estimate, 4)
    -0.9487
    """
    arrays = {name: inputs.vector(values, name) for name, values in fields.items()}
    (a, b, c, d), _ = _material("OR", arrays, slab)
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = n1 * n2 * events * others / (n**2 * (n - 1))
        difference = a - events * n1 / n
        use = np.isfinite(variance) & (variance > 0)
    if not use.any():
        raise StatsError("PETO: no table has both events and non-events to pool")
    total = float(variance[use].sum())
    estimate = float(difference[use].sum()) / total
    effects = (difference[use] / variance[use], 1 / variance[use], len(a))
    return _result(("PETO", "Peto"), (estimate, total**-0.5), effects, level, (None, None))


Effects = tuple[Floats, Floats, int]


def _material(
    measure: str, arrays: dict[str, Floats], labels: inputs.Labels
) -> tuple[Columns, Effects]:
    """Return counts as given, and the studies' own effects for Q."""
    row = MEASURES[measure]
    if inputs.same_length(arrays) == 0:
        raise StatsError(f"{measure}: there is no study (k = 0); at least one is needed")
    with np.errstate(divide="ignore", invalid="ignore"):
        made, _ = FAMILIES[row.family](row, arrays, Options(labels=labels))
        yi, vi = row.formula(made, "LS")
    values: Any = made.raw if row.family == "2x2" else [made.raw[n] for n in row.needs]
    known = np.isfinite(np.sum(values, axis=0))
    counts = [v[known] for v in values]
    use = np.isfinite(yi) & np.isfinite(vi) & known
    if row.family == "2x2":
        a, b, c, d = values
        # Tables without events (or with nothing else) have no effect of their own.
        use &= ~(((a == 0) & (c == 0)) | ((b == 0) & (d == 0)))
    return (counts[0], counts[1], counts[2], counts[3]), (yi[use], vi[use], int(known.sum()))


def _odds_ratio(t: Columns) -> tuple[float, float]:
    a, b, c, d = t
    n = a + b + c + d
    p, q, r, s = (a + d) / n, (b + c) / n, a * d / n, b * c / n
    top, bottom = r.sum(), s.sum()
    variance = (
        (p * r).sum() / (2 * top**2)
        + (p * s + q * r).sum() / (2 * top * bottom)
        + (q * s).sum() / (2 * bottom**2)
    )
    return float(np.log(top / bottom)), float(np.sqrt(variance))


def _risk_ratio(t: Columns) -> tuple[float, float]:
    a, b, c, d = t
    n1, n2 = a + b, c + d
    n = n1 + n2
    top, bottom = (a * n2 / n).sum(), (c * n1 / n).sum()
    spread = (n1 * n2 * (a + c) / n**2 - a * c / n).sum()
    return float(np.log(top / bottom)), float(np.sqrt(spread / (top * bottom)))


def _risk_difference(t: Columns) -> tuple[float, float]:
    a, b, c, d = t
    n1, n2 = a + b, c + d
    n = n1 + n2
    weight = n1 * n2 / n
    total = weight.sum()
    estimate = (a * n2 / n - c * n1 / n).sum() / total
    within = (c * (n1 / n) ** 2 - a * (n2 / n) ** 2 + n1 * n2 * (n2 - n1) / n**2 / 2).sum()
    between = ((a * (n2 - c) + c * (n1 - a)) / n / 2).sum()
    return float(estimate), float(np.sqrt((estimate * within + between) / total**2))


def _rate_ratio(t: Columns) -> tuple[float, float]:
    x1, t1, x2, t2 = t
    time = t1 + t2
    top, bottom = (x1 * t2 / time).sum(), (x2 * t1 / time).sum()
    spread = (t1 * t2 * (x1 + x2) / time**2).sum()
    return float(np.log(top / bottom)), float(np.sqrt(spread / (top * bottom)))


def _rate_difference(t: Columns) -> tuple[float, float]:
    x1, t1, x2, t2 = t
    time = t1 + t2
    total = (t1 * t2 / time).sum()
    estimate = ((x1 * t2 - x2 * t1) / time).sum() / total
    spread = ((t1 * t2 / time) ** 2 * (x1 / t1**2 + x2 / t2**2)).sum()
    return float(estimate), float(np.sqrt(spread) / total)


def _cmh(t: Columns, correct: bool) -> tuple[float | None, float | None]:
    a, b, c, d = t
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    variance = (n1 * n2 * events * others / (n**2 * (n - 1))).sum()
    return _one_df(float((a - n1 * events / n).sum()), float(variance), correct)


def _mh_rates(t: Columns, correct: bool) -> tuple[float | None, float | None]:
    x1, t1, x2, t2 = t
    time = t1 + t2
    variance = ((x1 + x2) * t1 * t2 / time**2).sum()
    return _one_df(float((x1 - t1 * (x1 + x2) / time).sum()), float(variance), correct)


def _one_df(
    difference: float, variance: float, correct: bool
) -> tuple[float | None, float | None]:
    if variance <= 0:
        return None, None
    size = max(0.0, abs(difference) - 0.5) if correct else abs(difference)
    statistic = size**2 / variance
    return statistic, float(dist.chi2_upper(statistic, 1))


def _result(
    name: tuple[str, str],
    pooled: tuple[float, float],
    effects: Effects,
    level: float,
    mh: tuple[float | None, float | None],
) -> TableFit:
    estimate, se = pooled
    width = dist.critical(inputs.level_fraction(level)) * se
    y, v, k = effects
    df = len(y) - 1
    q = float(((y - estimate) ** 2 / v).sum()) if df >= 1 else 0.0
    z = estimate / se if se > 0 else float("nan")
    return TableFit(
        measure=name[0],
        method=name[1],
        estimate=estimate,
        se=se,
        zval=z,
        pval=float(dist.two_sided(z)),
        ci_lb=estimate - width,
        ci_ub=estimate + width,
        QE=q,
        QEp=float(dist.chi2_upper(q, df)) if df >= 1 else 1.0,
        I2=max(0.0, 100 * (q - df) / q) if q > 0 else 0.0,
        k=k,
        k_q=len(y),
        MH=mh[0],
        MHp=mh[1],
    )


POOLS: dict[str, Callable[[Columns], tuple[float, float]]] = {
    "OR": _odds_ratio,
    "RR": _risk_ratio,
    "RD": _risk_difference,
    "IRR": _rate_ratio,
    "IRD": _rate_difference,
}
STATISTICS: dict[str, Callable[[Columns, bool], tuple[float | None, float | None]]] = {
    "OR": _cmh,
    "IRR": _mh_rates,
}

"""Time course: effects at unequal visits as a curve over time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats.course.visits import visit_covariance
from probatum.stats.curves.fit import Curve, Effects, fit_curve
from probatum.stats.curves.shapes import Shape, shape
from probatum.stats.inputs import Floats, one_of, require, same_length, vector

SHAPES = (
    "constant",
    "linear",
    "quadratic",
    "log",
    "piecewise",
    "spline",
    "decay",
    "plateau-decay",
)


def time_course(  # noqa: PLR0913, keyword-only options
    yi: ArrayLike,
    v: ArrayLike,
    time: ArrayLike,
    study: Sequence[Hashable],
    *,
    curve: str = "decay",
    knots: ArrayLike | int | None = None,
    phi: float | None = None,
    between: str = "drift",
    method: str = "REML",
) -> Curve:
    """Fit a curve over time to effects at visits, one element a study and visit.

    ``v``: variances (m,) with ``phi``, the correlation of a study's errors one unit of time apart
    (see :func:`visit_covariance`), or their covariance (m, m). ``curve``: constant, linear,
    quadratic, log (log(1 + t)), piecewise, spline (each with a level), decay (E e^(−t/θ)) or
    plateau-decay (P + E e^(−t/θ)), the last two by ML. ``between``: "drift" (studies wander
    about the curve with variance τ² and correlation ρ^|t − t'|), "random" (coefficients differ)
    or "none".

    >>> fit = time_course([0.8, 0.5, 0.2, 0.7, 0.3], [0.02] * 5, [1, 4, 12, 2, 9],
    ...                   ["A", "A", "A", "B", "B"], phi=0.8, between="none")
    >>> round(fit.theta, 2), fit.beta.round(2).tolist()
    (7.58, [0.91])
    """
    one_of(curve, SHAPES, "shape of a time course")
    one_of(between, ("drift", "random", "none"), "variation between studies")
    one_of(method, ("REML", "ML"), "method of a time course")
    y, t = vector(yi, "yi"), vector(time, "time")
    if same_length({"yi": y, "time": t}) != len(study) or len(y) == 0:
        raise UsageError("study: one entry an effect is needed, and at least one effect")
    labels = [f"{name}, visit {i + 1}" for i, name in enumerate(study)]
    require(np.isfinite(y), y, "yi", "a finite number", labels)
    require(np.isfinite(t) & (t >= 0), t, "time", "a finite number from 0", labels)
    matrix = covariance(v, t, study, phi)
    studies = blocks(y, matrix, t, study)
    if between != "none" and len(studies) < 2:
        raise StatsError('one study tells nothing of others: use between="none"')
    return fit_curve(studies, _shape(curve, t, knots), between, method)


def covariance(v: ArrayLike, time: Floats, study: Sequence[Hashable], phi: float | None) -> Floats:
    """Return the covariance of all effects; refuses variances of repeated visits without phi."""
    given = np.asarray(v, dtype=np.float64)
    if given.ndim == 2:
        if given.shape != (len(time), len(time)) or not np.isfinite(given).all():
            raise UsageError(f"v: a finite matrix of shape ({len(time)}, {len(time)}) is needed")
        if np.linalg.eigvalsh(given)[0] <= 0:
            raise StatsError("v: a positive definite covariance matrix is needed")
        return given
    if phi is None and len({str(name) for name in study}) < len(time):
        raise UsageError(
            "visits of one study share patients: give phi, the correlation of their errors one "
            "unit of time apart, or v as a matrix"
        )
    return visit_covariance(v, time, study, phi=0.0 if phi is None else phi)


def blocks(y: Floats, v: Floats, t: Floats, study: Sequence[Hashable]) -> list[Effects]:
    """Return one block a study, without reference times."""
    names = np.array([str(name) for name in study])
    out = []
    for name in dict.fromkeys(names.tolist()):
        at = np.flatnonzero(names == name)
        out.append(Effects(y[at], v[np.ix_(at, at)], t[at], np.full(len(at), np.nan)))
    return out


def _shape(curve: str, t: Floats, knots: ArrayLike | int | None) -> Shape:
    if curve == "constant":
        return Shape("constant", ("level",), lambda x, _: np.ones((len(x), 1)))
    base = shape(curve, t, knots)
    if base.theta is not None:
        return base
    return Shape(
        curve, ("level", *base.terms),
        lambda x, theta: np.column_stack([np.ones(len(x)), base.columns(x, theta)]),
        knots=base.knots,
    )  # fmt: skip

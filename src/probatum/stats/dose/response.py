"""Dose–response meta-analysis in one or two stages."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats.curves.fit import Curve, fit_curve, groups, two_stage
from probatum.stats.curves.shapes import shape
from probatum.stats.dose.contrasts import DoseContrasts
from probatum.stats.inputs import one_of

SHAPES = ("linear", "quadratic", "spline", "piecewise", "log", "emax")


def dose_response(
    contrasts: DoseContrasts,
    *,
    curve: str = "linear",
    knots: ArrayLike | int | None = None,
    between: str = "random",
    stages: int = 1,
    method: str = "REML",
) -> Curve:
    """Fit a dose–response curve to contrasts of several studies.

    ``curve``: linear, quadratic, spline (restricted cubic; ``knots`` 3, 4, 5 or their places),
    piecewise, log (log(1 + dose)), emax (E d/(ED50 + d), by ML). ``between``: "random" (the
    coefficients differ between studies, covariance unstructured) or "none". One stage takes
    studies with fewer doses than coefficients (Crippa et al. 2019, Stat Methods Med Res 28:1579);
    two stages (Orsini et al. 2012, Am J Epidemiol 175:66) fit each study by itself, and agree
    with one stage where every study can be. ``method`` REML or ML.

    >>> from probatum.stats.dose.contrasts import given_contrasts
    >>> c = given_contrasts([0.2, 0.35, 0.5], [0.01, 0.02, 0.02], [10, 20, 25], ["A", "B", "C"])
    >>> dose_response(c, between="none").beta.round(4).tolist()
    [0.0192]
    """
    one_of(curve, SHAPES, "shape of a dose–response curve")
    one_of(between, ("random", "none"), "variation between studies")
    one_of(method, ("REML", "ML"), "method of a dose–response curve")
    if stages not in {1, 2}:
        raise UsageError(f"stages is {stages}; allowed: 1 or 2")
    x = np.concatenate([contrasts.dose, contrasts.reference])
    made = shape(curve, x, knots)
    studies = contrasts.effects()
    if between == "random" and len(studies) < 2:
        raise StatsError('one study tells nothing of others: use between="none"')
    if stages == 1:
        return fit_curve(studies, made, between, method)
    if made.theta is not None or between == "none":
        raise UsageError("two stages need random coefficients and a shape without a parameter")
    for name, group in zip(contrasts.studies, groups(studies, made, np.nan), strict=True):
        if np.linalg.matrix_rank(group.x) < made.p:
            raise StatsError(
                f"study {name!r} has fewer doses than the {curve} curve has coefficients "
                f"({made.p}); use stages=1 or a simpler curve"
            )
    return two_stage(studies, made, method)

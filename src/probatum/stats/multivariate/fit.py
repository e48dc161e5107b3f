"""Multilevel and multivariate meta-analysis: ``rma_mv``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.models.coefficients import Coefficients
from probatum.stats.multivariate.likelihood import Fitted, Problem
from probatum.stats.multivariate.likelihood import fit as gls
from probatum.stats.multivariate.maximise import Maximum, maximise
from probatum.stats.multivariate.structures import correlation
from probatum.stats.multivariate.terms import Term, lay


@dataclass(frozen=True, slots=True)
class Component:
    """What one random term came to: variances (one, or one a level) and correlations."""

    structure: str
    levels: tuple[str, ...]
    variances: Floats
    correlations: Floats


@dataclass(frozen=True)
class RmaMv:
    """A fitted multilevel or multivariate model; ``gradient`` is the largest score left."""

    problem: Problem
    fitted: Fitted
    maximum: Maximum
    components: tuple[Component, ...]
    method: str
    level: float
    intercept: bool
    QE: float

    @property
    def beta(self) -> Floats:
        return self.fitted.beta

    @property
    def vb(self) -> Floats:
        return self.fitted.vb

    @property
    def k(self) -> int:
        return len(self.problem.y)

    @property
    def p(self) -> int:
        return int(self.problem.x.shape[1])

    @property
    def ll(self) -> float:
        """Log-likelihood (restricted for REML)."""
        return self.fitted.ll

    @property
    def converged(self) -> bool:
        return self.maximum.converged

    @property
    def gradient(self) -> float:
        return self.maximum.gradient

    @cached_property
    def coefficients(self) -> Coefficients:
        """The coefficients with their tests and intervals."""
        names = tuple(f"b{i}" for i in range(self.p))
        df = self.k - self.p
        return Coefficients(names, self.beta, self.vb, 0.0, self.QE, df, self.level)

    @property
    def se(self) -> Floats:
        return self.coefficients.se

    @property
    def zval(self) -> Floats:
        return self.coefficients.zval

    @property
    def pval(self) -> Floats:
        return self.coefficients.pval

    @property
    def ci_lb(self) -> Floats:
        return self.coefficients.ci_lb

    @property
    def ci_ub(self) -> Floats:
        return self.coefficients.ci_ub

    @property
    def QEp(self) -> float:  # noqa: N802, the field's name
        return self.coefficients.pval_Q

    @cached_property
    def QM(self) -> float:  # noqa: N802
        """Omnibus Wald statistic of all coefficients but the intercept (or of it alone)."""
        at = slice(1, None) if self.intercept and self.p > 1 else slice(None)
        return self.coefficients.omnibus(at)


def rma_mv(  # noqa: PLR0913, public: keyword-only options
    yi: ArrayLike,
    v: ArrayLike,
    mods: ArrayLike | None = None,
    *,
    random: Sequence[Term] = (),
    method: str = "REML",
    intercept: bool = True,
    level: float = 95,
) -> RmaMv:
    """Fit y ~ N(X b, V + random terms) by (restricted) maximum likelihood.

    ``v`` are sampling variances (k,) or their covariance matrix (k, k), see ``vcalc``. ``random``
    lists :class:`Term`; a multilevel model has one term a level (district; district and school).
    Several starts, analytic scores, average-information steps at the end; the score left is
    reported. Raises StatsError when nothing can be estimated.

    >>> fit = rma_mv([0.1, 0.3, 0.8, 0.5], [0.1, 0.1, 0.1, 0.1], random=[Term([1, 1, 2, 2])])
    >>> fit.beta.round(3).tolist(), fit.components[0].variances.round(3).tolist()
    ([0.425], [0.051])
    """
    y = inputs.vector(yi, "yi")
    inputs.require(np.isfinite(y), y, "yi", "a finite number (leave the row out)")
    k = len(y)
    if k == 0:
        raise StatsError("there is no row (k = 0); at least one is needed")
    matrix = inputs.symmetric(v, k, "v")
    inputs.require(np.diag(matrix) > 0, np.diag(matrix), "v", "variances above 0")
    x = inputs.design(mods, k, intercept)
    inputs.full_rank(x)
    inputs.one_of(method, ("REML", "ML"), "method of rma_mv")
    if method == "REML" and k <= x.shape[1]:
        raise StatsError(f"REML needs more than {x.shape[1]} rows; there are {k}")
    problem = Problem(y, matrix, x, tuple(lay(t, k) for t in random), method == "REML")
    fixed = gls(problem, None)
    if fixed is None:
        raise StatsError("v is not positive definite; check the covariances")
    best = maximise(problem, fixed)
    fitted = fixed if not problem.terms else gls(problem, best.theta)
    if fitted is None:
        raise StatsError("the marginal covariance is singular at the solution; drop a random term")
    return RmaMv(
        problem, fitted, best, _components(problem, best.theta), method,
        inputs.level_fraction(level), intercept, fixed.qe,
    )  # fmt: skip


def _components(problem: Problem, theta: Floats) -> tuple[Component, ...]:
    out = []
    for term, part in zip(problem.terms, problem.split(theta), strict=True):
        g = term.structure.matrix(part, term.position)
        name = term.structure.name
        out.append(Component(name, term.names, term.structure.variances(g), correlation(name, g)))
    return tuple(out)

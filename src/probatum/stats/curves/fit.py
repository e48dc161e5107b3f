"""A curve fitted to correlated effects: coefficients, shape parameter, bands and tests."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.curves.mixed import (
    Between,
    Drift,
    Fitted,
    Group,
    Nothing,
    Random,
    solve,
    stack,
)
from probatum.stats.curves.shapes import Shape
from probatum.stats.distributions import chi2_upper, critical
from probatum.stats.inputs import Floats, level_fraction, vector


@dataclass(frozen=True, slots=True)
class Effects:
    """Effects of one study at ``x`` against ``reference`` (NaN: no reference), and their V."""

    y: Floats
    v: Floats
    x: Floats
    reference: Floats


@dataclass(frozen=True, slots=True)
class Band:
    """A fitted curve (arrays over x): estimate, standard error, pointwise confidence limits."""

    x: Floats
    pred: Floats
    se: Floats
    ci_lb: Floats
    ci_ub: Floats


@dataclass(frozen=True, slots=True)
class Curve:
    """A fitted curve Σ b_j f_j(x; θ).

    ``vb`` covers the coefficients and, last, log θ where the shape has one. ``psi`` is the
    covariance of coefficients between studies, ``tau2`` and ``rho`` those of a drift (else 0 and
    None). ``Q`` is the weighted residual sum of squares without variation between studies, on
    ``df`` degrees of freedom. ``gradient`` is the largest score left at the solution. For shapes
    with θ the likelihood is the full one (``method`` ML), since restricted likelihoods of
    different model matrices cannot be compared. ``determined`` is False where θ ran to an end of
    its search (a factor of 55 from the median x): the data do not bend enough to tell it.
    """

    shape: Shape
    theta: float
    beta: Floats
    vb: Floats
    psi: Floats
    tau2: float
    rho: float | None
    log_likelihood: float
    Q: float
    df: int
    k: int
    n: int
    method: str
    gradient: float
    span: tuple[float, float]
    against: bool
    determined: bool = True

    @property
    def se(self) -> Floats:
        """Standard errors of the coefficients, and of log θ where there is one."""
        return np.sqrt(np.diag(self.vb))

    @property
    def Qp(self) -> float:  # noqa: N802, the field's name
        return float(chi2_upper(self.Q, self.df)) if self.df > 0 else math.nan

    @property
    def aic(self) -> float:
        """Akaike's criterion; compare only fits by ML, or of one shape."""
        spread = self.psi.size and len(self.psi) * (len(self.psi) + 1) // 2
        return -2 * self.log_likelihood + 2 * (len(self.vb) + int(spread) + 2 * bool(self.tau2))

    def test(self, terms: Sequence[int] | None = None) -> tuple[float, int, float]:
        """Return the Wald chi-squared, its df and p of some coefficients being 0 (default all)."""
        at = list(range(self.shape.p)) if terms is None else list(terms)
        if not at or not all(0 <= i < self.shape.p for i in at):
            raise UsageError(f"terms: indices from 0 to {self.shape.p - 1} are needed")
        part = self.beta[at]
        value = float(part @ np.linalg.solve(self.vb[np.ix_(at, at)], part))
        return value, len(at), float(chi2_upper(value, len(at)))

    def predict(self, x: ArrayLike, *, reference: float | None = None, level: float = 95) -> Band:
        """Return the curve at ``x``, against ``reference`` (default 0) where effects are."""
        at = vector(x, "x")
        z = critical(level_fraction(level))
        base = (0.0 if reference is None else reference) if self.against else reference
        row = _jacobian(self.shape, at, self.theta, self.beta)
        value = self.shape.columns(at, self.theta) @ self.beta
        if base is not None:
            zero = np.array([base])
            row = row - _jacobian(self.shape, zero, self.theta, self.beta)
            value = value - self.shape.columns(zero, self.theta) @ self.beta
        se = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", row, self.vb, row), 0))
        return Band(at, value, se, value - z * se, value + z * se)


def _jacobian(shape: Shape, x: Floats, theta: float, beta: Floats) -> Floats:
    columns = shape.columns(x, theta)
    if shape.slope is None:
        return columns
    return np.column_stack([columns, shape.slope(x, theta) @ beta])


# How far from the median x the logarithm of θ is searched.
_FAR = 4.0


def fit_curve(
    studies: Sequence[Effects], shape: Shape, between: str, method: str = "REML"
) -> Curve:
    """Fit a shape to studies; ``between``: "none", "random" (coefficients) or "drift"."""
    if shape.theta is None:
        return _finish(studies, shape, math.nan, between, method)
    theta = _profile(studies, shape, between)
    away = abs(math.log(theta) - _middle(studies))
    made = _finish(studies, shape, theta, between, "ML")
    return replace(made, determined=away < _FAR - 0.01)


def groups(studies: Sequence[Effects], shape: Shape, theta: float) -> list[Group]:
    """Return the studies with their model matrices at θ."""
    return [Group(s.y, s.v, difference(s, shape.columns, theta), s.x) for s in studies]


def difference(study: Effects, columns: object, theta: float) -> Floats:
    """Return columns at x minus those at the reference, where the study has one."""
    assert callable(columns)  # noqa: S101
    own = columns(study.x, theta)
    if np.isnan(study.reference).all():
        return np.asarray(own)
    return np.asarray(own - columns(study.reference, theta))


def structure(made: Sequence[Group], between: str) -> Between:
    """Return the structure of variation between studies, scaled by what varies within them."""
    if between == "none":
        return Nothing()
    if between == "drift":
        typical = float(np.median(np.concatenate([np.diag(g.v) for g in made])))
        spans = [float(np.ptp(g.t)) for g in made]
        return Drift(math.sqrt(typical), max(spans) / 2 or 1.0)
    information = sum(g.x.T @ np.linalg.solve(g.v, g.x) for g in made) / len(made)
    scale = np.sqrt(np.diag(information))
    scale = np.where(scale > 0, scale, 1.0)
    inner = np.linalg.pinv(information / np.outer(scale, scale)) / np.outer(scale, scale)
    values, vectors = np.linalg.eigh(inner * np.outer(scale, scale))
    root = vectors * np.sqrt(np.maximum(values, 1e-12))
    return Random(root / scale[:, None])


def _fit(
    studies: Sequence[Effects], shape: Shape, theta: float, between: str, method: str
) -> tuple[Fitted, Between, list[Group]]:
    made = groups(studies, shape, theta)
    kind = structure(made, between)
    return solve(made, kind, method == "REML"), kind, made


def _finish(
    studies: Sequence[Effects], shape: Shape, theta: float, between: str, method: str
) -> Curve:
    at, kind, made = _fit(studies, shape, theta, between, method)
    base = solve(made, Nothing(), False)
    q = sum(
        float((g.y - g.x @ base.beta) @ np.linalg.solve(g.v, g.y - g.x @ base.beta)) for g in made
    )
    vb = at.vb if shape.slope is None else _with_theta(studies, shape, theta, at, kind)
    n = sum(len(g.y) for g in made)
    x = np.concatenate([s.x for s in studies] + [s.reference for s in studies])
    x = x[np.isfinite(x)]
    against = not np.isnan(studies[0].reference).all()
    tau2, rho = kind.values(at.theta) if isinstance(kind, Drift) else (0.0, None)
    psi = kind.psi(at.theta) if isinstance(kind, Random) else np.zeros((0, 0))
    return Curve(
        shape, theta, at.beta, vb, psi, tau2, rho, at.log_likelihood, q, n - len(vb),
        len(studies), n, method, at.gradient, (float(x.min()), float(x.max())), against,
    )  # fmt: skip


def _with_theta(
    studies: Sequence[Effects], shape: Shape, theta: float, at: Fitted, kind: Between
) -> Floats:
    """Return the covariance of coefficients and log θ from the curve's tangent (delta method)."""
    matrix = np.zeros((shape.p + 1, shape.p + 1))
    for study, group in zip(studies, groups(studies, shape, theta), strict=True):
        assert shape.slope is not None  # noqa: S101
        tangent = difference(study, shape.slope, theta) @ at.beta
        row = np.column_stack([group.x, tangent])
        extra, _ = kind.added(stack([group]), at.theta)
        matrix += row.T @ np.linalg.solve(group.v + extra[0], row)
    return np.asarray(np.linalg.pinv(matrix, hermitian=True))


def _middle(studies: Sequence[Effects]) -> float:
    x = np.concatenate([s.x for s in studies])
    return math.log(float(np.median(x[x > 0])) if (x > 0).any() else 1.0)


def _profile(studies: Sequence[Effects], shape: Shape, between: str) -> float:
    """Return θ with the largest likelihood: a grid over a factor of 55 each way, then a search."""
    middle = _middle(studies)

    def cost(log_theta: float, kind: str) -> float:
        made = groups(studies, shape, math.exp(log_theta))
        return -solve(made, structure(made, kind), False, (0.3,)).log_likelihood

    grid = middle + np.linspace(-_FAR, _FAR, 33)
    values = np.array([cost(float(point), "none") for point in grid])
    if between != "none":
        values = np.array([cost(float(point), between) for point in grid[::2]])
        grid = grid[::2]
    best = int(np.argmin(values))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    from scipy import optimize  # noqa: PLC0415

    found = optimize.minimize_scalar(
        lambda point: cost(float(point), between),
        bounds=(low, high), method="bounded", options={"xatol": 1e-7},
    )  # fmt: skip
    return math.exp(float(found.x))


def two_stage(studies: Sequence[Effects], shape: Shape, method: str) -> Curve:
    """Fit each study by itself, then pool the coefficients (Orsini et al. 2012)."""
    one = fit_curve(studies, shape, "none", method)
    own: list[Group] = []
    for group in groups(studies, shape, math.nan):
        alone = solve([group], Nothing(), False)
        own.append(Group(alone.beta, alone.vb, np.eye(shape.p), group.t[:1]))
    kind = structure(own, "random")
    at = solve(own, kind, method == "REML")
    assert isinstance(kind, Random)  # noqa: S101
    fixed = solve(own, Nothing(), False)
    q = sum(float((g.y - fixed.beta) @ np.linalg.solve(g.v, g.y - fixed.beta)) for g in own)
    return replace(
        one, beta=at.beta, vb=at.vb, psi=kind.psi(at.theta), log_likelihood=at.log_likelihood,
        Q=q, df=shape.p * (len(own) - 1), n=shape.p * len(own), method=method,
        gradient=at.gradient,
    )  # fmt: skip

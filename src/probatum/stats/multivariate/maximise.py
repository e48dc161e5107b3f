"""The maximum of a likelihood in several variance parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from probatum.stats.inputs import Floats
from probatum.stats.multivariate.likelihood import Fitted, Problem, fit, score

# Starts: shares of the variance left by a fit without random terms.
SHARES = (1.0, 0.1)
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Maximum:
    """Parameters, log-likelihood, the largest score left, steps, and whether it is small."""

    theta: Floats
    ll: float
    gradient: float
    steps: int
    converged: bool


def maximise(problem: Problem, fixed: Fitted) -> Maximum:
    """Return the highest maximum found from several starts."""
    if not problem.terms:
        return Maximum(np.empty(0), fixed.ll, 0.0, 0, True)
    k, p = problem.x.shape
    excess = max(fixed.qe / max(k - p, 1) - 1, 0.05) * float(np.median(np.diag(problem.v)))
    found = []
    for share in SHARES:
        start = [
            t.structure.start(len(t.position), share * excess / len(problem.terms))
            for t in problem.terms
        ]
        found.append(_climb(problem, np.concatenate(start)))
    return max(found, key=lambda m: m.ll)


def _climb(problem: Problem, start: Floats) -> Maximum:
    """BFGS to the neighbourhood, then average-information steps to the resolution."""
    from scipy.optimize import minimize  # noqa: PLC0415, loads on first use

    def objective(theta: Floats) -> tuple[float, Floats]:
        at = fit(problem, theta)
        if at is None:
            return 1e10, np.zeros_like(theta)
        return -at.ll, -score(problem, theta, at)[0]

    rough = minimize(
        objective, start, jac=True, method="BFGS", options={"maxiter": 500, "gtol": 1e-6}
    )
    theta, steps = np.asarray(rough.x, dtype=np.float64), int(rough.nit)
    at = fit(problem, theta)
    gradient = np.full_like(theta, np.inf)
    while at is not None and steps < ROUNDS + int(rough.nit):
        gradient, information = score(problem, theta, at)
        if np.abs(gradient).max() < 1e-9:
            break
        new, better = _step(problem, (theta, at), gradient, information)
        if better is None:
            break
        theta, at, steps = new, better, steps + 1
    left = float(np.abs(gradient).max())
    return Maximum(theta, at.ll if at else -np.inf, left, steps, left < 1e-4)


def _step(
    problem: Problem, here: tuple[Floats, Fitted], gradient: Floats, information: Floats
) -> tuple[Floats, Fitted | None]:
    """Return a point that is no lower, halving the step; None when there is none."""
    theta, at = here
    damp = 1e-10 * max(1.0, float(np.trace(information)))
    move = np.linalg.solve(information + damp * np.eye(len(theta)), gradient)
    for _ in range(12):
        after = fit(problem, theta + move)
        if after is not None and after.ll >= at.ll - 1e-13 * abs(at.ll):
            return theta + move, after if np.abs(move).max() > 1e-14 else None
        move = move / 2
    return theta, None

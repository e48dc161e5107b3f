"""What the caller chose, and the way from there to tau2."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.stats.inputs import Floats
from probatum.stats.models import compat, exact, moments
from probatum.stats.models.likelihood import Data
from probatum.stats.models.solution import Solution

EQUAL = ("EE", "FE", "CE")
METHODS = (*EQUAL, *sorted({*moments.MOMENTS, *exact.ITERATED}))
TESTS = ("z", "t", "knha", "adhoc")
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Settings:
    """Method, test, level (a fraction), own weights, intercept, solver and fixed tau2."""

    method: str
    test: str
    level: float
    weights: Floats | None = None
    intercept: bool = True
    compat: str | None = None
    tau2: float | None = None


def solve(data: Data, settings: Settings) -> tuple[Solution, str]:
    """Return tau2 with its standard error, and the name of the solver that found it."""
    method = settings.method
    if settings.tau2 is not None and method not in EQUAL:
        return Solution(settings.tau2, NAN, 0.0, 0, True), "given"
    if method in EQUAL or data.k <= data.p:
        # One study (or a saturated model) says nothing about heterogeneity.
        return Solution(0.0, NAN, 0.0, 0, True), "closed form"
    if method in moments.MOMENTS:
        tau2, se = moments.MOMENTS[method](data, settings.weights)
        return Solution(tau2, se, 0.0, 0, True), "closed form"
    return _iterated(data, method, settings.compat)


def _iterated(data: Data, method: str, dialect: str | None) -> tuple[Solution, str]:
    if dialect is None:
        return exact.ITERATED[method](data, method), "exact"
    iterate = compat.generalised_q if method in {"PM", "PMM"} else compat.fisher_scoring
    return iterate(data, method), "metafor 3.8"

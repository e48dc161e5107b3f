"""Coverage of intervals and calibration by simulation: `python -m validation.simulation`.

Writes docs/explanation/simulation.md. Fixed seeds; about a minute and a half on one core.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from probatum import stats
from probatum.stats.bayes.meta import bayes_meta
from probatum.stats.bayes.priors import half_normal

ROOT = Path(__file__).resolve().parent.parent
Generator = np.random.Generator


def calibration(rng: Generator) -> tuple[int, int, int]:
    """Bayes: is the truth, drawn from the priors, in the 95 % intervals of μ, τ and a study?"""
    tau, mu = abs(rng.normal(0, 0.5)), rng.normal(0, 1)
    v = rng.uniform(0.02, 0.3, 6)
    theta = rng.normal(mu, tau, 6)
    fit = bayes_meta(rng.normal(theta, np.sqrt(v)), v, tau_prior=half_normal(0.5), mu_prior=(0, 1))
    return (
        inside(fit.mu.interval(), mu),
        inside(fit.tau.interval(), tau),
        inside(fit.study(0).interval(), theta[0]),
    )


def inside(ends: tuple[float, float], truth: float) -> int:
    """Return 1 when the truth is in the interval."""
    return int(ends[0] <= truth <= ends[1])


def dose(rng: Generator) -> tuple[int]:
    """Dose–response: three doses and a shared control, slopes differ between 10 studies."""
    arms: dict[str, list[float]] = {"dose": [], "mean": []}
    study = []
    for s in range(10):
        slope = rng.normal(0.1, 0.03)
        for d in (0.0, 28.0, 56.0, 84.0):
            arms["dose"].append(d)
            arms["mean"].append(rng.normal(slope * d, 10 / np.sqrt(60)))
            study.append(str(s))
    made = stats.dose_contrasts(
        "MD", arms["dose"], study, mean=arms["mean"], sd=[10.0] * 40, n=[60.0] * 40
    )
    band = stats.dose_response(made).predict([56.0])
    return (inside((band.ci_lb[0], band.ci_ub[0]), 5.6),)


def course(rng: Generator) -> tuple[int]:
    """Time course: three unequal visits in each of 12 studies, correlated errors, drift."""
    y, v, t, study = [], [], [], []
    for s in range(12):
        times = np.sort(rng.choice([1, 2, 4, 8, 12], 3, replace=False)).astype(float)
        apart = np.abs(times[:, None] - times)
        own = rng.uniform(0.01, 0.05)
        errors = own * 0.7**apart + 0.02 * 0.8**apart
        y += (0.6 - 0.03 * times + rng.multivariate_normal(np.zeros(3), errors)).tolist()
        v += [own] * 3
        t += times.tolist()
        study += [str(s)] * 3
    band = stats.time_course(y, v, t, study, curve="linear", phi=0.7).predict([6.0])
    return (inside((band.ci_lb[0], band.ci_ub[0]), 0.42),)


def normal_path(rng: Generator) -> tuple[int]:
    """E-values: a confidence sequence over 30 studies that all share one effect."""
    v = rng.uniform(0.02, 0.3, 30)
    path = stats.anytime(rng.normal(0.2, np.sqrt(v)), v, rho=0.3)
    return (inside((path.ci_lb[-1], path.ci_ub[-1]), 0.2),)


def sign_path(rng: Generator) -> tuple[int]:
    """E-values by signs: 30 studies, unknown τ = 0.5."""
    v = rng.uniform(0.02, 0.3, 30)
    y = rng.normal(0.2, np.sqrt(v + 0.25))
    path = stats.anytime(y, v, rho=0.3, model="signs")
    return (inside((path.ci_lb[-1], path.ci_ub[-1]), 0.2),)


def looks(rng: Generator) -> tuple[int, int]:
    """Looking after each of 12 studies without an effect: monitored, and against 1.96."""
    v = rng.uniform(0.02, 0.1, 12)
    path = stats.monitor(
        rng.normal(0, np.sqrt(v)), v, delta=0.2, method="EE", diversity_assumed=0.0
    )
    return int(path.reached is None), int((np.abs(path.z) < 1.959964).all())


STUDIES: list[tuple[Callable[[Generator], tuple[int, ...]], int, tuple[str, ...]]] = [
    (calibration, 4000, ("Bayes: μ", "Bayes: τ", "Bayes: effect of one study")),
    (dose, 400, ("Dose–response, REML, effect at one dose",)),
    (course, 300, ("Time course with drift, REML, effect at one time",)),
    (normal_path, 4000, ("Confidence sequence, all 30 looks at once",)),
    (sign_path, 1000, ("Confidence sequence by signs, all 30 looks at once",)),
    (looks, 1000, ("No false finding: O'Brien–Fleming-type", "No false finding: 1.96 each time")),
]


def main() -> None:
    """Simulate everything and write the table."""
    rows = []
    for seed, (simulate, draws, names) in enumerate(STUDIES):
        rng = np.random.default_rng(seed)
        found = np.array([simulate(rng) for _ in range(draws)]).mean(axis=0)
        for name, share in zip(names, found, strict=True):
            error = 100 * np.sqrt(share * (1 - share) / draws)
            rows.append(f"| {name} | {draws} | {100 * share:.1f} % | {error:.1f} |")
    text = (
        "# Intervals and boundaries by simulation\n\n"
        "Written by `python -m validation.simulation`; seeds are fixed. The share should be 95 %\n"
        "(Bayes: exactly; curves: about, with few studies below; sequences and monitoring: at\n"
        "least). The last row shows what looking again and again at 1.96 does.\n\n"
        "| what | simulated reviews | share | Monte Carlo error |\n| --- | --- | --- | --- |\n"
    )
    target = ROOT / "docs" / "explanation" / "simulation.md"
    target.write_text(text + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

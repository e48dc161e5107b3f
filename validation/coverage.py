"""Coverage of the intervals of the estimators over a million simulated meta-analyses.

``python -m validation.coverage [FITS]`` writes docs/explanation/coverage.md: under a minute on
two cores. Seeds are fixed; one process a core.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from validation.reference import ROOT

from probatum import stats
from probatum.stats import distributions as dist
from probatum.stats.models.batch import Batch

TOTAL = 1_000_000
SEED = 20_261
MU, LEVEL = 0.5, 0.95
SIZES, SPREADS = (2, 3, 5, 10, 20), (0.0, 0.02, 0.1, 0.4)
METHODS = ("EE", "DL", "HE", "HS", "SJ", "PM", "ML", "REML")
TESTS = ("z", "knha")
PREDICTED = ("REML, z", "REML, t (k - 2), HTS", "REML, knha", "DL, t (k - 2), HTS", "PM, knha")
# Reviews fitted at once: 20,000 keep the arrays within the cache of the processor's second level.
AT_ONCE = 20_000
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One setting: k studies, tau2, how many reviews, and its number among the settings."""

    k: int
    tau2: float
    reviews: int
    index: int


def simulate(scenario: Scenario) -> tuple[Counts, float]:
    """Return in how many reviews each interval holds the truth, and the CPU seconds used."""
    rng = np.random.default_rng([SEED, scenario.index])
    start = time.process_time()
    found: Counts = {}
    for first in range(0, scenario.reviews, AT_ONCE):
        count = min(AT_ONCE, scenario.reviews - first)
        for name, hits in _portion(scenario, count, rng).items():
            found[name] = found.get(name, 0) + hits
    return found, time.process_time() - start


def _portion(scenario: Scenario, count: int, rng: np.random.Generator) -> Counts:
    shape = (count, scenario.k)
    # Variances as in Brockwell & Gordon (2001): a quarter of chi-squared, cut to 0.009 to 0.6.
    v = np.clip(rng.chisquare(1, shape) / 4, 0.009, 0.6).ravel()
    y = (MU + rng.normal(size=shape).ravel() * np.sqrt(v + scenario.tau2)).astype(float)
    new = MU + rng.normal(size=count) * scenario.tau2**0.5
    group = np.repeat(np.arange(count), scenario.k)
    found: Counts = {}
    for method, test in product(METHODS, TESTS):
        fits = stats.rma_batch(y, v, group, method=method, test=test, level=100 * LEVEL)
        found[f"{method}, {test}"] = int(((fits.ci_lb <= MU) & (fits.ci_ub >= MU)).sum())
        for name, df in _predictions(method, test, scenario.k):
            found[f"new: {name}"] = _held(fits, new, df)
    return found


def _predictions(method: str, test: str, k: int) -> list[tuple[str, int | None]]:
    """Names and degrees of freedom of the prediction intervals that a fit gives."""
    made: list[tuple[str, int | None]] = [(f"{method}, {test}", None if test == "z" else k - 1)]
    if test == "z" and k > 2:
        made.append((f"{method}, t (k - 2), HTS", k - 2))
    return [one for one in made if one[0] in PREDICTED]


def _held(fits: Batch, new: NDArray[np.float64], df: int | None) -> int:
    half = dist.critical(LEVEL, df) * np.sqrt(fits.se**2 + fits.tau2)
    return int((np.abs(new - fits.beta) <= half).sum())


def scenarios(total: int) -> list[Scenario]:
    """Return the settings, the reviews spread evenly over them."""
    cells = list(product(SIZES, SPREADS))
    return [Scenario(k, tau2, total // len(cells), i) for i, (k, tau2) in enumerate(cells)]


def table(names: list[str], shown: list[str], rows: list[tuple[Scenario, Counts]]) -> str:
    """Return the shares of some intervals, one row a setting, as a Markdown table."""
    lines = [f"| k | tau2 | {' | '.join(shown)} |", "|---:|---:|" + "---:|" * len(shown)]
    for one, found in rows:
        cells = [f"{100 * found[n] / one.reviews:.1f}" if n in found else "" for n in names]
        lines.append(f"| {one.k} | {one.tau2:g} | {' | '.join(cells)} |")
    return "\n".join(lines)


def page(rows: list[tuple[Scenario, Counts]]) -> str:
    """Return the document."""
    reviews = sum(one.reviews for one, _ in rows)
    worst = 100 * 0.5 / rows[0][0].reviews ** 0.5
    parts = [
        "# How often the intervals hold the truth",
        "",
        f"Written by `make coverage-study`; seed {SEED}. {reviews:,} simulated reviews,",
        f"{rows[0][0].reviews:,} a setting (Monte Carlo error at most {worst:.2f}), each fitted",
        f"by {len(METHODS)} estimators with two tests. The true mean is {MU}; sampling variances",
        "are a quarter of a chi-squared variable with one degree of freedom, cut to 0.009 to 0.6",
        "(Brockwell & Gordon 2001), and known; effects are normal with variance tau2. Numbers are",
        "percent; 95 is asked for.",
        "",
    ]
    for test, title in (("z", "the normal test"), ("knha", "Hartung and Knapp's test")):
        parts += [f"## The mean, {title}", ""]
        parts += [table([f"{m}, {test}" for m in METHODS], list(METHODS), rows), ""]
    parts += ["## The effect of the next study (prediction intervals)", ""]
    parts.append(table([f"new: {n}" for n in PREDICTED], list(PREDICTED), rows))
    parts += [
        "",
        "HTS: Higgins, Thompson and Spiegelhalter (2009), t with k - 2 degrees of freedom; with",
        "two studies it has none. Where tau2 is 0 every study has the same effect, and the",
        "intervals are wider than they need to be.",
        "",
    ]
    return "\n".join(parts)


def main(arguments: list[str]) -> None:
    """Simulate on two cores and write the page."""
    total = int(arguments[0]) if arguments else TOTAL
    stats.rma_batch([0.1, 0.2, 0.4], [0.1, 0.1, 0.2], [0, 0, 0])  # compiled before it is timed
    settings = scenarios(total)
    start = time.perf_counter()
    # The largest first, so that no process is left with one of them at the end.
    order = sorted(settings, key=lambda one: -one.k)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = dict(zip(order, pool.map(simulate, order, chunksize=1), strict=True))
    used = sum(seconds for _, seconds in found.values())
    rows = [(one, found[one][0]) for one in settings]
    print(f"{sum(one.reviews for one in settings):,} reviews: {used:.1f} CPU s on two processes, "
          f"{time.perf_counter() - start:.1f} s by the clock")  # fmt: skip
    if total == TOTAL:
        (ROOT / "docs" / "explanation" / "coverage.md").write_text(page(rows), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

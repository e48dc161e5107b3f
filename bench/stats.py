"""The meta-analysis engine against its limits, beside metafor, PyMARE and statsmodels.

``python -m bench stats``: CPU time of one thread, the least of several runs. Peers that are not
installed are named as absent. Compilation is done before anything is timed.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator

import numpy as np

from probatum import stats

SETS, STUDIES = 10_000, 10
R_SCRIPT = """
suppressMessages(library(metafor)); set.seed(1)
v <- matrix(runif(200 * 10, .01, .2), 200); y <- matrix(rnorm(200 * 10, .3, sqrt(v + .05)), 200)
f <- function() for (i in 1:200) try(rma(y[i, ], v[i, ], test = "knha"), silent = TRUE)
f(); cat(system.time(f())[["user.self"]] * 50)
"""


def cpu(work: Callable[[], object], runs: int = 5, repeat: int = 1) -> float:
    """Return the least CPU seconds of one call."""
    work()
    least = float("inf")
    for _ in range(runs):
        start = time.process_time()
        for _ in range(repeat):
            work()
        least = min(least, (time.process_time() - start) / repeat)
    return least


def line(what: str, took: float, limit: float) -> str:
    """Return one row: what, time, limit, and whether it is kept."""
    verdict = "kept" if took <= limit else "NOT kept"
    return f"{what:<52} {took * 1e3:10.4f} ms   limit {limit * 1e3:9.3f} ms   {verdict}"


def rows() -> Iterator[str]:
    """Yield one line a measurement."""
    rng = np.random.default_rng(1)
    v = rng.uniform(0.01, 0.2, SETS * STUDIES)
    y = rng.normal(0.3, np.sqrt(v + 0.05))
    group = np.repeat(np.arange(SETS), STUDIES)
    many = cpu(lambda: stats.rma_batch(y, v, group, test="knha"))
    yield f"{'10,000 REML + Hartung-Knapp fits, k = 10':<52} {many * 1e3:10.4f} ms"
    yield from _peers(many)
    yield line("one small fit, k = 10", cpu(lambda: stats.rma(y[:10], v[:10]), repeat=200), 50e-6)
    wide = rng.uniform(0.01, 2, 1000), rng.normal(0.3, 1, 1000)
    one = cpu(lambda: stats.rma(wide[1], wide[0]).estimate, repeat=100)
    yield line("one fit, k = 1,000", one, 100e-6)
    small = y[:20], v[:20]
    for method in ("EE", "DL"):
        took = cpu(lambda m=method: stats.gosh(*small, method=m), runs=2)  # type: ignore[misc]
        yield line(f"GOSH, 2^20 subsets, {method}", took, 1.0)
    yield line("network of 26 studies, 10 treatments, REML", _network(rng), 2e-3)


def _network(rng: np.random.Generator) -> float:
    """Time a network of the size of Senn 2013's."""
    pairs = [(i % 9, 9) for i in range(20)] + [(0, 1), (1, 2), (3, 4), (5, 6), (2, 7), (7, 8)]
    first, second = [f"t{a}" for a, _ in pairs], [f"t{b}" for _, b in pairs]
    te, se = rng.normal(0.3, 0.5, 26), rng.uniform(0.1, 0.4, 26)
    return cpu(lambda: stats.nma(te, se, first, second, list(range(26))).te, repeat=20)


def _peers(many: float) -> Iterator[str]:
    if shutil.which("Rscript") is None:
        yield "    metafor: Rscript is not installed (Debian: r-cran-metafor)"
    else:
        call = ["Rscript", "-e", R_SCRIPT]
        run = subprocess.run(call, capture_output=True, text=True, check=False)
        if run.returncode == 0:
            theirs = float(run.stdout)
            yield f"    metafor: {theirs:.1f} s, {theirs / many:,.0f} times ours (limit 3,000)"
        else:
            yield f"    metafor: cannot run ({run.stderr.strip().splitlines()[-1]})"
    for name in ("pymare", "statsmodels"):
        if importlib.util.find_spec(name) is None:
            yield f"    {name}: not installed"

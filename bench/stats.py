"""The meta-analysis engine against its limits, beside metafor, PyMARE and statsmodels.

``make bench-stats``: CPU time of one thread, the least of several runs; every peer fits the same
numbers in the same run. metafor needs Rscript on the path (Debian: r-cran-metafor); PyMARE and
statsmodels are looked for in this environment, or in the one whose Python the environment
variable PROBATUM_PEERS names. Those that are absent are named. Compilation is done before
anything is timed.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import stats_peers
from probatum import stats

SETS, STUDIES = 10_000, 10
Floats = NDArray[np.float64]


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
    many = cpu(lambda: stats.rma_batch(y, v, group, test="knha"), runs=15)
    yield f"{'10,000 REML + Hartung-Knapp fits, k = 10':<52} {many * 1e3:10.4f} ms"
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(Path(folder) / "studies.txt", np.column_stack([y, v]))
        yield from stats_peers.rows(Path(folder), many)
    ten = y[:10], v[:10]
    yield line("one small fit, k = 10", cpu(lambda: stats.rma(*ten), repeat=500), 50e-6)
    wide = rng.uniform(0.01, 2, 1000), rng.normal(0.3, 1, 1000)
    one = cpu(lambda: stats.rma(wide[1], wide[0]).estimate, repeat=200)
    yield line("one fit, k = 1,000", one, 100e-6)
    yield line("three moderators, k = 28", _moderators(y, v), 1e-3)
    yield line("Bayes, k = 10: mean and interval of the effect", _bayes(ten), 1e-3)
    for method in ("EE", "DL"):
        took = cpu(lambda m=method: stats.gosh(y[:20], v[:20], method=m), runs=2)  # type: ignore[misc]
        yield line(f"GOSH, 2^20 subsets, {method}", took, 1.0)
    yield line("network of 26 studies, 10 treatments, REML", _network(rng), 2e-3)
    yield line("import of probatum.stats", _import("from probatum import stats"), 0.2)
    ready = "from probatum import stats; stats.rma([0.1, 0.5, 0.9], [0.1, 0.1, 0.2])"
    yield f"{'import and the first fit, compiled code cached':<52} {_import(ready) * 1e3:10.4f} ms"


def _moderators(y: Floats, v: Floats) -> float:
    mods = np.random.default_rng(3).normal(size=(28, 3))
    return cpu(lambda: stats.rma(y[:28], v[:28], mods).beta, repeat=100)


def _bayes(studies: tuple[Floats, Floats]) -> float:
    def posterior() -> tuple[float, tuple[float, float]]:
        mu = stats.bayes_meta(*studies).mu
        return mu.mean, mu.interval()

    return cpu(posterior, repeat=50)


def _network(rng: np.random.Generator) -> float:
    """Time a network of the size of Senn 2013's, one study with three arms included."""
    pairs = [(i % 9, 9) for i in range(19)] + [(0, 1), (1, 2), (3, 4), (5, 6), (2, 7), (7, 8)]
    level = rng.normal(0.3, 0.5, 3)
    study = [*range(25), 25, 25, 25]
    pairs += [(0, 1), (0, 9), (1, 9)]
    first, second = [f"t{a}" for a, _ in pairs], [f"t{b}" for _, b in pairs]
    three = [level[0] - level[1], level[0] - level[2], level[1] - level[2]]
    te = np.concatenate([rng.normal(0.3, 0.5, 25), three])
    se = np.concatenate([rng.uniform(0.1, 0.4, 25), [0.3, 0.28, 0.31]])
    return cpu(lambda: stats.nma(te, se, first, second, study).te, repeat=50)


def _import(code: str) -> float:
    """Return the least CPU seconds of a fresh Python that runs ``code``, start-up taken off."""
    least = {"pass": float("inf"), code: float("inf")}
    for _ in range(5):
        for each, known in least.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", each], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            least[each] = min(known, took)
    return least[code] - least["pass"]

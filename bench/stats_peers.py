"""metafor, PyMARE and statsmodels on the numbers that ours were timed on."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# 500 of the 10,000 sets: metafor needs some 6 ms a fit. The least of three runs, as for ours.
METAFOR = """
suppressMessages(library(metafor)); at <- as.matrix(read.table(commandArgs(TRUE)[1]))[1:5000, ]
y <- matrix(at[, 1], ncol = 10, byrow = TRUE); v <- matrix(at[, 2], ncol = 10, byrow = TRUE)
f <- function() for (i in 1:500) try(rma(y[i, ], v[i, ], test = "knha"), silent = TRUE)
f(); took <- sapply(1:3, function(i) system.time(f())[["user.self"]])
cat(as.character(packageVersion("metafor")), min(took) * 20)
"""

PYMARE = """
import sys, time, warnings
import numpy as np, pymare
from pymare.estimators import VarianceBasedLikelihoodEstimator as Likelihood
warnings.simplefilter("ignore")
y, v = (c.reshape(-1, 10).T for c in np.loadtxt(sys.argv[1]).T)
def run():
    start = time.process_time()
    Likelihood(method="REML").fit_dataset(pymare.Dataset(y, v)).summary().get_fe_stats()
    return time.process_time() - start
print(pymare.__version__, min(run() for _ in range(4)))
"""

# The nearest that statsmodels offers: Paule-Mandel with Hartung and Knapp's interval.
STATSMODELS = """
import sys, time
import numpy as np, statsmodels
from statsmodels.stats.meta_analysis import combine_effects
y, v = (c.reshape(-1, 10)[:500] for c in np.loadtxt(sys.argv[1]).T)
def run():
    start = time.process_time()
    for a, b in zip(y, v):
        combine_effects(a, b, method_re="iterated", use_t=True).conf_int()
    return time.process_time() - start
print(statsmodels.__version__, min(run() for _ in range(3)) * 20)
"""


def rows(folder: Path, ours: float) -> Iterator[str]:
    """Yield one line a peer: its seconds for 10,000 fits and how many times ours that is."""
    studies = str(folder / "studies.txt")
    if shutil.which("Rscript") is None:
        yield "    metafor: Rscript is not on the path (Debian: r-cran-metafor)"
    else:
        yield _row("metafor", ["Rscript", "-e", METAFOR, studies], ours, 3000)
    python = os.environ.get("PROBATUM_PEERS", sys.executable)
    for name, code, aim in (("pymare", PYMARE, 8), ("statsmodels", STATSMODELS, 0)):
        if python == sys.executable and importlib.util.find_spec(name) is None:
            yield f"    {name}: not installed here (PROBATUM_PEERS=python of an environment)"
        else:
            yield _row(name, [python, "-c", code, studies], ours, aim)


def _row(name: str, call: list[str], ours: float, aim: int) -> str:
    run = subprocess.run(call, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        last = (run.stderr.strip().splitlines() or ["no message"])[-1]
        return f"    {name}: cannot run ({last})"
    version, took = run.stdout.split()
    times = float(took) / ours
    verdict = f" (aim {aim:,}: {'kept' if times >= aim else 'NOT kept'})" if aim else ""
    return f"    {name} {version}: {float(took):.3f} s, {times:,.0f} times ours{verdict}"

"""The numbers and the doors that everything else in the project relies on."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from probatum import stats


def test_all_is_sorted_resolves_and_matches_the_stub() -> None:
    assert stats.__all__ == sorted(stats.__all__)
    stub = (Path(stats.__file__).parent / "__init__.pyi").read_text(encoding="utf-8")
    for name in stats.__all__:
        assert getattr(stats, name) is not None
        assert f" as {name}\n" in stub


def test_importing_stats_loads_neither_scipy_nor_numba() -> None:
    code = (
        "import sys; from probatum import stats; "
        "print([m for m in ('scipy', 'numba', 'pandas', 'matplotlib') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert run.stdout.strip() == "[]"


def test_the_three_trials_pool_as_published(shared_data: Path) -> None:
    with (shared_data / "ketamine" / "trials.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["row_id"] in {"T001", "T002", "T003"}]
    es = stats.escalc(
        "MD",
        m1i=[float(r["mean_exp"]) for r in rows],
        sd1i=[float(r["sd_exp"]) for r in rows],
        n1i=[float(r["n_exp"]) for r in rows],
        m2i=[float(r["mean_ctl"]) for r in rows],
        sd2i=[float(r["sd_ctl"]) for r in rows],
        n2i=[float(r["n_ctl"]) for r in rows],
    )
    dl = stats.rma(es.yi, es.vi, method="DL")
    assert (dl.estimate, dl.ci_lb[0], dl.ci_ub[0]) == pytest.approx(
        (-15.79, -32.09, 0.51), abs=0.005
    )
    hk = stats.rma(es.yi, es.vi, test="knha")
    assert (hk.estimate, hk.ci_lb[0], hk.ci_ub[0]) == pytest.approx(
        (-15.80, -49.81, 18.21), abs=0.005
    )
    assert abs(hk.gradient) < 1e-12

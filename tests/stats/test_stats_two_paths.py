"""The compiled path and the NumPy path give the same numbers."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.stats.bayes.conditional import Rows, given_tau
from probatum.stats.bayes.meta import coefficient_priors
from probatum.stats.compiled import numpy_only
from probatum.stats.models import exact, likelihood, quick
from probatum.stats.models import fit as fitting
from probatum.stats.models.batch import _plain, rma_batch
from probatum.stats.models.likelihood import Data
from probatum.stats.models.solve import Settings

effects = st.lists(
    st.tuples(st.floats(-5, 5, width=32), st.floats(1e-3, 10)), min_size=1, max_size=12
)


@pytest.mark.parametrize("method", sorted(quick.CODES))
@settings(max_examples=40)
@given(rows=effects)
def test_one_fit_is_the_same_on_both_paths(method: str, rows: list[tuple[float, float]]) -> None:
    y, v = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    x = np.ones((len(y), 1))
    slow = fitting.estimate(Data(y, v, x), Settings(method, "knha", 0.95))
    fast = fitting.estimate(Data(y, v, x, plain=True), Settings(method, "knha", 0.95))
    scale = 1 + float(np.ptp(y)) ** 2
    assert fast.tau2 == pytest.approx(slow.tau2, rel=1e-7, abs=1e-9 * scale)
    assert fast.beta == pytest.approx(slow.beta, rel=1e-8, abs=1e-9 * scale)
    assert fast.vb == pytest.approx(slow.vb, rel=1e-6, abs=1e-9 * scale)


def test_batch_is_rma_in_a_loop_in_any_order() -> None:
    rng = np.random.default_rng(7)
    group = rng.integers(0, 40, 300)
    y, v = rng.normal(0.2, 0.6, 300), rng.uniform(0.01, 0.5, 300)
    for method in quick.CODES:
        many = rma_batch(y, v, group, method=method, test="knha")
        for g, index in enumerate(many.group):
            one = fitting.rma(y[group == index], v[group == index], method=method, test="knha")
            assert many.tau2[g] == pytest.approx(one.tau2, rel=1e-10, abs=1e-12)
            assert many.se[g] == pytest.approx(one.se[0], rel=1e-10)
            assert many.pval[g] == pytest.approx(one.pval[0], rel=1e-10, nan_ok=True)
            assert many.I2[g] == pytest.approx(one.I2, abs=1e-9)


def test_the_numpy_batch_gives_the_kernels_rows() -> None:
    rng = np.random.default_rng(11)
    y, v, starts = rng.normal(0, 1, 60), rng.uniform(0.1, 1, 60), np.arange(0, 61, 6)
    many = rma_batch(y, v, np.repeat(np.arange(10), 6))
    assert _plain(y, v, starts, "REML")[:, 0] == pytest.approx(many.tau2, abs=1e-10)


def test_numba_can_be_turned_off() -> None:
    code = (
        "import sys; from probatum import stats; f = stats.rma([0.1, 0.5, 0.9], [0.1, 0.1, 0.2]);"
        "print('numba' in sys.modules, round(f.tau2, 6))"
    )
    env = {**os.environ, "PROBATUM_NUMBA": "0"}
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
    )
    assert run.stdout.split()[0] == "False"


def _slopes(data: Data, tau2: float) -> list[float]:
    return [s for r in (False, True) for s in exact.score(data, tau2, restricted=r)]


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10**6), k=st.integers(4, 15), p=st.integers(1, 3),
    tau2=st.floats(0, 4), centre=st.sampled_from([0.0, 1980.0]),
)  # fmt: skip
def test_moderators_are_fitted_alike_on_both_paths(
    seed: int, k: int, p: int, tau2: float, centre: float
) -> None:
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(k), rng.normal(centre, 5, (k, p))])[:, : k - 1]
    data = Data(rng.normal(size=k), rng.uniform(0.01, 2, k), x)
    fast, slopes = likelihood.fit(data, tau2), _slopes(data, tau2)
    with numpy_only():
        slow, plain = likelihood.fit(data, tau2), _slopes(data, tau2)
    for name in ("w", "beta", "cov", "py", "rss", "log_det"):
        assert getattr(fast, name) == pytest.approx(getattr(slow, name), rel=1e-7, abs=1e-8)
    assert slopes == pytest.approx(plain, rel=1e-5, abs=1e-5)


@settings(max_examples=20, deadline=None)
@given(rows=effects, tau=st.floats(0, 3), prior=st.sampled_from([None, (0.2, 1.5)]))
def test_the_evidence_given_tau_is_the_same_on_both_paths(
    rows: list[tuple[float, float]], tau: float, prior: tuple[float, float] | None
) -> None:
    y, v = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    mean, precision = coefficient_priors(prior, 1)
    made = Rows(y, v, np.ones((len(y), 1)), mean, precision)
    at = np.array([0.0, tau])
    fast = given_tau(made, at)
    with numpy_only():
        slow = given_tau(made, at)
    assert fast.log_evidence == pytest.approx(slow.log_evidence, rel=1e-9, abs=1e-9)
    assert fast.mean == pytest.approx(slow.mean, rel=1e-9, abs=1e-12)
    assert fast.cov == pytest.approx(slow.cov, rel=1e-9)

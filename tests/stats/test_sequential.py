"""Boundaries against published tables and simulation; e-values against their guarantee."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate
from scipy import stats as sps

from probatum import stats
from probatum.errors import StatsError, UnknownNameError, UsageError
from probatum.stats.sequential.anytime import anytime
from probatum.stats.sequential.monitor import diversity, monitor, required_information
from probatum.stats.sequential.power import conditional_power
from probatum.stats.sequential.spending import boundaries

studies = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 3)), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("looks", "printed"),
    [
        (2, [2.9626, 1.9686]),
        (3, [3.7103, 2.5114, 1.9930]),
        (4, [4.3326, 2.9631, 2.3590, 2.0141]),
        (5, [4.8769, 3.3570, 2.6803, 2.2898, 2.0310]),
    ],
)
def test_boundaries_of_the_obrien_fleming_type_as_tabled(looks: int, printed: list[float]) -> None:
    """Two-sided α = 0.05, equal steps: Reboussin et al. 2000 (ld98), gsDesign's sfLDOF."""
    found = boundaries(np.arange(1, looks + 1) / looks).z
    assert found == pytest.approx(printed, abs=6e-5)


def test_boundaries_of_the_pocock_type_as_tabled() -> None:
    found = boundaries(np.arange(1, 6) / 5, spending="pocock").z
    assert found == pytest.approx([2.4380, 2.4268, 2.4102, 2.3966, 2.3859], abs=1e-4)


@settings(max_examples=15)
@given(st.lists(st.floats(0.02, 0.5), min_size=1, max_size=6), st.sampled_from([0.05, 0.01]))
def test_the_boundaries_spend_alpha_by_simulation(steps: list[float], alpha: float) -> None:
    t = np.cumsum(steps) / sum(steps)
    z = boundaries(t, alpha=alpha, spending="pocock").z
    rng = np.random.default_rng(1)
    walk = np.cumsum(rng.normal(size=(20_000, len(t))) * np.sqrt(np.diff(t, prepend=0)), axis=1)
    crossed = (np.abs(walk / np.sqrt(t)) >= z).any(axis=1).mean()
    assert crossed == pytest.approx(alpha, abs=5 * math.sqrt(alpha / 20_000))


def test_a_single_look_is_the_usual_test_and_nothing_is_spent_after_the_end() -> None:
    assert boundaries([1.0]).z == pytest.approx([1.959964], abs=1e-6)
    late = boundaries([0.5, 1.3, 1.4]).z
    assert late[2] == math.inf
    assert boundaries([1e-4, 1]).z[0] == math.inf


def test_bad_fractions_are_refused() -> None:
    for wrong in ([0.5, 0.5], [0, 1], [math.nan], []):
        with pytest.raises(StatsError, match="rise from look to look"):
            boundaries(wrong)
    with pytest.raises(UnknownNameError, match="known: obrien-fleming, pocock"):
        boundaries([1], spending="linear")
    with pytest.raises(UsageError, match="alpha is 2"):
        boundaries([1], alpha=2)


@settings(max_examples=40)
@given(studies, st.floats(0.05, 3))
def test_the_e_value_is_the_mixture_of_likelihood_ratios(
    rows: list[tuple[float, float]], rho: float
) -> None:
    y, v = (np.array(column) for column in zip(*rows, strict=True))
    path = anytime(y, v, rho=rho)

    def ratio(mu: float) -> float:
        log = (sps.norm.logpdf(y, mu, np.sqrt(v)) - sps.norm.logpdf(y, 0, np.sqrt(v))).sum()
        return float(np.exp(log - path.log_e[-1])) * sps.norm.pdf(mu, 0, rho)

    total = 1 / (1 / v).sum()
    centre = float(path.estimate[-1]) / (1 + total / rho**2)
    half = 12 / math.sqrt(1 / total + rho**-2)
    assert integrate.quad(ratio, centre - half, centre + half, epsabs=1e-10)[0] == pytest.approx(
        1, abs=1e-7
    )


@settings(max_examples=40)
@given(studies, st.floats(-5, 5), st.floats(0.1, 10), st.sampled_from(["normal", "signs"]))
def test_shift_and_scale(
    rows: list[tuple[float, float]], shift: float, scale: float, model: str
) -> None:
    y, v = (np.array(column) for column in zip(*rows, strict=True))
    y = np.round(y, 3)
    base = anytime(y, v, rho=0.5, model=model, tau2=0.1, null=0.2005)
    moved = anytime(
        scale * (y + shift), scale**2 * v, rho=0.5 * scale, model=model, tau2=0.1 * scale**2,
        null=scale * (0.2005 + shift),
    )  # fmt: skip
    assert moved.log_e == pytest.approx(base.log_e, abs=1e-7)
    finite = np.isfinite(base.ci_lb)
    assert moved.ci_lb[finite] / scale - shift == pytest.approx(base.ci_lb[finite], abs=1e-7)
    assert (np.diff(base.ci_lb[finite]) >= 0).all()


@pytest.mark.parametrize(("model", "known"), [("normal", True), ("signs", False)])
def test_under_the_null_hardly_any_path_ever_crosses(model: str, known: bool) -> None:
    rng = np.random.default_rng(4)
    crossed = missed = 0
    for _ in range(200):
        v = rng.uniform(0.02, 0.3, 25)
        y = rng.normal(0, np.sqrt(v + 0.09))
        path = anytime(y, v, rho=0.5, model=model, tau2=0.09 if known else 0)
        crossed += path.crossed is not None
        missed += not path.ci_lb[-1] <= 0 <= path.ci_ub[-1]
    assert crossed == missed
    assert crossed <= 20  # 5 % of 200 and three standard errors


def test_seven_studies_of_one_sign() -> None:
    path = anytime([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [0.1] * 7, rho=1, model="signs")
    assert path.crossed == 6
    assert path.e[:2] == pytest.approx([1, 1.5])
    assert (path.ci_lb[6], path.ci_ub[6]) == (0.1, 0.7)
    assert path.p[-1] == pytest.approx(1 / path.e[-1])


def test_required_information_is_that_of_the_textbook() -> None:
    # 0.05 two-sided, 90 % power: 10.507 per squared standardised effect.
    assert required_information(1) == pytest.approx(10.5074, abs=1e-4)
    assert required_information(1, diversity=0.5) == pytest.approx(21.0148, abs=1e-4)
    for wrong in ({"delta": 0}, {"delta": 1, "power": 1}, {"delta": 1, "diversity": 1}):
        with pytest.raises(UsageError):
            required_information(**wrong)


def test_a_monitored_meta_analysis_is_cumulative_and_adjusted() -> None:
    y = [0.9, 0.1, 0.5, 0.4, 0.45]
    v = [0.2, 0.1, 0.08, 0.05, 0.02]
    path = monitor(y, v, delta=0.4)
    fit = stats.rma(y, v, method="DL")
    assert path.estimate[-1] == pytest.approx(fit.estimate)
    assert path.diversity == pytest.approx(
        1 - (1 / fit.se[0] ** 2) / (1 / stats.rma(y, v, method="EE").se[0] ** 2), abs=1e-9
    )
    assert path.boundary[2] > 1.96
    assert path.enough
    assert not monitor(y, v, delta=0.2).enough
    assert monitor(y, v, delta=0.4, diversity_assumed=0.5).required > path.required
    assert (path.ci_ub - path.estimate) == pytest.approx(path.boundary * path.se)
    assert diversity([0.3], [0.1]) == 0


@settings(max_examples=25)
@given(studies, st.floats(0.05, 1), st.floats(0.1, 10))
def test_monitoring_does_not_depend_on_the_unit(
    rows: list[tuple[float, float]], delta: float, scale: float
) -> None:
    y, v = (np.array(column) for column in zip(*rows, strict=True))
    base = monitor(y, v, delta=delta, diversity_assumed=0.25)
    moved = monitor(scale * y, scale**2 * v, delta=scale * delta, diversity_assumed=0.25)
    assert moved.z == pytest.approx(base.z, abs=1e-8)
    assert moved.fraction == pytest.approx(base.fraction)
    assert moved.reached == base.reached


def test_conditional_power_by_simulation() -> None:
    y, v = np.array([0.2, 0.35, 0.1]), np.array([0.05, 0.04, 0.06])
    chance = conditional_power(y, v, 0.02, delta=0.3, tau2=0.01)
    rng = np.random.default_rng(2)
    w = 1 / (v + 0.01)
    new = rng.normal(0.3, math.sqrt(0.03), 100_000)
    z = (w @ y + new / 0.03) / math.sqrt(w.sum() + 1 / 0.03)
    assert chance.power == pytest.approx((np.abs(z) > 1.959964).mean(), abs=0.005)
    assert conditional_power(y, v, 0.001, delta=3).power == pytest.approx(1, abs=1e-6)
    assert conditional_power(y, v, 1e9, delta=3).power == pytest.approx(0, abs=1e-3)
    with pytest.raises(UsageError, match="next_vi"):
        conditional_power(y, v, 0, delta=0.3)
    with pytest.raises(UsageError, match="tau2 is -1"):
        conditional_power(y, v, 1, delta=0.3, tau2=-1)
    with pytest.raises(StatsError, match="study 2: vi is -1"):
        anytime([0.1, 0.2], [0.1, -1], rho=1)

"""Quadrature over τ against dense integration, printed results, and its invariances."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize
from scipy import stats as sps

from probatum import stats
from probatum.errors import StatsError, UsageError
from probatum.stats.bayes import priors
from probatum.stats.bayes.meta import bayes_meta
from probatum.stats.bayes.network import bayes_nma

SCHOOLS = [28.39, 7.94, -2.75, 6.82, -0.64, 0.63, 18.01, 12.16]
ERRORS = np.array([14.9, 10.2, 16.3, 11.0, 9.4, 11.4, 10.4, 17.6])
EVERY = [
    priors.half_normal(0.5),
    priors.half_cauchy(0.3),
    priors.uniform(3),
    priors.turner("subjective", "drug v placebo"),
    priors.rhodes(),
]


def slow_log_likelihood(tau: float, mu: float, y: np.ndarray, v: np.ndarray) -> float:
    return float(sps.norm.logpdf(y, mu, np.sqrt(v + tau**2)).sum())


def slow(y: np.ndarray, v: np.ndarray, prior: priors.TauPrior, sd: float) -> tuple[float, ...]:
    """Evidence, mean of μ, P(μ < 0.2) and mean of τ by adaptive quadrature in log τ, pointwise."""

    def integral(what: str) -> float:
        def inside(u: float) -> float:
            tau = math.exp(u)
            w = 1 / (v + tau**2)
            total = w.sum() + sd**-2
            mean = (w @ y) / total
            evidence = slow_log_likelihood(tau, mean, y, v) + sps.norm.logpdf(mean, 0, sd)
            evidence += 0.5 * math.log(2 * math.pi / total)
            part = {
                "one": 1.0,
                "mu": mean,
                "below": sps.norm.cdf(0.2, mean, total**-0.5),
                "tau": tau,
            }[what]
            return part * math.exp(evidence + float(prior.log_density(np.array([tau]))[0]) + u)

        pieces = [-60.0, -20.0, -8.0, *np.arange(-4.0, 2.5, 1.0), 5.0, 15.0, 40.0]
        last = math.log(prior.bound)
        pieces = [p for p in pieces if p < last] + ([last] if math.isfinite(last) else [])
        return math.fsum(
            integrate.quad(inside, a, b, epsabs=1e-15, epsrel=1e-12)[0]
            for a, b in itertools.pairwise(pieces)
        )

    one = integral("one")
    return math.log(one), *(integral(what) / one for what in ("mu", "below", "tau"))


@pytest.mark.parametrize("prior", EVERY, ids=str)
def test_every_prior_agrees_with_dense_integration_to_1e_8(prior: priors.TauPrior) -> None:
    rng = np.random.default_rng(3)
    y, v = rng.normal(0.3, 0.4, 6), rng.uniform(0.01, 0.2, 6)
    fit = bayes_meta(y, v, tau_prior=prior, mu_prior=(0, 2))
    evidence, mu, below, tau = slow(y, v, prior, 2.0)
    assert fit.log_evidence == pytest.approx(evidence, abs=1e-8)
    assert fit.mu.mean == pytest.approx(mu, abs=1e-8)
    assert float(fit.mu.cdf(0.2)[0]) == pytest.approx(below, abs=1e-8)
    assert fit.tau.mean == pytest.approx(tau, rel=1e-8)
    assert fit.tau.cdf(fit.tau.quantile([0.1, 0.5, 0.9])) == pytest.approx([0.1, 0.5, 0.9])


def test_the_eight_schools_as_printed_by_bayesmeta() -> None:
    """The vignette of bayesmeta 2 prints them for half-Cauchy(25) and μ ~ N(0, 50).

    τ is integrated there; μ is summed over a coarse set of τ (documented tolerance 1 %), hence
    the wider tolerances: the dense integration above decides.
    """
    fit = bayes_meta(SCHOOLS, ERRORS**2, tau_prior=priors.half_cauchy(25), mu_prior=(0, 50))
    printed = (4.758539, 5.884511, 4.869904)
    assert (fit.tau.median, fit.tau.mean, fit.tau.sd) == pytest.approx(printed, abs=6e-7)
    assert fit.tau.interval(kind="shortest") == pytest.approx((0, 15.165894), abs=6e-7)
    assert (fit.mu.median, fit.mu.mean) == pytest.approx((7.962961, 7.985729), abs=1e-3)
    assert fit.mu.sd == pytest.approx(4.995762, abs=1e-3)
    assert fit.mu.interval(kind="shortest") == pytest.approx((-1.823353, 17.824562), abs=5e-3)


def test_a_uniform_prior_as_printed_by_bayesmeta() -> None:
    """29 proportions of cats that respond to catnip: gwern.net/catnip-survey (CC-0)."""
    responders = [8, 6, 32, 26, 5, 15, 8, 1, 1, 2, 14, 4, 3, 2, 16, 6, 12, 695, 615, 463, 228, 216]
    responders += [174, 108, 403, 94, 22, 38, 7]
    n = [10, 16, 43, 41, 8, 26, 17, 2, 2, 2, 17, 4, 3, 2, 16, 10, 24, 842, 783, 625, 320, 380, 313]
    n += [200, 759, 180, 34, 55, 10]
    es = stats.escalc("PR", xi=responders, ni=n)
    fit = bayes_meta(es.yi, es.vi, tau_prior=priors.uniform(), mu_prior=(0.5, 0.1))
    printed = (0.13029833512, 0.13317030042, 0.02521684197)
    assert (fit.tau.mean, fit.tau.sd) == pytest.approx(printed[1:], abs=2e-6)
    # Its quantiles are roots found to a tolerance.
    assert fit.tau.median == pytest.approx(printed[0], abs=2e-5)
    assert fit.tau.interval(kind="shortest") == pytest.approx((0.088013, 0.183723), abs=2e-5)
    assert (fit.mu.mean, fit.mu.sd) == pytest.approx((0.65681597, 0.02953914), abs=1e-4)
    assert (fit.predictive.mean, fit.predictive.sd) == pytest.approx(
        (0.65681597, 0.13892175), abs=1e-3
    )


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(1e-3, 5)), min_size=1, max_size=8),
    st.floats(-10, 10),
    st.floats(0.01, 100),
    st.randoms(use_true_random=False),
)
def test_order_shift_and_scale(
    rows: list[tuple[float, float]], shift: float, scale: float, random: object
) -> None:
    y, v = (np.array(column) for column in zip(*rows, strict=True))
    base = bayes_meta(y, v, tau_prior=priors.half_normal(0.7), mu_prior=(0.1, 2))
    turned = np.arange(len(y))[::-1]
    moved = bayes_meta(
        scale * (y[turned] + shift),
        scale**2 * v[turned],
        tau_prior=priors.half_normal(0.7 * scale),
        mu_prior=(scale * (0.1 + shift), 2 * scale),
    )
    assert moved.mu.mean / scale - shift == pytest.approx(base.mu.mean, abs=1e-7)
    assert moved.mu.sd / scale == pytest.approx(base.mu.sd, rel=1e-7)
    assert moved.tau.mean / scale == pytest.approx(base.tau.mean, rel=1e-7)
    assert moved.shrinkage[0][::-1] / scale - shift == pytest.approx(base.shrinkage[0], abs=1e-6)
    assert moved.log_evidence + len(y) * math.log(scale) == pytest.approx(
        base.log_evidence, abs=1e-7
    )


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(1e-4, 5)), min_size=2, max_size=8),
    st.sampled_from(EVERY),
)
def test_intervals_hold_what_they_say_and_the_shortest_is_shortest(
    rows: list[tuple[float, float]], prior: priors.TauPrior
) -> None:
    y, v = (np.array(column) for column in zip(*rows, strict=True))
    fit = bayes_meta(y, v, tau_prior=prior)
    for marginal in (fit.mu, fit.tau, fit.predictive):
        for kind in ("central", "shortest"):
            low, high = marginal.interval(90, kind)
            held = marginal.cdf([low, high])
            inside = held[1] - (0 if low == 0 else held[0])
            assert inside == pytest.approx(0.9, abs=1e-7)
        central = marginal.interval(90)
        assert high - low <= central[1] - central[0] + 1e-7 * (1 + abs(high))


def test_a_regression_is_a_pairwise_model_of_centred_effects() -> None:
    rng = np.random.default_rng(5)
    x, v = rng.normal(size=12), rng.uniform(0.02, 0.2, 12)
    y = 0.3 + 0.5 * x + rng.normal(0, np.sqrt(v + 0.04))
    fit = bayes_meta(y, v, mods=x, tau_prior=priors.uniform())
    reml = stats.rma(y, v, mods=x)
    grid = fit.tau.panels.scale.value(fit.tau.panels.u).ravel()
    mode = grid[np.argmax(fit.tau.pdf(grid))]
    assert mode == pytest.approx(math.sqrt(reml.tau2), abs=0.03)
    at = fit.combination([1.0, 0.7])
    assert at.mean == pytest.approx(
        fit.coefficient(0).mean + 0.7 * fit.coefficient(1).mean, rel=1e-10
    )
    assert fit.combination([1.0, 0.7], predictive=True).sd > at.sd


def test_bayes_factors_agree_with_the_evidence_of_both_models() -> None:
    y, v = np.array([0.3, 0.1, 0.5]), np.array([0.02, 0.04, 0.03])
    fit = bayes_meta(y, v, mu_prior=(0, 1))
    null = bayes_meta(y, v, mu_prior=(0, 1e-7))
    assert fit.bf_mu == pytest.approx(math.exp(null.log_evidence - fit.log_evidence), rel=1e-6)
    fixed = bayes_meta(y, v, mu_prior=(0, 1), tau_prior=priors.half_normal(1e-6))
    assert fit.bf_tau == pytest.approx(math.exp(fixed.log_evidence - fit.log_evidence), rel=1e-6)


def test_one_study_and_a_million() -> None:
    one = bayes_meta([0.4], [0.04])
    assert one.mu.mean == pytest.approx(0.4)
    rng = np.random.default_rng(1)
    v = rng.uniform(0.01, 0.2, 200_000)
    many = bayes_meta(rng.normal(0.2, np.sqrt(v + 0.09)), v)
    assert many.tau.mean == pytest.approx(0.3, abs=0.01)
    assert many.mu.mean == pytest.approx(0.2, abs=0.01)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(StatsError, match="do not bound τ"):
        bayes_meta([0.1, 0.2], [0.1, 0.1], tau_prior=priors.uniform())
    with pytest.raises(StatsError, match="study 'B 2001': vi is -1"):
        bayes_meta([0.1, 0.2], [0.1, -1], labels=["A 1999", "B 2001"])
    with pytest.raises(StatsError, match="study 1: yi is nan"):
        bayes_meta([math.nan], [0.1])
    with pytest.raises(UsageError, match="standard deviations above 0"):
        bayes_meta([0.1], [0.1], mu_prior=(0, 0))
    with pytest.raises(UsageError, match="a finite number above 0"):
        priors.half_normal(0)
    with pytest.raises(UsageError, match="known: any/any"):
        priors.turner("pain", "any")
    with pytest.raises(UsageError, match="proper prior"):
        _ = bayes_meta([0.1, 0.2, 0.3], [0.1] * 3, tau_prior=priors.uniform()).bf_tau


def test_simulation_based_calibration() -> None:
    """True values drawn from the prior have uniform posterior probabilities (Talts 2018)."""
    rng = np.random.default_rng(21)
    below = []
    for _ in range(120):
        tau, mu = abs(rng.normal(0, 0.5)), rng.normal(0, 1)
        v = rng.uniform(0.02, 0.3, 5)
        theta = rng.normal(mu, tau, 5)
        fit = bayes_meta(rng.normal(theta, np.sqrt(v)), v, mu_prior=(0, 1))
        below.append([fit.mu.cdf(mu)[0], fit.tau.cdf(tau)[0], fit.study(0).cdf(theta[0])[0]])
    for column in np.array(below).T:
        assert sps.kstest(column, "uniform").pvalue > 0.01


def network_rows() -> tuple[list[float], list[float], list[str], list[str], list[int]]:
    te = [0.5, 0.8, 0.35, 0.3, 0.9, 0.6, 0.4]
    se = [0.2, 0.25, 0.3, 0.2, 0.22, math.sqrt(0.05), 0.3]
    return te, se, list("BCCBCCB"), list("AABAABA"), [1, 2, 3, 4, 4, 4, 5]


def slow_network(scale: float) -> tuple[np.ndarray, float]:
    """Means of the effects and of τ: the covariance of all contrasts, a dense grid of τ.

    Study 4 by its contrasts against A; its third contrast is their difference.
    """
    y = np.array([0.5, 0.8, 0.35, 0.4, 0.3, 0.9])
    x = np.array([[1, 0], [0, 1], [-1, 1], [1, 0], [1, 0], [0, 1]], dtype=float)
    v = np.diag([0.04, 0.0625, 0.09, 0.09, 0.04, 0.0484])
    v[4, 5] = v[5, 4] = (0.04 + 0.0484 - 0.05) / 2
    h = np.eye(6)
    h[4, 5] = h[5, 4] = 0.5
    grid = np.linspace(0, 12 * scale, 2401)
    m = v + grid[:, None, None] ** 2 * h
    inverse = np.linalg.inv(m)
    a = x.T @ inverse @ x
    b = np.linalg.solve(a, (x.T @ inverse @ y)[:, :, None])[:, :, 0]
    r = y - b @ x.T
    log = np.linalg.slogdet(m)[1] + np.linalg.slogdet(a)[1]
    log = -0.5 * (log + np.einsum("ti,tij,tj->t", r, inverse, r) + (grid / scale) ** 2)
    f = np.exp(log - log.max())
    f /= integrate.simpson(f, x=grid)
    return integrate.simpson(f[:, None] * b, x=grid, axis=0), integrate.simpson(f * grid, x=grid)


def test_a_network_agrees_with_full_gls_on_a_grid() -> None:
    te, se, first, second, study = network_rows()
    net = bayes_nma(te, se, first, second, study, tau_prior=priors.half_normal(0.4))
    mean, tau = slow_network(0.4)
    assert net.contrast("B", "A").mean == pytest.approx(mean[0], abs=1e-8)
    assert net.contrast("C", "A").mean == pytest.approx(mean[1], abs=1e-8)
    assert net.tau.mean == pytest.approx(tau, rel=1e-7)
    assert net.te == pytest.approx(-net.te.T)
    assert net.sucra().sum() == pytest.approx(1.5)
    assert net.sucra(small_is_good=True) == pytest.approx(1 - net.sucra())


def test_a_network_of_one_comparison_is_a_pairwise_model() -> None:
    y, s = [0.2, 0.5, 0.1], [0.2, 0.3, 0.25]
    net = bayes_nma(y, s, ["B"] * 3, ["A"] * 3, [1, 2, 3], mu_prior=(0, 1))
    fit = bayes_meta(y, np.square(s), mu_prior=(0, 1))
    assert net.contrast("B", "A").interval() == pytest.approx(fit.mu.interval(), abs=1e-9)
    assert net.fit.log_evidence == pytest.approx(fit.log_evidence, abs=1e-9)
    with pytest.raises(UsageError, match="unknown treatment 'Z'"):
        net.contrast("Z", "A")


def test_the_shortest_interval_of_a_skewed_posterior() -> None:
    fit = bayes_meta([0.1, 0.9, -0.4], [0.01, 0.02, 0.01], tau_prior=priors.half_cauchy(0.5))
    low, high = fit.tau.interval(kind="shortest")

    def width(p: float) -> float:
        ends = fit.tau.quantile([p, p + 0.95])
        return float(ends[1] - ends[0])

    best = optimize.minimize_scalar(width, bounds=(1e-6, 0.0499), method="bounded")
    assert high - low == pytest.approx(best.fun, abs=1e-6)

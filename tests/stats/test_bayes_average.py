"""The evidence of every model of an average against brute integration; how the average behaves."""

import numpy as np
import pytest
from scipy import integrate
from scipy import stats as sps

from probatum.errors import UnknownNameError, UsageError
from probatum.stats.bayes.averaging import BIASES, bayes_average
from probatum.stats.bayes.priors import half_normal, uniform

Y = np.array([0.5, 0.15, 0.62, 0.3, 0.05])
V = np.array([0.04, 0.02, 0.06, 0.03, 0.01])
TAU = np.linspace(0, 2.5, 201)
MU = np.linspace(-4, 4, 1601)
SLOPE = np.concatenate([np.linspace(0, 8, 801), np.geomspace(8, 4000, 800)[1:]])


def log_likelihood(tau: float, mu: np.ndarray, y: np.ndarray) -> np.ndarray:
    return sps.norm.logpdf(y, mu[:, None], np.sqrt(V + tau**2)).sum(axis=1)


def published(tau: float, mu: np.ndarray, sides: int) -> np.ndarray:
    """The likelihood under selection, ω integrated by Simpson's rule on a dense grid."""
    omega = np.linspace(1e-7, 1, 401)
    cut, s = 1.959963984540054 * np.sqrt(V), np.sqrt(V + tau**2)
    hidden = sps.norm.cdf((cut - mu[:, None]) / s)
    if sides == 2:
        hidden = hidden - sps.norm.cdf((-cut - mu[:, None]) / s)
    missing = int((cut > Y).sum())
    value = omega**missing / (1 - (1 - omega) * hidden[..., None]).prod(axis=1)
    return np.exp(log_likelihood(tau, mu, Y)) * integrate.simpson(value, x=omega, axis=1)


def brute(effect: bool, heterogeneity: bool, bias: str) -> float:
    mu = MU if effect else np.zeros(1)

    def given(tau: float) -> float:
        if bias in {"PET", "PEESE"}:
            by = np.sqrt(V) if bias == "PET" else V
            scale = 1.0 if bias == "PET" else 5.0
            rows = np.array([np.exp(log_likelihood(tau, mu, Y - b * by)) for b in SLOPE])
            prior = 2 * sps.cauchy.pdf(SLOPE, scale=scale)
            value = integrate.trapezoid(rows * prior[:, None], SLOPE, axis=0)
        elif bias == "none":
            value = np.exp(log_likelihood(tau, mu, Y))
        else:
            value = published(tau, mu, 1 if bias == "one-sided" else 2)
        if not effect:
            return float(value[0])
        return float(integrate.simpson(value * sps.norm.pdf(mu), x=mu))

    if not heterogeneity:
        return given(0.0)
    prior = 2 * sps.norm.pdf(TAU, scale=0.5)
    return float(integrate.simpson(prior * np.array([given(t) for t in TAU]), x=TAU))


@pytest.fixture(scope="module")
def average():
    return bayes_average(Y, V)


# With an effect as well, four nested integrals would take a minute each.
@pytest.mark.parametrize(
    ("effect", "bias"),
    [(True, "none"), (False, "none"), (False, "one-sided"), (False, "two-sided")],
)
def test_the_evidence_of_models_with_heterogeneity(average, effect: bool, bias: str) -> None:
    found = next(
        m.log_evidence
        for m in average.members
        if (m.effect, m.heterogeneity, m.bias) == (effect, True, bias)
    )
    assert found == pytest.approx(np.log(brute(effect, True, bias)), abs=2e-5)


@pytest.mark.parametrize("bias", ["none", *BIASES])
@pytest.mark.parametrize("effect", [False, True])
def test_the_evidence_of_models_without_heterogeneity(average, effect: bool, bias: str) -> None:
    found = next(
        m.log_evidence
        for m in average.members
        if (m.effect, m.heterogeneity, m.bias) == (effect, False, bias)
    )
    assert found == pytest.approx(np.log(brute(effect, False, bias)), abs=1e-4)


def test_probabilities_add_up_and_signs_turn(average) -> None:
    assert sum(m.prior for m in average.members) == pytest.approx(1)
    assert sum(m.posterior for m in average.members) == pytest.approx(1)
    turned = bayes_average(-Y, V, favoured="negative")
    assert turned.bf_bias == pytest.approx(average.bf_bias)
    low, high = average.mu.interval()
    assert turned.mu.interval() == pytest.approx((-high, -low), abs=1e-9)
    assert average.mu.mean == pytest.approx(
        sum(m.posterior * m.component.mu.mean for m in average.members if m.component)
    )
    inside = average.mu_given_effect.cdf(list(average.mu_given_effect.interval(90)))
    assert inside == pytest.approx([0.05, 0.95], abs=1e-8)


def test_small_studies_with_large_effects_speak_for_bias() -> None:
    v = np.linspace(0.005, 0.2, 14)
    biased = bayes_average(0.02 + 2.1 * np.sqrt(v), v)
    clean = bayes_average(0.4 + 0.02 * np.cos(np.arange(14)), v)
    assert biased.bf_bias > 10
    assert biased.mu.mean < 0.35
    assert clean.bf_bias < 1
    assert clean.bf_effect > 100
    assert clean.mu.mean == pytest.approx(0.4, abs=0.03)


def test_what_cannot_be_averaged_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown kind of bias 'spin'"):
        bayes_average(Y, V, biases=["spin"])
    with pytest.raises(UsageError, match="proper prior"):
        bayes_average(Y, V, tau_prior=uniform())
    with pytest.raises(UsageError, match="mu_prior"):
        bayes_average(Y, V, mu_prior=(0, 0))
    with pytest.raises(UnknownNameError, match="unknown sign"):
        bayes_average(Y, V, favoured="up")
    assert len(bayes_average(Y, V, biases=[], tau_prior=half_normal(1)).members) == 4

"""The Copas model: a density, plain maximum likelihood without selection, and recovery."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr

from probatum.errors import StatsError, UsageError
from probatum.stats import copas, rma
from probatum.stats.bias.copas import log_likelihood


@pytest.mark.parametrize(("u", "rho"), [(-1.0, 0.8), (0.3, -0.5), (2.0, 0.0)])
def test_the_likelihood_is_a_density(u: float, rho: float) -> None:
    def density(y: float) -> float:
        theta = np.array([0.2, 0.3, rho])
        return float(np.exp(log_likelihood(np.array([y]), np.array([0.4]), np.array([u]), theta)))

    assert quad(density, -12, 12, points=[0.2])[0] == pytest.approx(1, abs=1e-7)
    # The standard error is that of published studies: with tau 0 it is their spread.
    theta = np.array([0.0, 0.0, rho])

    def moment(y: float, power: int) -> float:
        one = (np.array([y]), np.array([0.4]), np.array([u]), theta)
        return float(y**power * np.exp(log_likelihood(*one)))

    mean = quad(moment, -8, 8, args=(1,))[0]
    assert quad(moment, -8, 8, args=(2,))[0] - mean**2 == pytest.approx(0.16, abs=1e-6)


def test_without_selection_it_is_maximum_likelihood() -> None:
    y, v = [0.1, 0.5, 0.2, 0.9, 0.4, 0.7], [0.01, 0.02, 0.05, 0.08, 0.1, 0.2]
    (row,) = copas(y, v, gammas=[(8.0, 0.0)])
    plain = rma(y, v, method="ML")
    assert row.mu == pytest.approx(plain.estimate, abs=1e-4)
    assert row.tau == pytest.approx(plain.tau2**0.5, abs=1e-3)
    assert row.loglik == pytest.approx(plain.log_likelihood(), abs=1e-6)
    assert row.unpublished == pytest.approx(0, abs=1e-9)


def test_the_effect_is_recovered_under_its_own_selection() -> None:
    rng = np.random.default_rng(8)
    s = rng.uniform(0.1, 0.6, 6000)
    noise = rng.normal(size=(2, 6000))
    y = rng.normal(0.3, 0.1, 6000) + s * noise[0]
    chosen = -1.0 + 0.25 / s + 0.8 * noise[0] + 0.6 * noise[1] > 0
    kept, u = y[chosen], -1.0 + 0.25 / s[chosen]
    hazard = np.exp(-0.5 * u * u) / np.sqrt(2 * np.pi)
    hazard /= ndtr(u)
    own = s[chosen] * np.sqrt(1 - 0.64 * hazard * (u + hazard))
    theta = np.array([0.3, 0.1, 0.8])
    away = [theta + shift for shift in np.vstack([np.eye(3), -np.eye(3)]) * 0.09]
    best = log_likelihood(kept, own, u, theta)
    assert all(best > log_likelihood(kept, own, u, other) for other in away)


def test_more_selection_means_a_smaller_effect_where_small_studies_show_more() -> None:
    rows = copas([0.1, 0.2, 0.4, 0.6, 0.9, 1.3], [0.01, 0.02, 0.05, 0.1, 0.15, 0.3])
    assert rows[-1].mu < rows[0].mu
    assert rows[-1].unpublished > rows[0].unpublished
    assert all(row.se > 0 or np.isnan(row.se) for row in rows)
    assert all(abs(row.rho) < 1 for row in rows)


def test_bad_calls_are_told() -> None:
    with pytest.raises(StatsError, match="needs 3 studies"):
        copas([0.1, 0.2], [0.1, 0.2])
    with pytest.raises(StatsError, match="all variances are equal"):
        copas([0.1, 0.2, 0.3], [0.1] * 3)
    with pytest.raises(UsageError, match="allowed: finite"):
        copas([0.1, 0.2, 0.3], [0.1] * 3, gammas=[(0.0, -1.0)])
    with pytest.raises(UsageError, match="published_small"):
        copas([0.1, 0.2, 0.3], [0.1, 0.2, 0.3], published_small=[1.0])


def test_passive_smoking_as_published(shared_data: Path) -> None:
    """Copas & Shi (2000, BMJ 320:417): 24 % excess risk; 15 % if 60 % of the studies were seen."""
    path = shared_data / "meta" / "metadat" / "dat.hackshaw1998.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    y, v = [float(r["yi"]) for r in rows], [float(r["vi"]) for r in rows]
    assert np.exp(rma(y, v, method="DL").estimate) == pytest.approx(1.24, abs=0.005)
    row = copas(y, v, published_small=[0.4])[0]
    assert len(y) / (len(y) + row.unpublished) == pytest.approx(0.6, abs=0.02)
    assert np.exp(row.mu) - 1 == pytest.approx(0.15, abs=0.005)

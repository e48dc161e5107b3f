"""Dose–response against published analyses, a slow full GLS, and its invariances."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy import stats as sps

from probatum import stats
from probatum.errors import StatsError, UnknownNameError, UsageError
from probatum.stats.curves.shapes import shape
from probatum.stats.dose.contrasts import DoseContrasts, dose_contrasts, given_contrasts
from probatum.stats.dose.covariance import greenland_longnecker, hamling
from probatum.stats.dose.monotone import inverted_u, monotone, pooled_by_dose
from probatum.stats.dose.response import dose_response


@pytest.fixture(scope="module")
def alcohol(project_root: Path) -> dict:
    path = project_root / "tests" / "cases" / "stats" / "alcohol_cvd.json"
    return json.loads(path.read_text(encoding="utf-8"))


def report(study: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    cases, n = np.array(study["cases"]), np.array(study["n"])
    odds = cases / (n - cases) if study["kind"] == "cc" else cases / n
    return np.log(odds / odds[0]), np.append(0, np.diag(study["v"])), cases, n


@pytest.fixture(scope="module")
def contrasts(alcohol: dict) -> DoseContrasts:
    y, dose, names, blocks = [], [], [], []
    for i, study in enumerate(alcohol["studies"]):
        logrr = report(study)[0]
        y += logrr[1:].tolist()
        dose += study["dose"][1:]
        names += [str(i)] * (len(logrr) - 1)
        blocks.append(np.array(study["v"]))
    v, at = np.zeros((len(y), len(y))), 0
    for block in blocks:
        v[at : at + len(block), at : at + len(block)] = block
        at += len(block)
    return given_contrasts(y, v, dose, names)


def rohan() -> tuple[np.ndarray, ...]:
    """Alcohol and breast cancer, Rohan & McMichael 1988, as Greenland & Longnecker use it."""
    rr, lb, ub = np.array([1, 0.80, 1.16, 1.57]), [1, 0.51, 0.73, 0.99], [1, 1.27, 1.85, 2.51]
    v = (np.log(np.array(ub) / np.array(lb)) / (2 * sps.norm.ppf(0.975))) ** 2
    return np.log(rr), v, np.array([165, 74, 90, 122.0]), np.array([337, 167, 186, 212.0])


def test_the_slope_of_greenland_and_longnecker() -> None:
    """Slope 0.0454 a gram (their paper; SE 0.0207, χ² 4.8333, p 0.0279: dosresmeta's help)."""
    logrr, v, cases, n = rohan()
    counts = greenland_longnecker(logrr, v, cases, n)
    assert counts.cases.sum() == pytest.approx(cases.sum())
    odds = counts.cases / (n - counts.cases)
    assert np.log(odds[1:] / odds[0]) == pytest.approx(logrr[1:], abs=1e-9)
    assert np.diag(counts.v) == pytest.approx(v[1:])
    c = given_contrasts(logrr[1:], counts.v, [2, 6, 11], ["Rohan"] * 3)
    fit = dose_response(c, between="none")
    assert fit.beta[0] == pytest.approx(0.0454, abs=5e-5)
    assert fit.se[0] == pytest.approx(0.0207, abs=5e-5)
    chi2, df, p = fit.test()
    assert (chi2, df, p) == (pytest.approx(4.8333, abs=5e-5), 1, pytest.approx(0.0279, abs=5e-5))
    band = fit.predict([1.0])
    assert np.exp([band.pred[0], band.ci_lb[0], band.ci_ub[0]]) == pytest.approx(
        [1.046477, 1.004941, 1.089729], abs=1e-6
    )


def test_hamlings_counts_as_printed(alcohol: dict) -> None:
    """From altered starting counts with the same ratios; six studies, seven printed digits."""
    for study in alcohol["studies"]:
        logrr, v, cases, n = report(study)
        found = hamling(logrr, v, cases, n, kind=study["kind"])
        assert found.cases == pytest.approx(cases, rel=1e-6)
        assert found.n == pytest.approx(n, rel=1e-6)
        assert np.diag(found.v) == pytest.approx(v[1:])


def test_hamlings_counts_give_back_the_report() -> None:
    logrr, v, cases, n = rohan()
    found = hamling(logrr, v, cases, n)
    a, b = found.cases, found.n - found.cases
    assert np.log(a[1:] * b[0] / (b[1:] * a[0])) == pytest.approx(logrr[1:], abs=1e-9)
    assert 1 / a[1:] + 1 / b[1:] + 1 / a[0] + 1 / b[0] == pytest.approx(v[1:], rel=1e-9)
    assert found.v[0, 1] == pytest.approx(1 / a[0] + 1 / b[0])


@pytest.mark.parametrize("stages", [1, 2])
def test_alcohol_and_vascular_disease_as_printed(
    alcohol: dict, contrasts: DoseContrasts, stages: int
) -> None:
    linear, printed = dose_response(contrasts, stages=stages), alcohol["linear"]
    assert linear.beta[0] == pytest.approx(printed["estimate"], abs=5e-5)
    assert linear.se[0] == pytest.approx(printed["se"], abs=5e-5)
    assert math.sqrt(linear.psi[0, 0]) == pytest.approx(printed["sd"], abs=5e-5)
    band = linear.predict([printed["delta"]])
    assert np.exp([band.pred[0], band.ci_lb[0], band.ci_ub[0]]) == pytest.approx(
        printed["rr"], abs=1e-6
    )
    quadratic = dose_response(contrasts, curve="quadratic", stages=stages)
    printed = alcohol["quadratic"]
    band = quadratic.predict(printed["dose"])
    table = np.exp(np.column_stack([band.pred, band.ci_lb, band.ci_ub]))
    assert table == pytest.approx(np.array(printed["rr"]), rel=2e-6)
    assert quadratic.test()[0] == pytest.approx(printed["chi2"], abs=5e-5)
    assert np.sqrt(np.diag(quadratic.psi)) == pytest.approx(printed["sd"], abs=5e-5)
    assert abs(quadratic.gradient) < 1e-6
    if stages == 2:
        assert linear.log_likelihood == pytest.approx(14.0341, abs=5e-5)
        assert quadratic.log_likelihood == pytest.approx(34.6967, abs=5e-5)
        assert pytest.approx((14.1464, 35.1177), abs=5e-5) == (linear.Q, quadratic.Q)


def test_a_fixed_curve_is_full_generalised_least_squares(contrasts: DoseContrasts) -> None:
    fit = dose_response(contrasts, curve="spline", between="none")
    x = shape("spline", np.append(contrasts.dose, contrasts.reference)).columns
    x = x(contrasts.dose, 0) - x(contrasts.reference, 0)
    w = np.linalg.inv(contrasts.v)
    cov = np.linalg.inv(x.T @ w @ x)
    assert fit.beta == pytest.approx(cov @ x.T @ w @ contrasts.yi, rel=1e-8)
    assert fit.vb == pytest.approx(cov, rel=1e-8)


def test_one_contrast_a_study_is_a_meta_regression_through_the_origin() -> None:
    rng = np.random.default_rng(2)
    d, v = rng.uniform(5, 40, 9), rng.uniform(0.01, 0.1, 9)
    y = 0.03 * d + rng.normal(0, np.sqrt(v) + 0.1 * d / 20)
    fit = dose_response(given_contrasts(y, v, d, list("ABCDEFGHI")))
    # y/d has variance v/d² + ψ: an ordinary random-effects model of slopes.
    reml = stats.rma(y / d, v / d**2)
    assert fit.beta[0] == pytest.approx(reml.estimate, rel=1e-7)
    assert fit.psi[0, 0] == pytest.approx(reml.tau2, rel=1e-6, abs=1e-12)


def test_emax_finds_the_largest_likelihood() -> None:
    d = np.array([1, 2, 4, 8, 16, 1, 3, 9])
    truth = 2 * d / (3 + d)
    v = np.kron(np.eye(2), np.full((5, 5), 0.002))[:8, :8] * 0 + 0.004 * np.eye(8)
    y = truth + 0.05 * np.cos(np.arange(8))
    c = given_contrasts(y, v, d, ["A"] * 5 + ["B"] * 3)
    fit = dose_response(c, curve="emax", between="none")
    found = optimize.minimize(
        lambda b: ((y - b[0] * d / (math.exp(b[1]) + d)) ** 2).sum(), [1, 1], tol=1e-14
    )
    assert (fit.beta[0], math.log(fit.theta)) == pytest.approx(tuple(found.x), abs=1e-5)
    jacobian = np.column_stack(
        [d / (fit.theta + d), -fit.beta[0] * d * fit.theta / (fit.theta + d) ** 2]
    )
    assert fit.vb == pytest.approx(np.linalg.inv(jacobian.T @ jacobian / 0.004), rel=1e-6)
    assert fit.predict([0.0]).pred[0] == 0
    assert fit.determined
    straight = dose_response(
        given_contrasts(0.1 * d, v, d, ["A"] * 5 + ["B"] * 3), curve="emax", between="none"
    )
    assert not straight.determined


@settings(max_examples=4)
@given(st.floats(0.1, 20), st.floats(0.1, 20), st.randoms(use_true_random=False))
def test_units_of_dose_and_effect_and_order_do_not_matter(
    by_dose: float, by_effect: float, random: object
) -> None:
    rng = np.random.default_rng(8)
    arms = {"n": rng.integers(20, 90, 9), "sd": rng.uniform(8, 14, 9)}
    mean, dose = rng.normal(-5, 3, 9), np.array([0, 28, 56, 0, 56, 84, 0, 28, 84.0])
    study = ["A"] * 3 + ["B"] * 3 + ["C"] * 3
    order = np.array([6, 8, 7, 2, 1, 0, 5, 4, 3])
    base = dose_response(dose_contrasts("MD", dose, study, mean=mean, **arms), curve="quadratic")
    turned = {name: values[order] for name, values in arms.items()}
    turned["sd"] = turned["sd"] * by_effect
    moved = dose_response(
        dose_contrasts(
            "MD", by_dose * dose[order], [study[i] for i in order],
            mean=by_effect * mean[order] + 4, **turned,
        ),
        curve="quadratic",
    )  # fmt: skip
    ours = base.predict([28, 56, 84])
    theirs = moved.predict(by_dose * np.array([28, 56, 84]))
    assert theirs.pred / by_effect == pytest.approx(ours.pred, abs=1e-4)
    assert theirs.se / by_effect == pytest.approx(ours.se, rel=1e-3)


@pytest.mark.parametrize("measure", ["MD", "SMD", "RR", "OR", "RD", "IRR"])
def test_shared_control_covariances_are_those_of_simulated_arms(measure: str) -> None:
    rng = np.random.default_rng(6)
    n, draws, found = np.array([80, 60, 50]), 4000, []
    if measure in {"MD", "SMD"}:
        mean, sd = np.array([0, 0.5, 1.0]), np.array([1.0, 1.0, 1.0])
        exact = dose_contrasts(measure, [0, 1, 2], ["A"] * 3, n=n, mean=mean, sd=sd)
        m = rng.normal(mean, sd / np.sqrt(n), (draws, 3))
        s = np.sqrt(rng.chisquare(n - 1, (draws, 3)) / (n - 1))
        for i in range(draws):
            c = dose_contrasts(measure, [0, 1, 2], ["A"] * 3, n=n, mean=m[i], sd=s[i])
            found.append(c.yi)
    else:
        risk = np.array([0.4, 0.5, 0.3])
        exact = dose_contrasts(measure, [0, 1, 2], ["A"] * 3, n=n, events=risk * n)
        draw = rng.poisson if measure == "IRR" else None
        e = draw(risk * n, (draws, 3)) if draw else rng.binomial(n, risk, (draws, 3))
        for row in e:
            c = dose_contrasts(measure, [0, 1, 2], ["A"] * 3, n=n, events=row)
            found.append(c.yi)
    assert np.cov(np.array(found).T) == pytest.approx(exact.v, rel=0.12)


def test_the_inverted_u_needs_both_slopes(contrasts: DoseContrasts) -> None:
    turn = inverted_u(dose_response(contrasts, curve="quadratic"))
    assert turn.form == "U"
    assert 0.02 < turn.pval < 0.2
    assert 0 < turn.peak < 77
    only = dose_response(contrasts, curve="quadratic")
    assert inverted_u(only, 0, 5).form == "none"
    assert inverted_u(only, 0, 5).pval == 1
    with pytest.raises(UsageError, match="takes a quadratic curve"):
        inverted_u(dose_response(contrasts))


@pytest.mark.parametrize("m", [1, 2, 3, 4])
def test_the_weights_of_chi_bar_squared(m: int) -> None:
    """Against projections of 3,000 simulated rows by a general optimiser."""
    v = 0.3 * np.ones((m, m)) + np.diag(np.arange(1, m + 1) / 4)
    found = monotone(np.zeros(m), v)
    assert found.weights.sum() == pytest.approx(1)
    assert found.pval == 1
    steps = np.eye(m) - np.eye(m, k=-1)
    spread = steps @ v @ steps.T
    root = np.linalg.cholesky(np.linalg.inv(spread)).T
    draws = np.random.default_rng(9).multivariate_normal(np.zeros(m), spread, 3000)
    violated = [m - int((optimize.nnls(root, root @ row)[0] > 1e-12).sum()) for row in draws]
    simulated = np.bincount(violated, minlength=m + 1) / len(draws)
    assert found.weights == pytest.approx(simulated, abs=0.035)
    assert found.simulated == (m > 3)


@settings(max_examples=15)
@given(st.lists(st.floats(-2, 2), min_size=2, max_size=5), st.floats(0.1, 10))
def test_monotone_fits_are_monotone_and_as_near_as_can_be(
    effects: list[float], scale: float
) -> None:
    v = 0.05 + np.diag(np.linspace(0.1, 0.3, len(effects)))
    up = monotone(effects, v)
    assert (np.diff(np.append(0, up.nearest)) >= -1e-9).all()
    rest = np.array(effects) - up.nearest
    assert up.statistic == pytest.approx(rest @ np.linalg.solve(v, rest), abs=1e-8)
    down = monotone(-np.array(effects) * scale, v * scale**2, direction="decreasing")
    assert down.statistic == pytest.approx(up.statistic, rel=1e-6, abs=1e-8)
    assert down.pval == pytest.approx(up.pval, abs=1e-6)
    if (np.diff([0, *effects]) >= 0).all():
        assert up.pval == 1


def test_the_size_of_the_monotone_test_at_equal_effects() -> None:
    v = 0.02 * np.ones((3, 3)) + 0.03 * np.eye(3)
    draws = np.random.default_rng(10).multivariate_normal(np.zeros(3), v, 600)
    rejected = np.mean([monotone(row, v).pval < 0.05 for row in draws])
    assert rejected == pytest.approx(0.05, abs=0.03)


def test_pooled_effects_by_dose_feed_the_test() -> None:
    c = dose_contrasts(
        "MD", [0, 28, 56, 84, 0, 28, 84], ["A"] * 4 + ["B"] * 3, n=[40] * 7,
        mean=[0, 4, 6, 2, 0, 5, 1], sd=[8] * 7,
    )  # fmt: skip
    doses, effects, v = pooled_by_dose(c)
    assert doses.tolist() == [28, 56, 84]
    assert effects == pytest.approx([4.5, 6.3, 1.5], abs=0.6)
    assert monotone(effects, v).pval < 0.05
    assert monotone(effects, v, direction="decreasing").pval < 0.05


def test_what_no_curve_can_take_is_refused(contrasts: DoseContrasts) -> None:
    with pytest.raises(UsageError, match="share their control"):
        given_contrasts([0.1, 0.2], [0.1, 0.1], [1, 2], ["A", "A"])
    with pytest.raises(StatsError, match="'A, dose 2': yi is nan"):
        given_contrasts([0.1, math.nan], np.eye(2), [1, 2], ["A", "A"])
    with pytest.raises(StatsError, match="'B': two or more arms"):
        dose_contrasts("MD", [0, 1, 0], ["A", "A", "B"], n=[9] * 3, mean=[1] * 3, sd=[1] * 3)
    with pytest.raises(StatsError, match="'A, arm 2': sd is -1"):
        dose_contrasts("MD", [0, 1], ["A", "A"], n=[9, 9], mean=[0, 1], sd=[1, -1])
    with pytest.raises(UsageError, match="events is missing"):
        dose_contrasts("RR", [0, 1], ["A", "A"], n=[9, 9])
    with pytest.raises(UnknownNameError, match="unknown measure of doses"):
        dose_contrasts("XX", [0, 1], ["A", "A"], n=[9, 9])
    with pytest.raises(StatsError, match="simpler"):
        dose_response(given_contrasts([0.1], [0.1], [1], ["A"]), curve="quadratic", between="none")
    with pytest.raises(StatsError, match='between="none"'):
        dose_response(given_contrasts([0.1], [0.1], [1], ["A"]))
    with pytest.raises(StatsError, match="'dose 1': cases is 0"):
        greenland_longnecker([0, 0.1], [0, 0.1], [5, 0], [10, 10])
    with pytest.raises(StatsError, match="no counts belong"):
        hamling([0, 0.1], [0, 1e-9], [5, 6], [10, 12])
    with pytest.raises(UsageError, match="stages is 3"):
        dose_response(contrasts, stages=3)
    few = given_contrasts([0.1, 0.3], [0.1, 0.1], [1, 2], ["A", "B"])
    with pytest.raises(StatsError, match="study 'A' has fewer doses"):
        dose_response(few, curve="quadratic", stages=2)

"""Curves over time against metafor's autoregressive fit, slow optimisers, and by simulation."""

import csv
import gzip
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from probatum.errors import StatsError, UsageError
from probatum.stats.course.dose_time import dose_time
from probatum.stats.course.time_course import blocks, time_course
from probatum.stats.course.visits import visit_covariance
from probatum.stats.curves.fit import fit_curve
from probatum.stats.curves.shapes import Shape
from probatum.stats.dose.contrasts import given_contrasts
from probatum.stats.dose.response import dose_response
from probatum.stats.geometry.bands import course_band, dose_band
from probatum.stats.geometry.monitoring import monitor_plot
from probatum.stats.sequential.monitor import monitor

VISITS = Shape(
    "visits", ("1", "2", "3", "4"), lambda x, _: (x[:, None] == np.arange(1, 5)).astype(float)
)


def ishak(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    y, v, t, study = [], [], [], []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for i in range(1, 5):
                if row[f"y{i}i"] not in {"", "NA"}:
                    y.append(float(row[f"y{i}i"]))
                    v.append(float(row[f"v{i}i"]))
                    t.append(float(i))
                    study.append(row["study"])
    return np.array(y), np.array(v), np.array(t), study


@pytest.mark.parametrize("method", ["REML", "ML"])
def test_deep_brain_stimulation_as_metafor_fits_it(shared_data: Path, method: str) -> None:
    """dat.ishak2007: errors φ = 0.97 a visit, studies autoregressive (CAR) between visits."""
    y, v, t, study = ishak(shared_data / "meta" / "metadat" / "dat.ishak2007.csv")
    covariance = visit_covariance(v, t, study, phi=0.97)
    fit = fit_curve(blocks(y, covariance, t, study), VISITS, "drift", method)
    with gzip.open(shared_data / "meta" / "metafor_reference.json.gz") as file:
        cases = json.load(file)["cases"]
    want = {"model": "CAR", "method": method, "control": "tight"}
    case = next(c for c in cases if c["unit"] == "dat.ishak2007" and c["opts"] == want)["out"]
    assert fit.beta == pytest.approx(case["beta"], rel=1e-6)
    assert fit.se == pytest.approx(case["se"], rel=1e-6)
    assert fit.tau2 == pytest.approx(case["tau2"][0], rel=1e-5)
    assert fit.rho == pytest.approx(case["rho"][0], rel=1e-5)
    assert pytest.approx(case["QE"], rel=1e-9) == fit.Q
    assert abs(fit.gradient) < 1e-6


def test_exponential_decay_finds_the_least_squares() -> None:
    t = np.array([0.2, 1, 3, 7, 14, 0.5, 2, 10])
    y = 0.9 * np.exp(-t / 4) + 0.03 * np.sin(np.arange(8))
    study = ["A"] * 5 + ["B"] * 3
    v = visit_covariance([0.01] * 8, t, study, phi=0.7)
    fit = time_course(y, v, t, study, between="none")
    w = np.linalg.inv(v)

    def cost(b: np.ndarray) -> float:
        rest = y - b[0] * np.exp(-t / math.exp(b[1]))
        return float(rest @ w @ rest)

    found = optimize.minimize(cost, [1, 1], tol=1e-14)
    assert (fit.beta[0], math.log(fit.theta)) == pytest.approx(tuple(found.x), abs=1e-5)
    plateau = time_course(y, v, t, study, curve="plateau-decay", between="none")
    assert plateau.log_likelihood >= fit.log_likelihood - 1e-9
    late = plateau.predict([1e6])
    assert late.pred[0] == pytest.approx(plateau.beta[0])


def test_a_constant_course_without_correlation_is_a_meta_analysis() -> None:
    y, v = np.array([0.3, 0.5, 0.2, 0.8]), np.array([0.02, 0.05, 0.01, 0.04])
    fit = time_course(y, v, [1, 2, 3, 4], list("ABCD"), curve="constant", between="none")
    assert fit.beta[0] == pytest.approx((y / v).sum() / (1 / v).sum())
    assert fit.se[0] == pytest.approx((1 / v).sum() ** -0.5)


@pytest.mark.parametrize("curve", ["linear", "quadratic", "log", "piecewise", "spline"])
def test_linear_shapes_fit_what_they_can_draw(curve: str) -> None:
    t = np.array([0, 1, 2, 4, 8, 12, 0, 3, 6, 12.0])
    study = ["A"] * 6 + ["B"] * 4
    y = {"log": 0.5 - 0.1 * np.log1p(t)}.get(curve, 0.5 - 0.03 * t)
    fit = time_course(y, [0.01] * 10, t, study, curve=curve, phi=0.5, between="none")
    band = fit.predict([0.5, 5, 11])
    at = np.array([0.5, 5, 11])
    expected = 0.5 - 0.1 * np.log1p(at) if curve == "log" else 0.5 - 0.03 * at
    assert band.pred == pytest.approx(expected, abs=1e-9)
    assert pytest.approx(0, abs=1e-12) == fit.Q


@settings(max_examples=3)
@given(st.floats(0.1, 20), st.floats(0.2, 5))
def test_units_of_time_and_effect_do_not_matter(unit: float, scale: float) -> None:
    t = np.array([1, 2, 4, 1, 3, 6, 2, 5.0])
    y = 0.8 * np.exp(-t / 5) + 0.05 * np.cos(3 * np.arange(8))
    study = ["A"] * 3 + ["B"] * 3 + ["C"] * 2
    base = time_course(y, [0.01] * 8, t, study, phi=0.6)
    moved = time_course(scale * y, [0.01 * scale**2] * 8, unit * t, study, phi=0.6 ** (1 / unit))
    assert moved.theta / unit == pytest.approx(base.theta, rel=1e-3)
    assert moved.beta[0] / scale == pytest.approx(base.beta[0], rel=1e-3)


def test_coverage_of_a_time_course_with_drift() -> None:
    """95 % intervals of the level at one visit, 30 simulated reviews of 12 studies."""
    rng, inside = np.random.default_rng(12), 0
    for _ in range(30):
        y, v, t, study = [], [], [], []
        for s in range(12):
            times = np.sort(rng.choice([1, 2, 4, 8, 12], 3, replace=False)).astype(float)
            apart = np.abs(times[:, None] - times)
            errors = rng.uniform(0.01, 0.05) * 0.7**apart + 0.02 * 0.8**apart
            y += (0.6 - 0.03 * times + rng.multivariate_normal(np.zeros(3), errors)).tolist()
            v += [float(errors[0, 0]) - 0.02] * 3
            t += times.tolist()
            study += [f"S{s}"] * 3
        fit = time_course(y, v, t, study, curve="linear", phi=0.7)
        band = fit.predict([6.0])
        inside += bool(band.ci_lb[0] <= 0.42 <= band.ci_ub[0])
    assert inside >= 25  # 95 % of 30 less about three standard errors


def test_dose_and_time_together() -> None:
    d = np.tile([1, 2, 4.0], 6)
    t = np.repeat([1, 3, 8, 1, 4, 10.0], 3)
    study = ["A"] * 9 + ["B"] * 9
    surface = 1.5 * d / (2 + d) * np.exp(-t / 5)
    fit = dose_time(
        surface, [0.02] * 18, d, t, study, phi=0.8, surface="emax-decay", between="none"
    )
    assert np.append(fit.values[0], np.exp(fit.values[1:])) == pytest.approx([1.5, 2, 5], rel=1e-3)
    band = fit.predict([2.0], [3.0, 8.0])
    assert band.pred == pytest.approx(0.75 * np.exp(-np.array([3, 8]) / 5), rel=1e-4)
    flat = dose_time(0.1 * d - 0.004 * d * t, [0.02] * 18, d, t, study, phi=0.8)
    assert flat.values == pytest.approx([0.1, -0.004], abs=1e-6)
    v = visit_covariance([0.02] * 18, t, study, phi=0.8, dose=d)
    x = np.column_stack([d, d * t])
    assert dose_time(surface, [0.02] * 18, d, t, study, phi=0.8, between="none").vb == (
        pytest.approx(np.linalg.inv(x.T @ np.linalg.solve(v, x)), rel=1e-8)
    )


def test_what_no_course_can_take_is_refused() -> None:
    with pytest.raises(UsageError, match="give phi"):
        time_course([0.1, 0.2], [0.1, 0.1], [1, 2], ["A", "A"], between="none")
    with pytest.raises(UsageError, match="phi is 1"):
        visit_covariance([0.1], [1], ["A"], phi=1)
    with pytest.raises(StatsError, match="'A, visit 1': vi is -1"):
        visit_covariance([-1], [1], ["A"], phi=0.5)
    with pytest.raises(StatsError, match="'A, visit 2': time is -2"):
        time_course([0.1, 0.2], [0.1, 0.1], [1, -2], ["A", "A"], phi=0.5)
    with pytest.raises(StatsError, match='between="none"'):
        time_course([0.1, 0.2], [0.1, 0.1], [1, 2], ["A", "A"], phi=0.5)
    with pytest.raises(StatsError, match="'A, effect 1': dose is 0"):
        dose_time([0.1], [0.1], [0], [1], ["A"], phi=0.5)
    with pytest.raises(StatsError, match="simpler shape"):
        time_course([0.1], [0.1], [1], ["A"], curve="linear", between="none")


def test_bands_are_closed_and_inside_the_picture() -> None:
    c = given_contrasts([0.2, 0.5, 0.45], [0.01, 0.02, 0.03], [10, 20, 30], list("ABC"))
    plot = dose_band(dose_response(c, between="none"), c, log=True)
    assert len(plot.band) == 2 * len(plot.line)
    assert [mark.label for mark in plot.marks] == ["A", "B", "C"]
    assert max(mark.size for mark in plot.marks) == 1
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in (*plot.line, *plot.band))
    assert plot.line[0][1] == pytest.approx(plot.null)
    y, t, study = [0.8, 0.5, 0.2], [1.0, 4, 12], ["A", "A", "A"]
    fit = time_course(y, [0.02] * 3, t, study, phi=0.8, between="none")
    course = course_band(fit, t, y, [0.02] * 3, study)
    assert course.line[0][0] == course.x_axis.position(0)
    assert all(a[0] < b[0] for a, b in zip(course.line, course.line[1:], strict=False))


def test_the_picture_of_monitoring() -> None:
    path = monitor([0.5, 0.4, 0.6], [0.1, 0.05, 0.02], delta=0.5, method="EE")
    plot = monitor_plot(path, ["A", "B", "C"])
    assert [look.reached for look in plot.path] == [False, False, True]
    assert plot.path[-1].y > plot.usual[1]
    assert len(plot.upper) == len(plot.lower)
    assert all(0 <= y <= 1 for _, y in (*plot.upper, *plot.lower, *plot.smooth))
    with pytest.raises(UsageError, match="one a study"):
        monitor_plot(path, ["A"])

"""From a row to the numbers of its comparison."""

from __future__ import annotations

import math
from typing import Any

import pytest

from probatum.effects.material import Counts, Given, Means
from probatum.effects.reading import Found, read

INTERVAL = {"measure": "MD", "contrast": -5.0, "contrast_low": -8.0, "contrast_high": -2.0}
ARMS = {
    "mean_exp": 4.0,
    "sd_exp": 2.0,
    "n_exp": 40.0,
    "mean_ctl": 5.0,
    "sd_ctl": 2.0,
    "n_ctl": 40.0,
}


def given_of(found: Found | str) -> Given:
    assert isinstance(found, Found), found
    assert isinstance(found.material, Given)
    return found.material


@pytest.mark.parametrize(("level", "z"), [(90, 1.644854), (95, 1.959964), (99, 2.575829)])
def test_an_interval_at_any_level_gives_an_error(level: float, z: float, make_row: Any) -> None:
    found = given_of(read(make_row(**INTERVAL, ci_level=level), "MD"))
    assert found.se == pytest.approx(3.0 / z, rel=1e-6)


@pytest.mark.parametrize(
    "method", ["Dunnett", "HDI", "one-sided", "adjusted", "IQR", "multiplicity-adjusted"]
)
def test_other_intervals_never_do(method: str, make_row: Any) -> None:
    reason = read(make_row(**INTERVAL, ci_level=90, ci_method=method), "MD")
    assert isinstance(reason, str)
    assert f"a {method} interval never becomes a standard error" in reason


def test_a_printed_error_stands_beside_an_adjusted_interval(make_row: Any) -> None:
    row = make_row(**INTERVAL, contrast_se=1.7, ci_level=90, ci_method="Dunnett")
    assert given_of(read(row, "MD")).se == 1.7


def test_an_unstated_level_gives_nothing(make_row: Any) -> None:
    assert "level is not stated" in str(read(make_row(**INTERVAL), "MD"))


def test_limits_that_do_not_enclose_the_estimate(make_row: Any) -> None:
    row = make_row(measure="MD", contrast=0.25, contrast_low=1.28, contrast_high=1.78, ci_level=95)
    assert "do not enclose" in str(read(row, "MD"))


def test_ratios_are_read_on_the_log_scale(make_row: Any) -> None:
    row = make_row(measure="OR", contrast=2.0, contrast_low=1.0, contrast_high=4.0, ci_level=95)
    found = given_of(read(row, "OR"))
    assert found.yi == pytest.approx(math.log(2))
    assert found.se == pytest.approx(math.log(4) / (2 * 1.959964), rel=1e-6)


def test_an_odds_ratio_is_no_risk_ratio(make_row: Any) -> None:
    row = make_row(measure="OR", contrast=2.0, contrast_low=1.0, contrast_high=4.0, ci_level=95)
    assert "is OR, not RR" in str(read(row, "RR"))


def test_counts_go_before_a_printed_ratio(make_row: Any) -> None:
    row = make_row(events_exp=5, n_exp=20, events_ctl=9, n_ctl=22, measure="RR", contrast=9.0)
    found = read(row, "RR")
    assert isinstance(found, Found)
    assert found.material == Counts(5, 20, 9, 22)


def test_an_adjusted_difference_goes_before_raw_means(make_row: Any) -> None:
    known = {**ARMS, **INTERVAL, "ci_level": 95}
    raw = read(make_row(**known, effect_measure="MD"), "MD")
    adjusted = read(make_row(**known, effect_measure="LS mean difference (ANCOVA)"), "MD")
    assert isinstance(raw, Found)
    assert isinstance(raw.material, Means)
    assert given_of(adjusted).yi == -5.0


def test_a_difference_is_standardised_by_the_deviation_its_error_implies(make_row: Any) -> None:
    raw = make_row(**ARMS)
    error = math.sqrt(4 / 40 + 4 / 40)
    row = make_row(measure="MD", contrast=-1.0, contrast_se=error, n_exp=40.0, n_ctl=40.0)
    found = given_of(read(row, "SMD"))
    assert isinstance(read(raw, "SMD"), Found)
    assert found.yi == pytest.approx(-0.4952, abs=1e-4)


def test_cohens_d_is_corrected_and_gets_its_variance_from_sizes(make_row: Any) -> None:
    known = {"measure": "SMD", "contrast": 0.5, "n_exp": 10.0, "n_ctl": 10.0}
    cohen = given_of(read(make_row(**known, effect_measure="Cohen d"), "SMD"))
    hedges = given_of(read(make_row(**known, effect_measure="Hedges g"), "SMD"))
    assert cohen.yi == pytest.approx(0.5 * 0.9576, abs=1e-3)
    assert hedges.yi == 0.5
    assert hedges.se**2 == pytest.approx(0.2 + 0.25 / 40)

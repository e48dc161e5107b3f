"""The coverage study on a small scale: what must hold exactly, and that seeds are fixed."""

import pytest
from validation.coverage import Scenario, page, scenarios, simulate


def test_the_common_effect_interval_is_right_where_effects_are_equal() -> None:
    found, _ = simulate(Scenario(5, 0.0, 20_000, 0))
    assert found["EE, z"] / 20_000 == pytest.approx(0.95, abs=0.006)
    assert found["EE, z"] < found["DL, z"]


def test_the_same_seed_gives_the_same_table() -> None:
    one = Scenario(3, 0.1, 300, 4)
    assert simulate(one)[0] == simulate(one)[0]
    shown = page([(one, simulate(one)[0])])
    assert "| 3 | 0.1 |" in shown
    assert "new: " not in shown


def test_settings_share_the_reviews() -> None:
    every = scenarios(1000)
    assert {one.reviews for one in every} == {50}
    assert len({one.index for one in every}) == len(every)

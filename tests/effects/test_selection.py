"""The same people count once."""

from __future__ import annotations

from typing import Any

from probatum.effects.plan import Plan
from probatum.effects.selection import same_people, select, shares_control
from probatum.effects.synthesize import synthesize
from probatum.model.pack import Window

MD = Plan("MD")


def kept(rows: list[Any], plan: Plan = MD, window: Window | None = None) -> list[str]:
    return sorted(row.row_id for row in select(rows, plan, window).kept)


def test_nearest_to_the_target_day_of_the_window(make_row: Any) -> None:
    rows = [make_row(f"D{day}", study="s", time_days=float(day)) for day in (1, 8, 28)]
    assert kept(rows) == ["D28"]
    assert kept(rows, window=Window("w", "w", 0, 30)) == ["D8"]
    assert kept(rows, window=Window("w", "w", 0, 30, target=1)) == ["D1"]


def test_the_preferred_scale_comes_before_the_time(make_row: Any) -> None:
    rows = [make_row("A", study="s", scale="madrs"), make_row("B", study="s", scale="bdi")]
    assert kept(rows, Plan("SMD", preferred="bdi")) == ["B"]


def test_the_whole_comes_before_its_strata(make_row: Any) -> None:
    strata = [make_row(name, study="s", stratum=name) for name in ("a", "b")]
    assert kept(strata) == ["a", "b"]
    assert kept([*strata, make_row("whole", study="s")]) == ["whole"]


def test_overlapping_trials_of_different_names(make_row: Any) -> None:
    one, two = make_row("A", study="s", overlaps=("B",)), make_row("B", study="t", n_exp=50.0)
    assert same_people(one, two)
    assert kept([one, two]) == ["B"]


def test_a_pool_of_two_trials_gives_way_to_them(make_row: Any) -> None:
    trials = [make_row(name, study=name) for name in ("A", "B")]
    assert kept([*trials, make_row("AB", study="AB", n_exp=999.0, overlaps=("A", "B"))]) == [
        "A",
        "B",
    ]


def test_periods_of_a_crossover_are_the_same_people(make_row: Any) -> None:
    rows = [make_row(d, study="s", dose_printed=d, crossover=True) for d in ("1 mg", "2 mg")]
    assert len(kept(rows)) == 1


def test_arms_with_controls_of_their_own_share_nothing(make_row: Any) -> None:
    one = make_row("A", study="s", dose_printed="1 mg", n_ctl=20.0, mean_ctl=5.0)
    two = make_row("B", study="s", dose_printed="2 mg", n_ctl=21.0, mean_ctl=6.0)
    assert kept([one, two]) == ["A", "B"]
    assert not shares_control(one, two)


def test_the_word_of_the_pack_decides_about_a_shared_control(make_row: Any) -> None:
    rows = [
        make_row(d, study="s", dose_printed=d, n_ctl=n, shared_control="placebo")
        for d, n in (("1 mg", 20.0), ("2 mg", 21.0))
    ]
    assert shares_control(*rows)


def test_a_control_that_cannot_be_divided_goes_to_one_arm(
    make_row: Any, make_question: Any
) -> None:
    rows = [
        make_row(d, study="s", dose_printed=d, measure="MD", contrast=-5.0, contrast_se=1.0)
        for d in ("1 mg", "2 mg")
    ]
    pooled = synthesize(make_question(measure="MD"), rows)
    assert [e.row_id for e in pooled.effects] == ["1 mg"]
    assert "other arms left out: 2 mg" in pooled.effects[0].note
    assert "cannot be divided" in pooled.excluded[0].reason

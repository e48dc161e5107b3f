"""The shipped pack's own rows, through the same rules: the traps of its data by name."""

from __future__ import annotations

from typing import Any

import pytest

from probatum.effects.synthesize import synthesize
from probatum.flow.packs import load_pack, rows_of, shipped_packs
from probatum.model.effect import Effect, Pooled
from probatum.model.pack import Pack

DOUBLE_ZERO = ("T016", "T027", "T032", "T036", "T037", "T064")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(shipped_packs()[0])


@pytest.fixture(scope="module")
def pools(pack: Pack) -> dict[str, Pooled]:
    """Every pool by the rows that are in its question."""
    numbered = [question for question in pack.questions if question.outcome is not None]
    return {question.id: synthesize(question, rows_of(pack, question.id)) for question in numbered}


@pytest.fixture(scope="module")
def effects(pools: dict[str, Pooled]) -> dict[str, Effect]:
    return {effect.row_id: effect for pooled in pools.values() for effect in pooled.effects}


@pytest.fixture(scope="module")
def refused(pools: dict[str, Pooled]) -> dict[str, str]:
    return {gone.row_id: gone.reason for pooled in pools.values() for gone in pooled.excluded}


def test_the_published_pool(pools: dict[str, Pooled]) -> None:
    pooled = next(p for p in pools.values() if "T001" in {e.row_id for e in p.effects})
    dl = next(m for m in pooled.models if m.method == "DL")
    assert [e.row_id for e in pooled.effects if e.left_out is None] == ["T003", "T002", "T001"]
    assert [dl.estimate, dl.ci_low, dl.ci_high] == pytest.approx([-15.79, -32.09, 0.51], abs=0.006)
    headline = [pooled.estimate, pooled.ci_low, pooled.ci_high]
    assert headline == pytest.approx([-15.80, -49.81, 18.21], abs=0.006)


def test_every_row_is_seen_once(
    pack: Pack, effects: dict[str, Effect], refused: dict[str, str]
) -> None:
    assigned = {a.row_id for a in pack.assignments if a.question is not None}
    assert effects.keys() | refused.keys() == assigned
    assert not effects.keys() & refused.keys()


def test_nothing_is_made_of_nothing(effects: dict[str, Effect]) -> None:
    assert not effects.keys() & {*DOUBLE_ZERO, "T120", "T173"}


@pytest.mark.parametrize("row_id", ["T083", "T084", "T085", "T086", "T213"])
def test_contradictory_sources_are_left_out(row_id: str, effects: dict[str, Effect]) -> None:
    assert "contradicts itself" in (effects[row_id].left_out or "")
    assert effects[row_id].weight == 0


def test_the_reversed_ratio_points_as_its_counts_do(effects: dict[str, Effect]) -> None:
    assert effects["T213"].value < 1


@pytest.mark.parametrize(
    ("row_id", "parts", "error"),
    [
        ("T115", 3, 2.25),
        ("T116", 3, 2.33),
        ("T117", 3, 2.26),
        ("T145", 2, 1.42),
        ("T146", 2, 1.38),
    ],
)
def test_shared_controls(
    row_id: str, parts: int, error: float, effects: dict[str, Effect], pack: Pack
) -> None:
    row: Any = next(row for row in pack.studies if row.row_id == row_id)
    spread = error**2 / (1 / row.n_exp + 1 / row.n_ctl)
    effect = effects[row_id]
    assert effect.vi == pytest.approx(spread * (1 / row.n_exp + parts / row.n_ctl))
    assert f"divided by {parts}" in effect.note


def test_strata_of_one_trial_are_one_study(pools: dict[str, Pooled]) -> None:
    pooled = next(p for p in pools.values() if "T034" in {e.row_id for e in p.effects})
    assert (pooled.k, pooled.n, pooled.model) == (1, 39, "single study")


def test_enough_questions_pool(pools: dict[str, Pooled]) -> None:
    assert sum(pooled.k >= 2 for pooled in pools.values()) >= 25
    assert all(pooled.converged for pooled in pools.values())

"""published.csv: what each line may hold, and where it is attached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.flow.packs import load_pack
from probatum.flow.packs.published import COLUMNS, parse_published

HEAD = "id,review,measure,estimate,ci_low,ci_high,question,fit,not_attached,rows,source_url,flag\n"
GOOD = "P1,Ash 2020,RR,0.8,0.6,1.1,q,same,,A; B,https://example.org/1,\n"


def parsed(line: str) -> tuple[int, list[str]]:
    found, problems = parse_published((HEAD + line).encode(), {"q"}, {"A", "B"})
    return len(found), [problem.reason for problem in problems]


def test_a_good_line() -> None:
    (pool,), problems = parse_published((HEAD + GOOD).encode(), {"q"}, {"A", "B"})
    assert problems == []
    assert (pool.rows, pool.question, pool.fit, pool.estimate) == (("A", "B"), "q", "same", 0.8)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (",q,", ",other,", "question 'other' is not an id of questions.toml"),
        ("A; B", "A; C", "no row has the id 'C'"),
        ("0.8,0.6", "-0.8,-0.9", "a RR is above 0"),
        ("0.8,0.6", "0.8,0.9", "does not hold its estimate"),
        (",q,same,", ",,,", "without a question not_attached must say why"),
        (",q,same,", ",q,,", "a question goes with fit"),
        ("same", "perhaps", "fit 'perhaps' is not one of: same, near"),
        ("https://", "javascript:", "is not an http(s) address"),
        ("0.8,", "high,", "estimate 'high' is not a number"),
    ],
)
def test_a_bad_line_is_told(old: str, new: str, reason: str) -> None:
    count, reasons = parsed(GOOD.replace(old, new, 1))
    assert count == 0
    assert reasons
    assert reason in reasons[0]
    assert reasons[0].startswith("published.csv:2: ")


def test_ids_are_unique_and_unknown_columns_are_told() -> None:
    assert parsed(GOOD + GOOD)[0] == 1
    _, problems = parse_published(b"id,mood\nP1,fine\n", set(), set())
    assert "'mood' is not a known column" in problems[0].reason


def test_the_shipped_file() -> None:
    pack = load_pack("ketamine")
    assert len(pack.published) == 74
    attached = [pool for pool in pack.published if pool.question]
    assert len(attached) + sum(bool(pool.not_attached) for pool in pack.published) == 74
    assert {pool.fit for pool in attached} == {"same", "near"}
    assert all(pool.fit_note for pool in attached if pool.fit == "near")


@given(data=st.binary(max_size=300))
def test_any_bytes_give_pools_or_problems(data: bytes) -> None:
    parse_published(data, set(), set())
    parse_published((",".join(COLUMNS) + "\n").encode() + data, set(), set())

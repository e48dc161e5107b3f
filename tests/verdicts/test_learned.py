"""What rules and probabilities come to, and the numbers that a sentence is weighed by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.model.answer import Answer, VerdictKind
from probatum.model.pack import Pack
from probatum.verdicts.compare import readings
from probatum.verdicts.known import known
from probatum.verdicts.learned import VERDICTS, candidates, joined, ranked, settled, shipped
from probatum.verdicts.licence import places
from probatum.verdicts.pairing import told_numbers
from probatum.verdicts.ratios import ratio_told, tells_ratio

LIMITS = {"decide": 0.7, "unclaimed": 0.8, "override": 0.65, "keep": 0.1, "turn": 0.55}
SHARES = st.lists(st.floats(0.01, 1), min_size=5, max_size=5)


def told(verdict: VerdictKind, share: float) -> dict[VerdictKind, float]:
    """A probability for one verdict, the rest alike."""
    return {one: share if one == verdict else (1 - share) / 4 for one in VERDICTS}


@pytest.mark.parametrize(
    ("rules", "model", "share", "met", "verdict"),
    [
        ("no_evidence", "supported", 0.71, True, "supported"),
        ("no_evidence", "supported", 0.69, True, "no_evidence"),
        ("no_evidence", "supported", 0.99, False, "no_evidence"),
        ("not_checkable", "supported", 0.71, True, "not_checkable"),
        ("supported", "contradicted", 0.66, True, "contradicted"),
        ("supported", "contradicted", 0.64, True, "no_evidence"),
        ("supported", "contradicted", 0.5, True, "supported"),
        ("no_evidence", "not_checkable", 0.6, True, "not_checkable"),
    ],
)
def test_what_decides(
    rules: VerdictKind, model: VerdictKind, share: float, met: bool, verdict: VerdictKind
) -> None:
    assert settled(rules, told(model, share), LIMITS, met=met) == verdict


@given(st.sampled_from(VERDICTS), SHARES, st.booleans())
def test_a_verdict_always_comes_and_without_a_unit_none_is_new(
    rules: VerdictKind, shares: list[float], met: bool
) -> None:
    whole = sum(shares)
    chances = {one: share / whole for one, share in zip(VERDICTS, shares, strict=True)}
    found = settled(rules, chances, LIMITS, met=met)
    assert found in VERDICTS
    assert met or found in {rules, "no_evidence", "not_checkable"}


def test_every_weight_is_of_a_number_that_can_be_read(
    answers: tuple[Answer, ...], pack: Pack
) -> None:
    (reading,) = readings("Drug X reduces pain more than placebo.", answers, pack)
    found = candidates(reading, known(answers, pack))
    weights = shipped()
    assert sum(ranked(found, weights.rank)) == pytest.approx(1)
    assert found[0].held.unit.conditions == {"pain"}
    read = joined(reading, found, weights.rank)
    assert {"bias", "score", "covered", "condition_met"} <= set(read)
    assert set(weights.judge) == set(VERDICTS)


def test_numbers_and_ratios_are_told_from_times_and_doses() -> None:
    assert told_numbers("8.7 points lower in 17 patients at 24 h") == ((8.7, 0.05),)
    assert not tells_ratio("given twice a week")
    assert ratio_told("half as likely to relapse", []) == 0.5
    assert ratio_told("doubles the risk of nausea", []) == 2
    assert ratio_told("a 30 % lower risk of relapse", []) == pytest.approx(0.7)
    assert places("Approved by the FDA, not in Japan") == {"us", "japan"}

"""What is said of effect over dose is held against the doses that were tried."""

from __future__ import annotations

from dataclasses import replace

import pytest

from probatum.model.answer import Answer
from probatum.model.curve import CurvePoint, DoseResponse, DoseSet
from probatum.model.pack import Pack
from probatum.verdicts.compare import compare

SET = DoseSet("out", (10.0, 20.0, 40.0), ("One",), (), (), (), "linear", 0.01, 0.5,
              "no turn between the doses given", 1.0, None, 1.0, "doses")  # fmt: skip
POINT = CurvePoint("R1", "One", 10.0, -1.0, -2.0, 0.0, 40.0)


def dosed(answers: tuple[Answer, ...], **known: object) -> list[Answer]:
    """The answers with several doses of which this is known."""
    dose = DoseResponse("MD", "mg", (POINT,), (replace(SET, **known),), "Doses 10, 20, 40.", "")
    return [replace(answer, dose=dose) for answer in answers]


SAID = [
    ("Higher doses of drug X relieve pain better.", {"equal_p": 0.01}, "supported"),
    ("Higher doses of drug X relieve pain better.", {"equal_p": 0.4}, "overstated"),
    ("Drug X 40 mg is twice as effective as 20 mg in pain.", {"equal_p": 0.4}, "overstated"),
    ("Drug X 2 mg/kg is better than 1 mg/kg in pain.", {"equal_p": 0.01}, "no_evidence"),
    ("Drug X works in pain along an inverted U.", {"turn_p": 0.01, "monotone_p": 0.01},
     "supported"),
    ("Drug X works in pain along an inverted U.", {"turn_p": 0.01, "monotone_p": 0.6},
     "overstated"),
    ("Whether drug X works in pain along an inverse U\u2010relationship is unclear.",
     {"turn_p": 0.6}, "supported"),
    ("Whether drug X works in pain along an inverted U is unknown.",
     {"turn_p": 0.01, "monotone_p": 0.01}, "overstated"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "known", "verdict"), SAID)
def test_the_shape_of_an_effect_over_dose(text, known, verdict, answers, pack: Pack) -> None:
    (found,) = compare(text, "t", dosed(answers, **known), pack)
    assert found.verdict == verdict, found.reason
    if verdict in {"supported", "overstated"}:
        assert "Doses 10, 20, 40." in (found.faithful or "")
        assert all(one.supports == (verdict == "supported") for one in found.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Higher doses of drug X are not better in pain.",
        "Side effects of drug X are more common with higher doses.",
        "Drug X reduces pain.",
    ],
)
def test_denials_harms_and_plain_effects_are_left_to_others(text, answers, pack: Pack) -> None:
    (found,) = compare(text, "t", dosed(answers), pack)
    assert "doses tried" not in found.reason


def test_without_several_doses_nothing_is_held(answers, pack: Pack) -> None:
    (found,) = compare("Higher doses of drug X relieve pain better.", "t", answers, pack)
    assert found.verdict == "no_evidence"

"""What sentences say: relation, thing and reserve."""

from __future__ import annotations

import pytest

from probatum.text.concepts import concepts
from probatum.text.terms import matcher
from probatum.verdicts.context import Said
from probatum.verdicts.said import said
from probatum.verdicts.speech import is_claim, may_claim

WORDS = matcher(
    [
        ("drug", "x", "drug X"),
        ("indication", "gout", "gout"),
        ("indication", "sleep", "sedation"),
        ("harm", "drowsy", "sedation"),
        ("harm", "nausea", "nausea"),
        ("harm", "any-event", "side effects"),
        ("mechanism", "m", "M receptor"),
        ("outcome", "relief", "analgesic effect"),
        ("comparator", "y", "drug Y"),
    ]
)


def read(text: str, topic: str | None = None, implied: str | None = None) -> list[Said]:
    return said(text, concepts(WORDS, text), implied, topic)


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("Drug X reduces gout.", ["improves"]),
        ("Drug X does not reduce gout.", ["no-benefit"]),
        ("Drug X reduces gout without causing nausea.", ["improves", "not-causes"]),
        ("Gout was relieved by drug X.", ["improves"]),
        ("Drug X makes gout worse.", ["worsens"]),
        ("Drug X is used for gout.", ["used-for"]),
        ("Drug X works by blocking the M receptor.", ["acts-by"]),
        ("Some people report nausea after drug X.", ["causes"]),
        ("Drug X has minimal nausea.", ["minimises"]),
        ("There is no nausea with drug X.", ["not-causes"]),
        ("Drug X is not without side effects.", ["causes"]),
        ("Doctors manage nausea after drug X.", []),
        ("In people with nausea drug X is common.", []),
        ("Drug X is used for sedation.", ["used-for"]),
        ("Drug X is as effective as drug Y for gout.", ["no-benefit"]),
        ("The analgesic effect of drug X is known.", ["improves"]),
        ("Drug X is associated with gout.", []),
    ],
)
def test_relations(text: str, relations: list[str]) -> None:
    assert sorted(one.relation for one in read(text)) == sorted(relations)


def test_symptoms_are_of_the_condition_last_named() -> None:
    (one,) = read("Drug X eased the symptoms.", topic="gout")
    assert (one.condition, one.drug) == ("gout", "x")
    assert read("Drug X eased the symptoms.") == []


def test_a_pronoun_has_the_drug_it_stands_for() -> None:
    assert read("It may reduce gout.") == []
    (one,) = read("It may reduce gout.", implied="x")
    assert (one.drug, one.hedged) == ("x", True)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Drug Y is clearly better than drug X for gout.", "worsens"),
        ("Drug Y is not better than drug X for gout.", "no-benefit"),
        ("Drug X is better than drug Y for gout.", "improves"),
    ],
)
def test_the_other_treatment_first_turns_a_comparison_round(text: str, relation: str) -> None:
    (one,) = read(text)
    assert (one.relation, one.comparators) == (relation, {"y"})


def test_what_compares_is_a_comparator() -> None:
    (one,) = read("Drug X reduces gout better than drug Y.")[:1]
    assert one.comparators == {"y"}
    assert read("Drug X and drug Y reduce gout.")[0].comparators == frozenset()


def test_questions_offers_and_titles_claim_nothing() -> None:
    assert not may_claim("Does drug X help?")
    assert not may_claim("Buy drug X online today.")
    assert not may_claim("The Many Uses of Drug X")
    assert may_claim("Drug X Cures Gout")
    assert is_claim("Drug X dilates vessels and is strong.", concepts(WORDS, "drug X"), None)
    assert not is_claim("More research on drug X is needed.", concepts(WORDS, "drug X"), None)

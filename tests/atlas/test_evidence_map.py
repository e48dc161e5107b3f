"""The evidence map: what a cell says, and that gaps are seen."""

from __future__ import annotations

import dataclasses

import pytest

from probatum.atlas.evidence_map import evidence_map, lean_of
from probatum.atlas.labels import hierarchy
from probatum.model.pack import Term


@pytest.fixture
def cells(invented):
    rows = evidence_map(invented["PACK"], invented["ANSWERS"])
    return {(c.indication.id, c.aspect.id): c for row in rows for c in row.cells}


def test_every_indication_meets_every_aspect(invented, cells):
    vocabulary = invented["VOCABULARY"]
    assert len(cells) == (len(vocabulary.indications) + 1) * len(vocabulary.aspects)


def test_a_cell_with_numbers_tells_them_in_words(cells):
    cell = cells["unrest", "efficacy"]
    assert cell.kind == "numbers"
    assert cell.participants == 222
    assert "222 participants" in cell.words
    assert "certainty very low" in cell.words
    assert "interval includes no difference" in cell.words


def test_statements_without_numbers_are_no_gap(cells):
    assert cells["hiccups", "mechanism"].kind == "words"
    assert cells["", "monitoring"].kind == "words"


def test_a_question_without_anything_is_a_gap(cells):
    assert cells["night-unrest", "efficacy"].kind == "gap"


@pytest.mark.parametrize(
    ("low", "high", "benefit", "lean"),
    [
        (-3.0, -1.0, "lower", "for"),
        (-3.0, -1.0, "higher", "against"),
        (1.0, 3.0, "higher", "for"),
        (-1.0, 1.0, "lower", "open"),
        (-3.0, 0.0, "lower", "open"),
        (-3.0, -1.0, None, "none"),
        (None, None, "lower", "none"),
    ],
)
def test_the_arrow_follows_interval_and_benefit(invented, low, high, benefit, lean):
    answer = invented["ANSWERS"][0]
    pooled = dataclasses.replace(answer.pooled, ci_low=low, ci_high=high)
    question = dataclasses.replace(answer.question, benefit=benefit)
    assert lean_of(dataclasses.replace(answer, pooled=pooled, question=question)) == lean


def test_a_ratio_leans_by_one_not_by_zero(invented):
    answer = invented["ANSWERS"][1]
    pooled = dataclasses.replace(answer.pooled, ci_low=1.2, ci_high=4.0)
    assert lean_of(dataclasses.replace(answer, pooled=pooled)) == "against"


def test_a_circle_of_parents_loses_no_term():
    terms = [Term("a", "A", parent="b"), Term("b", "B", parent="a"), Term("c", "C")]
    assert {term.id for term, _ in hierarchy(terms)} == {"a", "b", "c"}

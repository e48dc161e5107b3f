"""Which results without a comparison stand beside which question of the shipped pack."""

from __future__ import annotations

import pytest

from probatum.flow.packs import load_pack
from probatum.flow.uncontrolled import ONE_GROUP, uncontrolled
from probatum.model.pack import Pack


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load_pack("ketamine")


def beside(pack: Pack, row_id: str) -> set[str]:
    return {
        question.id
        for question in pack.questions
        if row_id in {row.row_id for row in uncontrolled(pack, question)}
    }


def test_a_clinic_cohort_stands_beside_the_questions_of_its_outcome(shipped: Pack) -> None:
    questions = {question.id: question for question in shipped.questions}
    found = beside(shipped, "T194")
    assert found
    assert {questions[name].indication for name in found} == {"ptsd"}
    assert {questions[name].outcome for name in found} == {"ptsd-severity"}
    assert {questions[name].route for name in found} <= {None, "iv"}


def test_a_row_of_a_question_stands_there_only(shipped: Pack) -> None:
    assert beside(shipped, "T207") == {"se-seizure-cessation-none-uncontrolled"}


def test_only_rows_of_one_group(shipped: Pack) -> None:
    kinds = {row.result_type for q in shipped.questions for row in uncontrolled(shipped, q)}
    assert kinds <= set(ONE_GROUP)

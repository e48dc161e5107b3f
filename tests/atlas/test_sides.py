"""What lies on either side of no difference: the drug and the comparator by name."""

from __future__ import annotations

import dataclasses

from probatum.atlas.labels import Labels
from probatum.atlas.sides import LONGEST, sides


def asked(view, **fields):
    answer = view.answers()[0]
    question = dataclasses.replace(answer.question, benefit="lower", **fields)
    return sides(dataclasses.replace(answer, question=question), Labels(view.pack))


def test_a_question_without_a_drug_names_the_therapy_of_the_pack(view):
    assert asked(view, drug=None)[0] == f"favours {view.pack.name}"


def test_a_long_name_is_cut_between_words(view):
    told = asked(view, comparator="another dose or route or schedule of the very same drug")[1]
    assert len(told) <= LONGEST
    assert told == "favours another dose or route or\u2026"

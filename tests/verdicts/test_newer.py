"""Evidence that is younger than the text it judges is named with its year."""

from __future__ import annotations

from probatum.model.answer import Evidence
from probatum.verdicts.compare import compare
from probatum.verdicts.newer import Dated, newer

KNOWN = Dated({"q": [("Aster 2001", 2001), ("Birch", 2019), ("Cedar 2021", 2021)]}, {"K1": 2025})


def evidence(kind, name):
    return Evidence(kind, name, "q", "s", None, supports=True)


POOLED, STATEMENT = evidence("pooled", "q"), evidence("statement", "K1")


def test_only_what_is_younger_is_named_the_youngest_first():
    told = newer([POOLED, STATEMENT], 2010, KNOWN)
    assert told == "newer than the text (2010): K1 (2025), Cedar 2021, Birch (2019)"


def test_a_text_without_a_date_and_one_younger_than_all_evidence_say_nothing():
    assert newer([POOLED], None, KNOWN) == ""
    assert newer([POOLED], 2021, KNOWN) == ""
    assert newer([evidence("pooled", "other")], 1990, KNOWN) == ""


def test_of_many_some_are_named_and_the_rest_counted():
    many = Dated({"q": [(f"S{i}", 2000 + i) for i in range(9)]}, {})
    assert newer([POOLED], 1999, many).endswith("S5 (2005) and 5 more")


def test_the_reason_of_a_verdict_names_it(answers, pack):
    (plain,) = compare("Drug X reduces pain.", "t", answers, pack)
    (late,) = compare("Drug X reduces pain.", "t", answers, pack, year=1900)
    assert late.verdict == plain.verdict
    assert late.reason.startswith(plain.reason)

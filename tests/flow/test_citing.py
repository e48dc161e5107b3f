"""The graph of works: what is counted, what only leans, and how a build says it."""

from __future__ import annotations

from dataclasses import replace

from probatum.flow.changes import compare, summary
from probatum.flow.citing import place_statements
from probatum.model.claim import Statement, Target
from probatum.model.document import Identifiers
from probatum.model.work import Work

CITED = Identifiers(doi="10.5555/cited")
WORKS = [
    Work("w-cited", ("cited",), identifiers=CITED, year=2001),
    Work("w-first", ("first",), year=2005),
    Work("w-second", ("second",), year=2010),
]
SURE = Statement(
    id="s1", document="first", start=0, end=60,
    quote="Our results agree with what an earlier trial of drug X had found [3].",
    section="discussion", marker="[3]", marker_start=56, marker_end=59,
    targets=(Target("3", CITED),), stance="supporting", own_evidence=True, confidence=0.97,
    abstained=False,
)  # fmt: skip
UNSURE = replace(
    SURE, id="s2", document="second", stance="contrasting", abstained=True, confidence=0.5,
    quote="However, one trial of drug X reported that nothing at all had changed [1].",
)  # fmt: skip
ANSWER = {
    "label": "drug X", "measure": "OR", "estimate": None, "ci_low": None, "ci_high": None,
    "k": 0, "n": None, "certainty": "none",
}  # fmt: skip


def test_a_stance_under_its_threshold_leans_and_is_not_counted() -> None:
    sure, unsure = place_statements([UNSURE, SURE], WORKS, [])
    assert (sure.stance, sure.leaning) == ("supporting", None)
    assert (unsure.stance, unsure.leaning) == ("mentioning", "contrasting")


def test_the_later_of_two_alike_is_the_twin() -> None:
    again = replace(SURE, id="s0", document="second")
    later, first = place_statements([again, SURE], WORKS, [])
    assert (first.counts, later.counts, later.twin_of) == (True, False, "s1")


def test_a_build_that_brought_only_uncertain_statements_says_so() -> None:
    before = ANSWER | {"statements": {"supporting": 1, "contrasting": 0}}
    after = ANSWER | {"statements": {"supporting": 1, "contrasting": 0, "uncertain": 2}}
    told = [{"q": ("drug X", summary(shape))} for shape in (before, after)]
    (change,) = compare(*told)
    assert change.text.endswith("1 support, 0 contrast, 2 uncertain")

"""The graph of works: what is counted, what only leans, and how a build says it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.flow.changes import compare, summary
from probatum.flow.citing import place_statements
from probatum.flow.counting import count, with_correction
from probatum.model.claim import Statement, Target
from probatum.model.document import Identifiers
from probatum.model.work import Citing, Work

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


def _edge(work: str, stance: str = "supporting", **more: object) -> Citing:
    made = Citing(f"s-{work}", f"d-{work}", work, ("x",), stance, own_evidence=False, counts=True)
    return replace(made, **more)  # type: ignore[arg-type]


def test_works_that_share_authors_are_one_group_and_self_citation_stands_apart() -> None:
    authors = {
        "w1": ("Novák, Jan",), "w2": ("Novak J", "Lee, A"), "w3": ("Lee, Ann",),
        "w4": ("Smith, B",), "w5": (), "w6": ("Quinn, Z",),
    }  # fmt: skip
    edges = [_edge(work) for work in authors if work != "w6"] + [_edge("w6", relation="self")]
    supporting = count(edges, authors).stances[0]
    assert (supporting.broad, supporting.groups, supporting.self_citing) == (6, 3, 1)


def test_counts_leave_out_repeats_and_name_what_leans() -> None:
    edges = [
        _edge("a", own_evidence=True), _edge("b", "mentioning", leaning="contrasting"),
        _edge("c", counts=False, twin_of="s-a"), _edge("d", counts=False),
    ]  # fmt: skip
    found = with_correction(count(edges, {}))
    assert [(s.stance, s.broad, s.strict, s.labelled) for s in found.stances] == [
        ("supporting", 1, 1, 1), ("mentioning", 1, 1, 0), ("contrasting", 0, 0, 1),
    ]  # fmt: skip
    assert (found.uncertain, found.repeats, found.barred) == (1, 1, 1)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["supporting", "mentioning", "contrasting"]), max_size=30))
def test_corrected_counts_lie_in_their_limits(stances: list[str]) -> None:
    edges = [_edge(f"w{k}", stance) for k, stance in enumerate(stances)]
    for one in with_correction(count(edges, {})).stances:
        if one.corrected is not None:
            assert one.low is not None
            assert one.high is not None
            assert 0 <= one.low <= one.corrected <= one.high <= len(stances)

"""A sentence held against the statement that is nearest in content."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.model.answer import Answer
from probatum.model.pack import Pack, PackStatement, SourceLink
from probatum.text.concepts import concepts
from probatum.verdicts.aligned import judge_aligned
from probatum.verdicts.compare import compare
from probatum.verdicts.finding import Finding
from probatum.verdicts.gist import gist
from probatum.verdicts.known import known

TEXTS = (
    ("A1", "monitoring", "Outpatients leave only with a responsible adult after drug X."),
    ("A2", "contraindications", "Drug X: aneurysmal vascular disease, history of stroke."),
    ("A3", "safety", "Drug X with propofol lengthened recovery after endoscopy (46 v 33 min)."),
    ("A4", "safety", "Laryngospasm in about 12% of children given drug X."),
    ("A5", "mechanism", "The habenula variant did not change the response to drug Y."),
    ("A6", "regulatory", "Regulators warned of compounded drug X: no evidence that it is safer."),
)
WORDS = ["Drug X", "drug Y", "kids", "never", "laryngospasm", "12%", "60%", "faster", "recovery",
         "endoscopy", "safe", "stroke", "no", "with", "compounded", "habenula", "variant", "may",
         "every", "than", "does not change the response", ",", ".", "\u0130"]  # fmt: skip


def _with(pack: Pack, order: list[int]) -> Pack:
    link = (SourceLink("https://example.org/l"),)
    made = [PackStatement(n, a, None, t, link, "label", "high") for n, a, t in TEXTS]
    return replace(pack, statements=tuple(made[i] for i in order))


def _judge(pack: Pack, text: str, order: list[int] | None = None) -> Finding | None:
    held = known([], _with(pack, order or list(range(len(TEXTS)))))
    found = concepts(held.matcher, text)
    return judge_aligned(text, found, gist(text, found, held.parents), None, held)


@pytest.mark.parametrize(
    ("text", "verdict", "statement"),
    [
        ("After a stroke, drug X should be avoided.", "supported", "A2"),
        ("Drug X is quite safe after a stroke.", "contradicted", "A2"),
        ("With propofol, drug X made recovery after endoscopy faster.", "contradicted", "A3"),
        ("About one in eight kids has laryngospasm on drug X.", "supported", "A4"),
        ("Laryngospasm befalls 60% of kids on drug X.", "contradicted", "A4"),
        ("Drug X never causes laryngospasm in kids.", "contradicted", "A4"),
        ("Every child given drug X develops laryngospasm.", "overstated", "A4"),
        ("The habenula variant raises the response to drug Y.", "overstated", "A5"),
    ],
)
def test_other_words_for_a_statement(pack: Pack, text: str, verdict: str, statement: str) -> None:
    found = _judge(pack, text)
    assert found is not None
    assert (found.verdict, found.evidence[0].id) == (verdict, statement)


@pytest.mark.parametrize(
    "text",
    [
        "Drug Y is safe after a stroke.",  # of another drug
        "Drug X and drug Y are safe after a stroke.",  # which of them?
        "Drug X lengthened recovery after hip surgery.",  # of something else
        "Drug X may be safe after a stroke.",  # what is hedged is not contradicted
        "Drug X lowers the price of endoscopy.",
        "Laryngospasm.",
    ],
)
def test_what_is_only_near_stays_open(pack: Pack, text: str) -> None:
    assert _judge(pack, text) is None


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.permutations(range(6)))
def test_any_words_are_judged_alike_in_any_order_of_statements(
    pack: Pack, text: str, order: list[int]
) -> None:
    found = _judge(pack, text, order)
    assert found == _judge(pack, text)
    if found is not None:
        assert found.verdict in {"supported", "overstated", "contradicted"}
        assert found.evidence[0].id in {name for name, _, _ in TEXTS}
        assert found.evidence[0].supports == (found.verdict == "supported")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(pack: Pack, text: str) -> None:
    found = _judge(pack, f"Drug X {text}")
    assert found is None or found.evidence


def test_it_speaks_only_where_the_rules_find_nothing(
    answers: tuple[Answer, ...], pack: Pack
) -> None:
    text = "Drug X reduces pain. Laryngospasm befalls 60% of kids on drug X."
    first, second = compare(text, "t", answers, _with(pack, list(range(6))))
    assert first.evidence[0].kind == "pooled"
    assert "aligned" in second.reason

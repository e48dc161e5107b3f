"""Sentences of our own, held against the shipped pack alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.flow.answering import Graph, answer, inputs
from probatum.flow.cards import pack_cards
from probatum.flow.packs import load_pack, shipped_packs
from probatum.model.answer import Answer
from probatum.model.pack import Pack
from probatum.verdicts.compare import compare
from probatum.works.link import link

FOLDER = Path(__file__).parent.parent / "cases/verdicts"
CASES = [
    case
    for name in ("shipped_pack.toml", "shipped_pack_apart.toml", "shipped_pack_prose.toml")
    for case in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]
]


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The shipped pack."""
    return load_pack(shipped_packs()[0])


@pytest.fixture(scope="module")
def answers(pack: Pack) -> list[Answer]:
    """What the pack answers where no document was added."""
    works = link(pack_cards(pack), []).works
    return [answer(given) for given in inputs(pack, Graph(works, (), ()), ())]


def test_each_sentence_gets_a_verdict_that_a_careful_reader_would_give(
    pack: Pack, answers: list[Answer]
) -> None:
    wrong = []
    for case in CASES:
        found = compare(case["text"], "t", answers, pack)[0]
        if found.verdict not in {case["verdict"], *case.get("allowed", ())}:
            wrong.append(f"{case['text']} {found.verdict}: {found.reason}")
        if found.verdict in {"supported", "overstated", "contradicted"}:
            assert found.evidence
            assert all(one.quote and one.source for one in found.evidence)
    assert not wrong, "\n".join(wrong)


def test_what_is_faithful_is_the_words_of_the_evidence(pack: Pack, answers: list[Answer]) -> None:
    for case in CASES:
        found = compare(case["text"], "t", answers, pack)[0]
        quotes = {one.quote for one in found.evidence}
        assert found.faithful in {None, *quotes}
        decided = found.verdict in {"supported", "overstated", "contradicted"}
        assert (found.faithful is not None) == decided

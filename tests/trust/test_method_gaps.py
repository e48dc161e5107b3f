"""Gaps of method told as if in order, and the same owned up to, denied or objected to."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.model.pack import Pack
from probatum.text.beginnings import plain_words
from probatum.trust.checks.gaps import gap_signs, wordings, worth_reading
from probatum.trust.subject import subject

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/trust/method_gaps.toml").read_text(encoding="utf-8")
)
GAP = "Those who dropped out were left out of the table."


@pytest.mark.parametrize("part", sorted(CASES))
def test_hits_and_near_misses(part: str, page, pack: Pack) -> None:
    def flagged(text: str) -> bool:
        return bool(list(gap_signs(subject(page(text), pack, ()))))

    assert [text for text in CASES[part]["hits"] if not flagged(text)] == []
    assert [text for text in CASES[part]["misses"] if flagged(text)] == []


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        (GAP, True),
        (GAP.upper(), True),
        (f"{GAP} This is a weakness of the trial.", False),
        (f"{GAP} The room was painted blue.", True),
        ("Were those who dropped out left out of the table?", False),
        ("If those who dropped out were left out, ask why.", False),
        (f"Nobody says that {GAP.lower()}", False),
        (f"\u0130t is so. {GAP}", False),  # whose small letters are of another length
        (f"{'word ' * 200}{GAP}", False),  # a sentence of which only the start is read
    ],
    ids=["told", "capitals", "owned up to", "beside", "asked", "if", "denied", "letters", "far"],
)
def test_what_takes_a_gap_back(text: str, flagged: bool, page, pack: Pack) -> None:
    assert bool(list(gap_signs(subject(page(text), pack, ())))) == flagged


def test_a_sentence_is_flagged_once_with_its_words(page, pack: Pack) -> None:
    text = "A note. Those who dropped out were left out, and blinding was considered superfluous."
    (sign,) = gap_signs(subject(page(text), pack, ()))
    assert sign.start is not None
    assert text[sign.start : sign.end] == "Those who dropped out were left out"
    assert "left out" in sign.evidence


def test_pages_of_many_sentences_are_read_to_the_end(page, pack: Pack) -> None:
    text = "It rained. " * 1_200 + GAP
    (sign,) = gap_signs(subject(page(text), pack, ()))
    assert sign.start == len(text) - len(GAP)


def test_every_wording_needs_words() -> None:
    hits = [text.lower() for part in CASES.values() for text in part["hits"]]
    read = list(worth_reading([plain_words(text) for text in hits]))
    assert {sentence for sentence, _ in read} == set(range(len(hits)))
    assert len(read) < 4 * len(hits)
    assert list(worth_reading(["the room was painted blue", "", " "])) == []
    assert len(wordings()) == len({pattern for _, pattern in wordings()})

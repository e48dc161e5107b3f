"""Whom claims are said of."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from probatum.claims.extract import extract
from probatum.claims.named import terms
from probatum.claims.people import NOT_HUMAN, named_groups
from probatum.claims.words import compiled
from probatum.flow.packs import load_pack
from probatum.model.claim import Claim
from probatum.model.document import Block, Document, Metadata
from probatum.model.pack import Vocabulary
from probatum.model.source import SourceRef

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/claims/people.toml").read_text(encoding="utf-8")
)["case"]


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    return load_pack("ketamine").vocabulary


def _read(case: dict[str, Any], vocabulary: Vocabulary) -> tuple[Document, list[Claim]]:
    above = [("title", case["title"])] if "title" in case else []
    above += [("heading", case["heading"])] if "heading" in case else []
    text, blocks = "", []
    for kind, printed in (*above, ("paragraph", case["text"])):
        under = (case["heading"],) if "heading" in case and kind == "paragraph" else ()
        role = "results" if kind == "paragraph" and "heading" not in case else "other"
        blocks.append(Block(kind, len(text), len(text) + len(printed), under, role))  # type: ignore[arg-type]
        text += printed + "\n"
    source = SourceRef("invented", "0" * 64, 0, len(text))
    kind = "web-page" if "heading" in case else "article"
    metadata = Metadata(title=case.get("title"))
    document = Document("d" * 16, 0, kind, source, metadata, text, tuple(blocks))  # type: ignore[arg-type]
    at = text.index(case["text"])
    return document, [c for c in extract(document, vocabulary).claims if c.start >= at]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any], shipped: Vocabulary) -> None:
    document, found = _read(case, shipped)
    assert found
    assert list(found[0].population) == case["expected"]
    placed = [part for part in found[0].parts if part.name == "population"]
    assert bool(placed) == bool(case["expected"])
    for part in placed:
        words = document.text[part.start : part.end]
        told = named_groups(compiled(shipped).people, words, [])
        assert {one.id for one in told} & set(case["expected"])


def test_each_clause_has_its_people(shipped: Vocabulary) -> None:
    case = next(case for case in CASES if case["id"] == "denied-clause")
    _, found = _read(case, shipped)
    assert [claim.population for claim in found] == [("adults",), ("children",)]


def test_a_title_that_the_text_lacks_lends_people_without_a_place(
    make: Any, shipped: Vocabulary
) -> None:
    document = make(
        "Ketamine reduced pain.", role="results", metadata=Metadata(title="Ketamine in children")
    )
    (claim,) = extract(document, shipped).claims
    (part,) = [part for part in claim.parts if part.name == "population"]
    assert claim.population == ("children",)
    assert (part.start, part.end, part.origin) == (None, None, "title")


def test_words_of_other_terms_name_no_group(shipped: Vocabulary) -> None:
    text = "The Children's Depression Rating Scale, revised, was used in adults."
    words = compiled(shipped)
    found = named_groups(words.people, text, terms(words.matcher, text))
    assert [one.id for one in found] == ["adults"]


def test_the_shipped_pack_names_what_is_not_human(shipped: Vocabulary) -> None:
    assert {term.id for term in shipped.populations} >= NOT_HUMAN
    assert all(term.synonyms for term in shipped.populations)

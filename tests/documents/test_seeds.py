"""The five documents that the project started from are read as they are."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from probatum.documents.read import collect
from probatum.model.document import Document


def seed(folder: Path, number: str) -> Document:
    path = next(folder.glob(f"{number}_*"))
    reading = collect(path.read_bytes(), path.name)
    assert reading.accounting.parsed == reading.accounting.bytes
    return reading.documents[0]


def test_the_citation_page(seeds: Path) -> None:
    document = seed(seeds, "000")
    page = document.citation_page
    assert page is not None
    assert document.kind == "citation-page"
    assert document.metadata.identifiers.doi == "10.1177/20451253231154125"
    assert document.metadata.year == 2023
    assert (page.supporting, page.mentioning, page.contrasting) == (0, 6, 0)
    assert (page.publications, page.statements, page.references) == (28, 9, 95)
    assert page.years == (2023, 2025)
    assert [(f.label, f.count) for f in page.sections] == [(None, 3), (None, 2)]
    assert [(f.label, f.count) for f in page.publication_types] == [
        (None, n) for n in (4, 1, 1, 1)
    ]
    assert [(f.label, f.count) for f in page.relationship] == [(None, 0), (None, 7)]
    assert [p.code for p in document.problems] == ["counts-disagree"]


def test_the_quotations_of_the_citation_page(seeds: Path) -> None:
    document = seed(seeds, "000")
    page = document.citation_page
    assert page is not None
    items = page.items
    assert [item.section for item in items] == ["Discussion"] * 2 + ["Introduction"] * 3
    assert {item.stance for item in items} == {"mentioning"}
    assert [item.confidence for item in items] == [0.61, 0.99, 0.99, 0.99, 0.99]
    assert [item.repeats for item in items] == [1, 0, 0, 0, 0]
    assert [item.near_duplicate_of for item in items] == [None, None, None, None, 3]
    assert all(document.text[item.start : item.end] == item.text for item in items)


def test_the_citation_page_saved_as_html_says_the_same(seeds: Path) -> None:
    pasted = seed(seeds, "000")
    lines = "".join(f"<div>{escape(line)}</div>\n" for line in pasted.text.splitlines())
    page = f"<!DOCTYPE html><html><body>{lines}</body></html>"
    saved = collect(page.encode(), "page.html").documents[0]
    assert saved.citation_page is not None
    assert pasted.citation_page is not None
    both = [document.citation_page for document in (pasted, saved)]
    counts, items = zip(
        *[
            (replace(one, items=()), [replace(item, start=0, end=0) for item in one.items])
            for one in both
            if one
        ],
        strict=True,
    )
    assert counts[0] == counts[1]
    assert items[0] == items[1]
    assert replace(saved.metadata, origins=()) == replace(pasted.metadata, origins=())


@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_nothing_is_invented_for_a_pasted_page(seeds: Path, number: str) -> None:
    document = seed(seeds, number)
    metadata = document.metadata
    assert document.kind == "web-page"
    assert metadata.year is None
    assert metadata.date is None
    assert metadata.identifiers.doi is None
    assert metadata.identifiers.pmid is None
    assert {name for name, _ in metadata.origins} <= {"title", "container_title", "authors"}


def test_a_page_that_states_neither_title_nor_author(seeds: Path) -> None:
    metadata = seed(seeds, "001").metadata
    assert (metadata.title, metadata.authors) == (None, ())


def test_a_page_whose_first_line_stands_twice(seeds: Path) -> None:
    metadata = seed(seeds, "002").metadata
    assert metadata.title == "Everything about ketamine for depression fda approved"
    assert metadata.authors == ()


def test_a_page_with_its_site_before_the_title(seeds: Path) -> None:
    metadata = seed(seeds, "003").metadata
    assert metadata.title == "Therapeutic Uses of Ketamine in Medicine"
    assert metadata.container_title == "Trippy World"
    assert [(a.given, a.family) for a in metadata.authors] == [("David", "Johnson")]
    assert "Author" in dict(metadata.origins)["authors"]

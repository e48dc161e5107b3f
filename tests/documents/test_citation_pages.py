"""A citation-statement page is read alike, whether its text was pasted or the page was saved."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from probatum.documents.read import collect
from probatum.model.document import CitationPage, Document

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents"
PASTED = (GOLDEN / "citation-page" / "page.txt").read_text()
SAVED = (GOLDEN / "html" / "citation-page.html").read_text()
LINES = {
    "div": "<div>{}</div>",
    "paragraph": "<p>{}</p>",
    "break": "<span>{}</span><br>",
    "list": "<li><span>{}</span></li>",
    "row": "<tr><td>{}</td></tr>",
    "button": "<button>{}</button>",
}


def read(text: str, name: str) -> Document:
    return collect(text.encode(), name).documents[0]


def told(document: Document) -> CitationPage:
    """What the page says, but for where in the text."""
    page = document.citation_page
    assert page is not None
    for item in page.items:
        assert document.text[item.start : item.end] == item.text
    items = tuple(replace(item, start=0, end=0) for item in page.items)
    return replace(page, items=items)


def test_a_saved_page_is_read_as_its_pasted_text() -> None:
    pasted, saved = read(PASTED, "page.txt"), read(SAVED, "page.html")
    assert saved.kind == "citation-page"
    assert told(saved) == told(pasted)
    assert replace(saved.metadata, origins=()) == replace(pasted.metadata, origins=())
    assert [problem.code for problem in saved.problems] == ["counts-disagree"]


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_whatever_elements_make_its_lines(line: str) -> None:
    body = "\n".join(line.format(escape(words)) for words in PASTED.splitlines() if words)
    if line.startswith("<tr"):
        body = f"<table>{body}</table>"
    saved = read(f"<!DOCTYPE html><html><body>{body}</body></html>", "page.html")
    assert told(saved) == told(read(PASTED, "page.txt"))


def test_what_a_script_or_a_hidden_part_says_is_no_quotation() -> None:
    saved = read(SAVED, "page.html")
    for words in ("never shown", "12%", "9 citation statements"):
        assert words in SAVED
        assert words not in saved.text


def test_an_article_about_such_pages_is_none() -> None:
    words = "An index prints smart citations and says of each citation statement what it is. " * 5
    article = f"<html><body><h1>On indexes</h1><p>{words}</p><p>confidence: 9%</p></body></html>"
    assert read(article, "article.html").kind == "web-page"

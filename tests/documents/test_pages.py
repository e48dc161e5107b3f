"""Web pages, saved and pasted, and citation-statement pages: what they state and no more."""

from __future__ import annotations

import pytest
from tests.growth import in_proportion

from probatum.documents.read import collect
from probatum.model.document import Document


def read(text: str) -> Document:
    return collect(text.encode(), "page").documents[0]


BODY = "\nA sentence that says something about the matter at hand, at some length.\n"


@pytest.mark.parametrize(
    ("text", "title", "site"),
    [
        ("Gout and rain\nGout and rain" + BODY, "Gout and rain", None),
        ("My Site Gout and rain\n\nGout and rain\n" + BODY, "Gout and rain", "My Site"),
        ("Gout and rain | My Site\nGout and rain\n" + BODY, "Gout and rain", "My Site"),
        ("# Gout and rain\n" + BODY, "Gout and rain", None),
        ("Gout and rain\n" + BODY, "Gout and rain", None),
        ("Title: Gout and rain\nAuthor: Jane Doe" + BODY, "Gout and rain", None),
        ("It rains and gout is worse." + BODY * 2, None, None),
        ("as this was an effect of rain." + BODY, None, None),
    ],
)
def test_a_title_is_one_that_the_page_states(
    text: str, title: str | None, site: str | None
) -> None:
    metadata = read(text).metadata
    assert (metadata.title, metadata.container_title) == (title, site)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"T{BODY}By Jane Doe, MD{BODY}", ["Doe"]),
        (f"{BODY}Author\n\n* Jane van der Doe\n", ["Doe"]),
        (f"{BODY}Author: Jane Doe; Richard Roe\n", ["Doe", "Roe"]),
        (f"{BODY}Author\nWe never name the people who write for us here.\n", []),
        (f"{BODY}By the end of the day it had gone.\n", []),
    ],
)
def test_an_author_is_one_that_the_page_names(text: str, names: list[str]) -> None:
    assert [author.family.split()[-1] for author in read(text).metadata.authors] == names


def test_pasted_text_stays_as_it_is() -> None:
    reading = collect(b"\xef\xbb\xbfone\r\n\ttwo  three\rfour\n", "p.txt")
    assert reading.documents[0].text == "one\n\ttwo  three\nfour\n"
    assert reading.accounting.encoding == "utf-8-sig"


def test_wrapped_lines_are_one_paragraph() -> None:
    line = "these words were wrapped by a mail program at some seventy characters a"
    text = "\n".join([line] * 5) + ".\n\n" + "\n".join([line] * 3) + ".\n"
    assert len(read(text).blocks) == 2


def test_no_script_survives_and_its_bytes_are_counted() -> None:
    page = (
        "<html><head><title>T</title></head><body><p>Hello <b>you</b></p>"
        "<scr<script>x</script>ipt>alert(1)</script><p onclick='alert(2)'>fine</p>"
        "<style>.alert{}</style><template>alert(3)</template><noscript>alert(4)</noscript>"
        "<!-- alert(5) --><iframe srcdoc='alert(6)'>alert(7)</iframe></body></html>"
    )
    reading = collect(page.encode(), "p.html")
    (document,) = reading.documents
    assert "Hello you" in document.text
    assert "fine" in document.text
    assert all(f"alert({n})" not in document.text for n in range(2, 8))
    assert "<" not in document.text.replace("<scr", "")
    assert reading.accounting.ignored > 100


def test_a_page_states_its_metadata_in_tags() -> None:
    tags = {
        "title": "T",
        "author": "Doe, Jane",
        "doi": "10.5555/A",
        "journal_title": "J",
        "publication_date": "2020/03/04",
        "firstpage": "5",
        "lastpage": "9",
    }
    head = "".join(f'<meta name="citation_{n}" content="{value}">' for n, value in tags.items())
    head += '<meta name="citation_author" content="Roe, R">'
    page = f'<html lang="de"><head>{head}</head><body><p>x</p></body></html>'
    metadata = read(page).metadata
    assert [a.family for a in metadata.authors] == ["Doe", "Roe"]
    assert (metadata.title, metadata.container_title, metadata.page) == ("T", "J", "5-9")
    assert (metadata.date, metadata.language) == ("2020-03-04", "de")
    assert metadata.identifiers.doi == "10.5555/a"


def test_navigation_and_hidden_parts_are_left_out() -> None:
    links = "".join(f"<li><a href='/{n}'>Link number {n}</a></li>" for n in range(6))
    words = "<p>" + "Some words of the article stand here. " * 20 + "</p>"
    document = read(
        f"<html><body><nav>Home</nav><ul>{links}</ul><div class='newsletter'>Subscribe now</div>"
        f"<div style='display: none'>hidden</div><main>{words}</main><footer>legal</footer></body>"
    )
    for word in ("Home", "Link", "Subscribe", "hidden", "legal"):
        assert word not in document.text


@pytest.mark.parametrize(
    "hostile",
    [
        b"<!--" * 100_000,
        b"<script>" * 60_000,
        b"<div>" * 100_000,
        b"<p>" * 100_000,
        b"<a href='" * 50_000,
        b"<html><ul>" + b"<li><a>x</a>" * 30_000,
        b"section: " * 60_000,
        b"\n[1] (\n" * 50_000,
        b"Section: mentioning\nconfidence: 9%\n(3 citation statements)\n" * 8_000,
        b"<!DOCTYPE article [" + b"<!ENTITY a '" * 40_000,
        b"<article><front>" + b"<sec>" * 60_000,
        b"<article><front/><body><p>" + b"<xref rid='a'>1</xref>-" * 20_000,
        b"<article><front/><body><table-wrap><table><tr>" + b"<td colspan='99'/>" * 20_000,
        b"<PubmedArticle>" * 3_000,
        b"10.1234/" + b")" * 300_000,
    ],
)
def test_time_grows_with_the_size_not_its_square(hostile: bytes) -> None:
    in_proportion(lambda share: collect(hostile[: share * len(hostile) // 4], "hostile"), 1)


def test_what_is_nested_too_deep_is_said() -> None:
    page = b"<html><body><p>above</p>" + b"<div>" * 400 + b"below"
    document = collect(page, "deep.html").documents[0]
    assert "above" in document.text
    assert [p.code for p in document.problems] == ["nested-too-deep"]

"""In-text citations of texts without markup, and the proof on real trials."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bench.citations import Plain, Tagged, articles, plain, tagged
from probatum.documents.intext import text_citations
from probatum.documents.read import collect
from probatum.documents.reference_list import listed_references
from probatum.model.document import Block, Document
from probatum.text.sentences import sentences

NUMBERED = "\n\n".join(
    f"{n}. Roe A{n}. Invented work {n}. J Invent. 20{n:02}." for n in range(1, 10)
)
NAMED = """Roe J, Poe K, Doe L. An invented work. J Invent. 2001;1:2-3.

Müller-Lüd A, Moe B. Another. J Invent. 2002a;1:4.

Müller-Lüd A, Zoe C. A third. J Invent. 2002b;1:5.

van der Berg P. A fourth. Invented Press; 2003."""


def text_of(body: str, listed: str) -> Document:
    return collect(f"A page\n\n{body}\n\nReferences\n\n{listed}\n".encode(), "a.txt").documents[0]


def quoted(document: Document) -> list[str]:
    return [
        f"{document.text[c.start : c.end]} -> {' '.join(c.references)}" for c in document.citations
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("We saw it [1, 3–5]. Others [2] did not [12].",
         ["[1, 3–5] -> 1 3 4 5", "[2] -> 2", "[12] -> "]),
        ("We saw it (1, 2). Others (3-6) and (7) and (8) did; 40 (9) did not.",
         ["(1, 2) -> 1 2", "(3-6) -> 3 4 5 6", "(7) -> 7", "(8) -> 8", "(9) -> 9"]),
        ("We saw relapse.1,2 Others did not;3 nor did they4–6 see p < .05, CD4 or 7 of 9.",
         ["1,2 -> 1 2", "3 -> 3", "4–6 -> 4 5 6"]),
        ("We counted (12) of 14 in Figure 1, week 3 and day 5.", []),
    ],
)  # fmt: skip
def test_numbers_of_the_style_of_a_text(body: str, expected: list[str]) -> None:
    assert quoted(text_of(body, NUMBERED)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It helps (Roe et al., 2001; van der Berg, 2003). It may.",
         ["(Roe et al., 2001; van der Berg, 2003) -> 1 4"]),
        ("As Muller-Lud and Moe (2002a) said.", ["Muller-Lud and Moe (2002a) -> 2"]),
        ("As Müller-Lüd & Zoe (2002) said in 2002.", ["Müller-Lüd & Zoe (2002) -> 3"]),
        ("Nobody (Coe, 1999) and no year (2001) counts.", []),
    ],
)  # fmt: skip
def test_names_and_years(body: str, expected: list[str]) -> None:
    assert quoted(text_of(body, NAMED)) == expected


def test_ibid_is_a_problem_with_its_place() -> None:
    document = text_of("It helps [1]. It does not (ibid., p. 3).", NUMBERED)
    told = [p for p in document.problems if p.code == "ibid-citation"]
    assert [document.text.encode()[p.offset or 0 :][:5] for p in told] == [b"ibid."]


def test_a_marker_behind_the_stop_belongs_to_the_sentence_before() -> None:
    document = text_of(
        "It fell.1 Others rose.2,3 We saw none4 of it. [5] Then5 what.6 So.7", NUMBERED
    )
    text = document.text
    spans = sentences(text, [(c.start, c.end) for c in document.citations])
    first = next(text[a:b] for a, b in spans if "It fell" in text[a:b])
    assert first.endswith("It fell.1")


@given(st.text("ab .,;()[]–12345R\n", max_size=400))
def test_any_text_gives_sound_citations(body: str) -> None:
    text = f"{body}\n\nReferences\n\n1. Roe. 2001.\n\n2. Poe. 2002."
    at = text.index("References\n\n1. R")
    blocks = [Block("paragraph", 0, at)] if at else []
    blocks += [Block("heading", at, at + 10), Block("paragraph", at + 12, at + 24)]
    references = listed_references(text, blocks)
    for citation in text_citations(text, blocks, references):
        assert 0 <= citation.start < citation.end <= at
        assert set(citation.references) <= {r.key for r in references}


def test_every_marker_of_real_trials_is_assigned_exactly_once(shared_data) -> None:
    """A sample; ``python -m bench citations`` does the same for all of them."""
    sums = Tagged()
    for name, data in articles(60):
        tagged(name, data, sums)
    assert sums.markers > 700
    assert sums.once == sums.markers, sums.faults
    assert sums.verified / sums.ranges >= 0.97


def test_plain_text_citations_of_real_trials(shared_data) -> None:
    sums = Plain()
    for name, data in articles(60):
        plain(name, data, sums)
    assert sums.true > 700
    assert sums.f1 >= 0.90

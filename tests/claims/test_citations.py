"""Statements: spans, targets, neighbours, relation, twins, and time on large documents."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import in_proportion

from probatum.claims.citations import citation_statements
from probatum.claims.extract import extract
from probatum.claims.passages import cited_passages, passages
from probatum.model.document import (
    Author,
    Block,
    Document,
    Identifiers,
    InTextCitation,
    Metadata,
    Reference,
)
from probatum.model.pack import Vocabulary
from probatum.model.source import SourceRef


def test_a_statement_has_its_sentence_and_target(make, vocabulary: Vocabulary) -> None:
    text = "One came first. Our results agree with Green [1]. One came last."
    reference = Reference("1", identifiers=Identifiers(doi="10.5555/x"), title="T", year=2001)
    document = make(text, cited=(("[1]", ("1",)),), references=(reference,))
    (found,) = extract(document, vocabulary).statements
    assert found.quote == "Our results agree with Green [1]." == text[found.start : found.end]
    assert text[found.marker_start : found.marker_end] == found.marker == "[1]"
    assert (found.previous, found.next) == ("One came first.", "One came last.")
    assert found.targets[0].identifiers.doi == "10.5555/x"
    assert (found.stance, found.own_evidence, found.section) == ("supporting", True, "Discussion")


def test_blocks_that_cite_nothing_are_not_needed(make) -> None:
    text = "One [1] came first. It was said before [2]."
    document = make(text, cited=(("[1]", ("1",)), ("[2]", ("2",))))
    more = replace(
        document,
        text=text + "\nNothing is cited. Here.",
        blocks=(*document.blocks, Block("paragraph", len(text) + 1, len(text) + 24)),
    )
    assert len(cited_passages(more)) == 2 < len(passages(more))
    found = citation_statements(more, cited_passages(more))
    assert found == citation_statements(more, passages(more))
    assert len(found) == 2


def test_relation_by_shared_author(make, vocabulary: Vocabulary) -> None:
    citing = Metadata(authors=(Author("Grün", "Ada"),))
    references = (
        Reference("1", authors=(Author("Grun", "A"),)),
        Reference("2", authors=(Author("Brown", "B"),)),
        Reference("3"),
        Reference("4", text="Grün A, Brown B. A title."),
    )
    cited = tuple((f"[{n}]", (str(n),)) for n in range(1, 5))
    text = "As [1] in [2] and [3] or [4]."
    document = make(text, cited=cited, references=references, metadata=citing)
    found = [s.relation for s in extract(document, vocabulary).statements]
    assert found == ["self", "independent", "unknown", "self"]


def test_an_unknown_reference_is_a_target_without_a_work(make, vocabulary: Vocabulary) -> None:
    (found,) = extract(make("As [9].", cited=(("[9]", ("9",)),)), vocabulary).statements
    assert found.targets[0].reference == "9"
    assert found.targets[0].identifiers == Identifiers()


def test_a_repeat_about_the_same_work_is_a_twin(make, vocabulary: Vocabulary) -> None:
    text = (
        "Our results clearly agree with Green [1]. Yes. Our results clearly agree with Green [1]."
    )
    document = make(text, cited=(("[1]", ("1",)), ("[1]", ("1",))))
    first, second = extract(document, vocabulary).statements
    assert (first.twin_of, second.twin_of) == (None, first.id)


def test_a_like_sentence_about_another_work_is_no_twin(make, vocabulary: Vocabulary) -> None:
    text = "Our results clearly agree with Green [1]. Our results clearly agree with Green [2]."
    document = make(text, cited=(("[1]", ("1",)), ("[2]", ("2",))))
    assert all(s.twin_of is None for s in extract(document, vocabulary).statements)


@settings(max_examples=60)
@given(st.text(alphabet="ab. []1\n", max_size=80), st.integers(0, 80), st.integers(1, 5))
def test_every_span_refinds_its_quote(text: str, at: int, length: int) -> None:
    end = min(at + length, len(text))
    cited = (InTextCitation(at, end, ("1",)),) if at < end else ()
    document = Document(
        "d", 0, "article", SourceRef("n", "0", 0, 0), Metadata(), text,
        (Block("paragraph", 0, len(text)),), cited,
    )  # fmt: skip
    found = extract(document, Vocabulary()).statements
    assert all(text[s.start : s.end] == s.quote for s in found)
    assert len({s.id for s in found}) == len(found)


def test_two_thousand_references_in_one_paragraph(make, vocabulary: Vocabulary) -> None:
    metadata = Metadata(authors=tuple(Author(f"Name{n}", "B") for n in range(50)))

    def found(size: int) -> None:
        parts = [f"Our finding {n} agrees with trial {n * 7} of pain [{n}]. " for n in range(size)]
        cited = tuple((f"[{n}]", (str(n),)) for n in range(size))
        references = tuple(Reference(str(n), text=f"Author{n} A. Title.") for n in range(size))
        document = make("".join(parts), cited=cited, references=references, metadata=metadata)
        assert len(extract(document, vocabulary).statements) == size

    in_proportion(found, 500)


def test_one_endless_sentence_is_cut_to_what_surrounds_its_citation(
    make, vocabulary: Vocabulary
) -> None:
    def cut(size: int) -> None:
        text = "word " * size + "[1] " + "word " * size
        (found,) = extract(make(text, cited=(("[1]", ("1",)),)), vocabulary).statements
        assert found.quote == text[found.start : found.end]
        assert len(found.quote) < 5_000
        assert "[1]" in found.quote

    in_proportion(cut, 15_000)


def test_relation_by_person_group_and_registration(make, vocabulary: Vocabulary) -> None:
    citing = Metadata(
        authors=(Author("Wu", "Bo", orcid="0000-0000-0000-0001"), Author("The Sky Trial Group")),
        identifiers=Identifiers(nct=("NCT01234567",)),
    )
    references = (
        Reference("1", authors=(Author("Wu-Klein", "Bo", orcid="0000-0000-0000-0001"),)),
        Reference("2", authors=(Author("Sky Trial Group"),)),
        Reference("3", text="Brown B. Protocol. NCT01234567", authors=(Author("Brown", "B"),)),
        Reference("4", authors=(Author("Wu", "C"),)),
    )
    cited = tuple((f"[{n}]", (str(n),)) for n in range(1, 5))
    document = make(
        "As [1] in [2] and [3] or [4].", cited=cited, references=references, metadata=citing
    )
    found = [s.relation for s in extract(document, vocabulary).statements]
    assert found == ["self", "self", "self", "independent"]

"""Repeats across documents: exact, near and spun; the same by Python and by SQL; nothing quadratic."""  # noqa: E501

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import in_proportion

from probatum.engine.tables import write_table
from probatum.flow.ledger import Part
from probatum.flow.repeating import find_repeats
from probatum.model.document import Document, Metadata
from probatum.model.pack import Pack
from probatum.model.passage import Passage, PassageKey
from probatum.trust.appraise import appraise
from probatum.trust.passages import passages, repeats
from probatum.trust.twins import alike, candidates, keys

TRUE = (
    "The tincture lowered the intraocular pressure of forty rabbits within three hours of dosing. "
    "Nobody has yet looked at what happens to the lighthouse keepers of the northern islands. "
)
SPUN = (
    "The tincture brought down the intraocular pressure of forty rabbits inside three hours of "
    "dosing. Whole other things are told of the gardens and the rivers of the southern towns."
)


def _document(page, text: str, name: str, **options) -> Document:
    made = page(text, **options)
    return replace(made, id=name * 16, source=replace(made.source, name=f"{name}.txt"))


def test_a_paraphrase_names_the_published_source(page, pack: Pack) -> None:
    metadata = Metadata(title="The trial", year=2019)
    article = _document(page, TRUE, "b", kind="article", metadata=metadata)
    web = _document(page, SPUN, "a", metadata=Metadata(year=2001))
    (found,) = repeats([web, article], {})["a" * 16]
    assert (found.how, found.source, found.source_title) == ("spun", "b" * 16, "The trial")
    assert TRUE[found.source_start : found.source_end] == found.source_quote
    flags = appraise(web, pack, (), (found,)).flags
    (flag,) = [f for f in flags if f.kind == "near_duplicate"]
    assert "The trial" in flag.evidence
    assert flag.quote is not None
    assert flag.quote.startswith("The tincture brought")


def test_reports_of_one_work_repeat_nothing(page) -> None:
    two = [_document(page, TRUE, "a"), _document(page, TRUE, "b")]
    assert repeats(two, {"a" * 16: "w", "b" * 16: "w"}) == {}
    assert [r.how for r in repeats(two, {})["b" * 16]] == ["exact", "exact"]


def test_numbers_tell_two_findings_apart() -> None:
    left = "In all 40 of the 96 patients given the tincture were free of pain at 12 weeks."
    assert alike(left, left.replace("40", "44")) is None
    assert alike(left, left.replace("given", "who took")) is not None


def test_standing_sentences_of_research_are_no_copies() -> None:
    assert keys("All patients gave written informed consent before they entered the trial.") == ()


@settings(max_examples=40)
@given(st.lists(st.sampled_from(TRUE.split() + SPUN.split()), max_size=60))
def test_any_words_are_like_themselves(words: list[str]) -> None:
    text = " ".join(words)
    assert keys(text) == keys(text.upper())
    found = alike(text, text)
    assert found is not None
    assert found.resemblance == 1.0


def test_sql_and_python_propose_the_same(page, tmp_path: Path) -> None:
    texts = [TRUE, SPUN, TRUE + SPUN, "Something else stands here, and it is told only once."]
    documents = [_document(page, text, "abcd"[at]) for at, text in enumerate(texts)]
    marked, read = [], []
    for document in documents:
        found = list(passages(document))
        for part, tables in (
            (Part(tmp_path / f"m{document.id}"), {
                Passage: [p for p, _ in found],
                PassageKey: [PassageKey(key, p.id) for p, held in found for key in held],
            }),
            (Part(tmp_path / f"r{document.id}"), {Document: [document]}),
        ):  # fmt: skip
            part.folder.mkdir()
            for noun, rows in tables.items():
                write_table(part.table(noun), noun, rows)
            (marked if Passage in tables else read).append(part)
    by_sql = find_repeats(marked, read, ())
    by_python = repeats(documents, {})
    assert by_sql
    assert by_sql == [r for name in sorted(by_python) for r in by_python[name]]


def test_tens_of_thousands_of_sentences_that_share_words_take_linear_time() -> None:
    def proposed(size: int) -> None:
        rows = [(f"{at:06}", str(at), (-7, at // 3)) for at in range(size)]
        assert len(list(candidates(rows))) == size - 1

    in_proportion(proposed, 10_000)

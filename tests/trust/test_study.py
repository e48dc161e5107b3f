"""The design of a study and what its report says on each item, with its words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.model.document import Block, Document, Identifiers, Metadata
from probatum.model.pack import Pack
from probatum.model.source import SourceRef
from probatum.trust.appraise import appraise
from probatum.trust.design import design

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/trust/designs.toml").read_text(encoding="utf-8")
)["cases"]
REPORT = (
    "A randomised crossover trial of drug X. It was registered at NCT01234567. "
    "The randomisation list was computer-generated and kept in sealed envelopes. "
    "Raters who did not know the order asked 40 patients about pain. "
    "The washout lasted two weeks. Two patients were lost to follow-up."
)


def record(title: str, abstract: str, *types: str, nct: tuple[str, ...] = ()) -> Document:
    """Make a record of a title and an abstract."""
    text = f"{title}\n\n{abstract}"
    cut = len(title)
    blocks = [Block("title", 0, cut)]
    if abstract:
        blocks.append(Block("paragraph", cut + 2, len(text), (), "abstract"))
    metadata = Metadata(title=title, publication_types=types, identifiers=Identifiers(nct=nct))
    source = SourceRef("made.nbib", "0" * 64, 0, len(text))
    return Document("d" * 16, 0, "record", source, metadata, text, tuple(blocks))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_designs(case: dict[str, str]) -> None:
    document = record(case["title"], case["abstract"])
    found = design(document)
    assert (found.design if found else "") == case["design"], case["why"]
    if found:
        assert document.text[found.start : found.end] == found.quote


def test_the_type_of_a_record_comes_first_and_words_refine_it() -> None:
    typed = record("Drug X and gout", "It is reviewed here.", "Randomized Controlled Trial")
    assert (design(typed).design, design(typed).basis) == ("randomised", "publication type")
    fine = record("Drug X: a crossover trial", "", "Randomized Controlled Trial")
    assert design(fine).design == "randomised crossover"
    assert design(fine).quote == "crossover trial"


def test_pages_report_no_study(page) -> None:
    assert design(page("We randomly assigned sixty adults to drug X.")) is None


def test_signals_quote_and_absences_are_named(pack: Pack) -> None:
    document = record("Drug X or none", REPORT)
    study = appraise(document, pack).profile.study
    assert study is not None
    items = {(s.instrument, s.item): s for s in study.signals}
    assert items["reporting", "registration"].state == "present"
    assert items["reporting", "funding"].state == "absent"
    assert "sealed envelopes" in items["RoB 2", "randomisation"].places[0].quote
    assert "washout" in items["RoB 2", "period and carry-over"].places[0].quote
    places = [p for s in study.signals for p in s.places]
    assert all(document.text[p.start : p.end] == p.quote for p in places)


def test_items_are_those_of_the_design(pack: Pack) -> None:
    review = record("Pain: a systematic review", "Two reviewers independently screened 90 titles.")
    study = appraise(review, pack).profile.study
    assert study is not None
    named = [s.item for s in study.signals if s.instrument == "AMSTAR 2"]
    assert named == [str(n) for n in range(1, 17)]
    assert next(s for s in study.signals if s.item == "5").state == "present"
    parallel = appraise(record("A randomised trial", "Pain fell."), pack).profile.study
    assert parallel is not None
    assert "period and carry-over" not in [s.item for s in parallel.signals]
    editorial = appraise(record("Editorial", "It is so."), pack).profile.study
    assert editorial is not None
    assert editorial.signals == ()


def test_the_record_may_say_what_the_text_does_not(pack: Pack) -> None:
    document = record("A randomised trial", "Pain fell.", nct=("NCT09999999",))
    study = appraise(document, pack).profile.study
    assert study is not None
    (registered,) = [s for s in study.signals if s.item == "registration"]
    assert [p.quote for p in registered.places] == ["NCT09999999"]

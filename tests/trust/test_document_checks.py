"""Named absences, records, shops, spun documents and the profile."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.growth import in_proportion

from probatum.flow.packs import load_pack
from probatum.model.document import (
    Author,
    CitationItem,
    CitationPage,
    Identifiers,
    Metadata,
    Reference,
    Relation,
)
from probatum.model.pack import Pack
from probatum.model.work import Notice
from probatum.trust.appraise import appraise
from probatum.trust.checks import CHECKS

ABSENCES = ["missing_author", "missing_date", "missing_references", "missing_title", "missing_url"]
SPUN = (
    "The effects were Typically mild. A past heart assault was an mistake. circulatory strain "
    "fell in the fake treatment gathering. The clinical preliminary ended.eleven Others left.14 "
    "Then it was over, Although some stayed [38]. "
) * 2


def kinds(document, pack: Pack, notices=()) -> list[str]:
    return [flag.kind for flag in appraise(document, pack, notices).flags]


def test_absences_are_named_with_where_was_looked(page, pack: Pack) -> None:
    flags = appraise(page("A text without anything."), pack, ()).flags
    assert sorted(f.kind for f in flags if f.kind.startswith("missing_")) == ABSENCES
    assert all("look" in f.evidence for f in flags if f.kind.startswith("missing_"))


def test_nothing_is_missing_where_it_stands(page, pack: Pack) -> None:
    metadata = Metadata(
        title="A title", authors=(Author("Green"),), date="2024", year=2024, url="https://x.org"
    )
    document = page("A text.", metadata=metadata, references=(Reference("1"),))
    assert not [k for k in kinds(document, pack) if k.startswith("missing_")]
    assert not [k for k in kinds(page("A text.", kind="record"), pack) if k.startswith("missing_")]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("drug x price near me best", True), ("A trial of drug X in gout", False), (None, False)],
)
def test_keyword_title(title: str | None, expected: bool, page, pack: Pack) -> None:
    found = kinds(page("A text.", metadata=Metadata(title=title)), pack)
    assert ("keyword_title" in found) is expected


def test_title_that_promises_what_is_not_there(page, pack: Pack) -> None:
    metadata = Metadata(title="Drug X for asthma")
    body = "The weather of the town was fine and the people of the town were glad of it. " * 8
    assert "title_body_mismatch" in kinds(page(body, metadata=metadata), pack)
    assert "title_body_mismatch" not in kinds(page(body + " Asthma.", metadata=metadata), pack)


def test_shop(page, pack: Pack) -> None:
    text = "Order now with free shipping. Drug X costs $ 20."
    profile = appraise(page(text), pack, ()).profile
    assert "vendor_page" in kinds(page(text), pack)
    assert profile.interest == "serious"
    assert "vendor_page" not in kinds(page("Drug X is for sale in two shops."), pack)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("retraction", "retracted"),
        ("correction", "correction"),
        ("expression-of-concern", "expression_of_concern"),
    ],
)
def test_notice_in_the_base(kind: str, expected: str, page, pack: Pack) -> None:
    metadata = Metadata(identifiers=Identifiers(doi="10.5555/x", pmid="99000001"))
    document = page("A text.", kind="record", metadata=metadata)
    about = Notice(kind, "pmid:99000001", "other", "A notice")
    other = Notice(kind, "doi:10.5555/y", "other", None)
    assert expected in kinds(document, pack, (other, about))
    assert expected not in kinds(document, pack, (other,))


@pytest.mark.parametrize(
    "metadata",
    [
        Metadata(publication_types=("Retracted Publication",)),
        Metadata(title="RETRACTED: a trial"),
        Metadata(relations=(Relation("retracted-by", "pmid:1"),)),
    ],
)
def test_a_record_that_says_itself_that_it_was_retracted(metadata, page, pack: Pack) -> None:
    appraisal = appraise(page("A text.", kind="article", metadata=metadata), pack, ())
    assert "retracted" in [f.kind for f in appraisal.flags]
    assert appraisal.profile.integrity == "serious"


def test_fields_that_disagree(page, pack: Pack) -> None:
    wrong = page("A text.", metadata=Metadata(year=2019, date="2021-03"))
    assert "metadata_inconsistency" in kinds(wrong, pack)
    right = page("A text.", metadata=Metadata(year=2021, date="2021-03"))
    assert "metadata_inconsistency" not in kinds(right, pack)


def test_citation_page(page, pack: Pack) -> None:
    items = (
        CitationItem("One.", None, "mentioning", 0.61, 0, None, 0, 4),
        CitationItem("Two.", None, "mentioning", 0.99, 0, None, 5, 9),
    )
    document = replace(
        page("One. Two.", kind="citation-page"), citation_page=CitationPage(items=items)
    )
    found = kinds(document, pack)
    assert found.count("low_confidence_label") == 1
    assert "aggregator_page" in found


def test_omitted_harms(page, pack: Pack) -> None:
    text = "Drug X is a drug that is given to the people of the town and to others. " * 12
    assert "omitted_information" in kinds(page(text + "Drug X."), pack)
    assert "omitted_information" not in kinds(page(text + "It causes nausea."), pack)


OMITTED = tomllib.loads(
    (Path(__file__).parent.parent / "cases/trust/omitted.toml").read_text(encoding="utf-8")
)
OFFERS = [
    pytest.param(row["text"], told == "omitted", id=f"{told}, {row['note']}")
    for told, rows in OMITTED.items()
    for row in rows
]


@pytest.mark.parametrize(("text", "omitted"), OFFERS)
def test_what_an_offer_omits(text: str, omitted: bool, page) -> None:
    found = kinds(page(text), load_pack("ketamine"))
    assert ("omitted_information" in found) == omitted


def test_near_duplicate(page, pack: Pack) -> None:
    words = "the drug was given to each of the many people of this large town in spring"
    assert "near_duplicate" in kinds(page(f"Once {words}. Then {words}."), pack)


def test_spun_only_when_several_signs_concur(page, pack: Pack) -> None:
    spun = appraise(page(SPUN), pack, ())
    assert spun.profile.spun
    assert spun.profile.integrity == "serious"
    assert "machine_spun" in [f.kind for f in spun.flags]
    alone = appraise(page("It was an mistake. " * 40), pack, ())
    assert not alone.profile.spun
    assert alone.profile.spun_score <= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "Die Behandlung wurde von allen Patienten gut vertragen. " * 40,
        "0 1 2\n" * 5_000,
        "if (x) { y[1] = a &amp; b; }\n" * 2_000,
        "\u00e4" * 200_000,
        "word " * 100_000,
        "[1] " * 50_000,
    ],
)
def test_odd_texts_get_few_flags_at_costs_in_proportion(text: str, page, pack: Pack) -> None:
    def read(share: int) -> None:
        assert len(appraise(page(text[: share * len(text) // 4]), pack, ()).flags) < 200

    in_proportion(read, 1)


def test_another_language_is_not_assessed(page, pack: Pack) -> None:
    text = "Die Behandlung wurde von allen Patienten gut vertragen. " * 10
    profile = appraise(page(text), pack, ()).profile
    assert (profile.interest, profile.support) == ("not assessed", "not assessed")


def test_every_flag_has_rule_evidence_and_reference(page, pack: Pack) -> None:
    flags = appraise(page(SPUN + "Order now. Drug X is approved for asthma."), pack, ()).flags
    assert len({f.id for f in flags}) == len(flags)
    assert all(f.rule and f.evidence and f.reference and f.explanation for f in flags)


def test_the_table_loads() -> None:
    assert len({check.kind for check in CHECKS}) == len(CHECKS)
    assert all(callable(check.load()) for check in CHECKS)

"""Linking as a whole: order, decisions, relations, conflicts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.model.document import Author, Identifiers, Metadata, Relation
from probatum.model.work import Card, Decision
from probatum.works.block import LARGEST_BUCKET, block
from probatum.works.link import link
from probatum.works.normalise import normalise

ARTICLE = {
    "title": "Low dose of drug X for acute knee pain: a randomised trial",
    "authors": "Okafor, N; Lind, P",
    "year": 2016,
    "container": "European Journal of Invented Medicine",
    "volume": "12",
    "page": "101-109",
}


def decide(left: str, right: str, verdict: str, when: str = "2026-01-01") -> Decision:
    return Decision(left, right, verdict, "a reader", when, "looked at both")


TITLES = st.sampled_from(
    [
        None,
        "Editorial",
        ARTICLE["title"],
        "Erratum: " + ARTICLE["title"],
        "Low dose of drug X for acute knee pain",
        "Two years after: sleep and work of patients who had an injection",
    ]
)
METADATA = st.builds(
    Metadata,
    title=TITLES,
    authors=st.sampled_from([(), (Author("Okafor", "N"),), (Author("Lind"), Author("Okafor"))]),
    year=st.sampled_from([None, 2015, 2016, 2019]),
    identifiers=st.builds(
        Identifiers,
        doi=st.sampled_from([None, "10.1000/a", "10.1000/b"]),
        pmid=st.sampled_from([None, "1", "2"]),
        nct=st.sampled_from([(), ("NCT00000001",)]),
    ),
    volume=st.sampled_from([None, "1", "2"]),
    page=st.sampled_from([None, "1", "101-109", "400"]),
    relations=st.sampled_from([(), (Relation("retraction-of", "doi:10.1000/a"),)]),
)
CARDS = st.lists(METADATA, max_size=6).map(
    lambda metas: [Card(f"d{at}", "record", meta, "x.ris") for at, meta in enumerate(metas)]
)
DECISIONS = st.lists(
    st.builds(
        Decision,
        left=st.sampled_from(["d0", "d1", "d2", "gone"]),
        right=st.sampled_from(["d1", "d2", "d3"]),
        verdict=st.sampled_from(["same", "related", "different"]),
        who=st.just("a"),
        when=st.sampled_from(["2026-01-01", "2026-01-02"]),
        why=st.just("b"),
    ),
    max_size=4,
)


@settings(max_examples=60)
@given(CARDS, DECISIONS, st.randoms(use_true_random=False))
def test_order_of_cards_changes_nothing(cards, decisions, random):
    shuffled = list(cards)
    random.shuffle(shuffled)
    assert link(shuffled, decisions) == link(cards, decisions)


@settings(max_examples=60)
@given(CARDS, DECISIONS)
def test_every_document_is_in_one_work_and_every_link_has_two_ends(cards, decisions):
    linking = link(cards, decisions)
    placed = [document for work in linking.works for document in work.documents]
    assert sorted(placed) == sorted(card.document for card in cards)
    ids = [work.id for work in linking.works]
    assert ids == sorted(set(ids))
    ends = {(work.id, link.target) for work in linking.works for link in work.links}
    assert ends == {(right, left) for left, right in ends}
    pairs = [(pair.left, pair.right) for pair in linking.duplicates]
    assert pairs == sorted(set(pairs))
    assert all(pair.why for pair in linking.duplicates)
    work_of = {document: work.id for work in linking.works for document in work.documents}
    for pair in linking.duplicates:
        assert (work_of[pair.left] == work_of[pair.right]) == (pair.verdict == "same")


def test_a_person_says_same(card):
    cards = [card("a", ARTICLE), card("b", {"title": "Something else altogether, in brief"})]
    linking = link(cards, [decide("a", "b", "same")])
    assert len(linking.works) == 1
    assert linking.duplicates[0].why == ("decided by a reader on 2026-01-01: looked at both",)


@pytest.mark.parametrize("verdict", ["different", "related"])
def test_a_person_keeps_apart_even_through_a_third(card, verdict):
    cards = [card(name, ARTICLE) for name in "abc"]
    linking = link(cards, [decide("a", "b", verdict)])
    assert len(linking.works) == 2
    assert not any({"a", "b"} <= set(work.documents) for work in linking.works)


def test_the_latest_decision_holds(card):
    cards = [card(name, ARTICLE) for name in "ab"]
    early, late = decide("a", "b", "same"), decide("b", "a", "different", "2026-02-01")
    assert len(link(cards, [late, early]).works) == 2
    assert len(link(cards, [early, late]).works) == 2


def test_pmids_of_a_chain_keep_works_apart(card):
    cards = [
        card("a", {**ARTICLE, "pmid": "1"}),
        card("b", ARTICLE),
        card("c", {**ARTICLE, "pmid": "2"}),
    ]
    linking = link(cards)
    assert len(linking.works) == 2
    assert "review" in {pair.verdict for pair in linking.duplicates}


def test_a_notice_that_names_a_record_links_both(card):
    notice = {
        "title": "Notice by the editors of the journal on an invented article",
        "pmid": "77",
        "relations": [Relation("retraction-of", "doi:10.1000/a")],
    }
    linking = link([card("a", {**ARTICLE, "doi": "10.1000/a"}), card("n", notice)])
    kinds = {work.documents: [edge.kind for edge in work.links] for work in linking.works}
    assert kinds == {("a",): ["retracted-by"], ("n",): ["retracts"]}


def test_a_notice_is_never_the_work_it_is_about(card):
    notice = {**ARTICLE, "relations": [Relation("retraction-of", "pmid:5")], "pmid": "6"}
    linking = link([card("a", {**ARTICLE, "pmid": "5"}), card("n", notice)])
    assert len(linking.works) == 2


def test_conflicts_are_kept_with_their_documents(card):
    cards = [card("a", {**ARTICLE, "year": 2017}), card("b", ARTICLE), card("c", ARTICLE)]
    (work,) = link(cards).works
    assert work.year == 2016
    assert [(c.field, c.values) for c in work.conflicts] == [
        ("year", (("a", "2017"), ("b", "2016"), ("c", "2016")))
    ]


def test_works_that_share_a_doi_have_ids_of_their_own(card):
    linking = link(
        [
            card("a", {"title": "Memory of nurses on night duty", "doi": "10.1000/s"}),
            card("b", {"title": "Drug X lowers pressure in rats", "doi": "10.1000/s"}),
        ]
    )
    assert len({work.id for work in linking.works}) == 2


def test_the_id_of_a_work_stands_when_a_second_record_comes(card):
    first = card("b", {**ARTICLE, "doi": "10.1000/a"})
    alone = link([first]).works[0].id
    assert link([first, card("a", {**ARTICLE, "pmid": "1"})]).works[0].id == alone


def test_thousands_of_equal_titles_stay_cheap(card):
    cards = [card(f"d{at:05d}", {"title": "Editorial", "year": 2000}) for at in range(2000)]
    pairs = list(block([normalise(one) for one in cards]))
    assert len(pairs) <= 2000 * 12
    assert LARGEST_BUCKET < 2000
    assert len(link(cards).works) == 2000


def test_nothing_gives_nothing():
    linking = link([])
    assert (linking.works, linking.duplicates) == ((), ())


def test_one_document_twice_is_one(card):
    one = card("a", ARTICLE)
    assert len(link([one, replace(one)]).works) == 1

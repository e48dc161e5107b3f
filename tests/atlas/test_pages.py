"""Every page in every form; controls in the address; nothing of a document runs."""

from __future__ import annotations

import dataclasses
import itertools
import json
import runpy
from pathlib import Path

import pytest
from lxml import html as lxml_html

from probatum.atlas.labels import Labels
from probatum.atlas.links import Links
from probatum.atlas.page import Ask
from probatum.atlas.pages.check import where
from probatum.atlas.publish import Wanted, publish
from probatum.atlas.routes import ROUTES
from probatum.atlas.wording import MEANS
from probatum.errors import UsageError
from probatum.model.answer import Evidence

INVENTED = runpy.run_path(str(Path(__file__).with_name("invented.py")))
JUDGED = INVENTED["JUDGED"]
DOCUMENT, PAGE = "00aa00aa00aa00aa", "11bb11bb11bb11bb"
WORK, QUESTION = "doi:10.5555/root.1", "unrest-score-short"
BY_NAME = {route.name: route for route in ROUTES}
EVERY = [
    ("overview", ""), ("questions", ""), ("question", QUESTION), ("question", "unrest-dizziness"),
    ("question", "night-score"), ("documents", ""), ("document", DOCUMENT), ("document", PAGE),
    ("findings-index", ""), ("findings", "unrest"), ("networks", ""), ("network", QUESTION),
    ("works", ""), ("work", WORK), ("work", "w2"), ("duplicates", ""), ("search", ""),
    ("check", ""), ("reviews", ""), ("releases", ""), ("data", ""), ("methods", ""),
]  # fmt: skip


def judged(_):
    return JUDGED


def text_of(view, name, key="", form="html", table=None, editable=False, **query):
    route = BY_NAME[name]
    told = {k: v if isinstance(v, list) else [v] for k, v in query.items()}
    ask = Ask(view, Links(route.at(key)), key, told, editable, check=judged)
    return publish(route, ask, Wanted(form, table))


def tree_of(view, name, key="", **query):
    return lxml_html.fromstring(text_of(view, name, key, **query))


@pytest.mark.parametrize(("name", "key"), EVERY)
def test_a_page_is_whole(view, name, key):
    tree = tree_of(view, name, key)
    assert tree.get("lang") == "en"
    assert len(tree.findall(".//h1")) == 1
    assert len(tree.findall(".//main")) == 1
    assert tree.find(".//a[@class='skip']").get("href") == "#content"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for link in tree.findall(".//a"):
        if link.get("href", "").startswith("#"):
            assert link.get("href")[1:] in ids
    assert "never advises a dose" in tree.text_content()


@pytest.mark.parametrize(("name", "key"), EVERY)
def test_nothing_inline_and_nothing_from_outside(view, name, key):
    tree = tree_of(view, name, key)
    for element in tree.iter():
        if isinstance(element.tag, str):
            assert element.tag not in {"style", "iframe", "object", "embed", "img", "base"}
            assert not [a for a in element.attrib if a == "style" or a.startswith("on")]
            if element.tag == "script":
                assert element.get("src") == "/static/site.js"
            if element.tag == "link":
                assert element.get("href").startswith("/")
            if element.tag == "a":
                assert not element.get("href", "").lower().startswith(("javascript:", "data:"))


@pytest.mark.parametrize(("name", "key"), EVERY)
def test_a_page_has_json_beside_it_and_its_tables_as_csv(view, name, key):
    json.loads(text_of(view, name, key, "json"))
    route = BY_NAME[name]
    page = route.make(Ask(view, Links(route.at(key)), key))
    for table in page.tables:
        lines = text_of(view, name, key, "csv", table.name).splitlines()
        assert lines[0].count(",") == len(table.columns) - 1


def test_what_is_not_there_is_none(view):
    assert text_of(view, "question", "nope") is None
    assert text_of(view, "document", "nope") is None
    assert text_of(view, "work", "nope") is None
    assert text_of(view, "overview", form="csv", table="nope") is None
    assert text_of(view, "question", QUESTION, form="svg", table="nope") is None


@pytest.mark.parametrize(
    ("name", "key", "query"),
    [
        ("questions", "", {"certainty": "huge"}),
        ("question", QUESTION, {"without": "C99"}),
        ("question", QUESTION, {"flagged": "perhaps"}),
        ("documents", "", {"kind": "poem"}),
        ("documents", "", {"page": "0"}),
        ("documents", "", {"page": "\u0661"}),
        ("document", DOCUMENT, {"s": "5-1"}),
        ("document", DOCUMENT, {"s": "0-99999999999"}),
        ("work", WORK, {"stance": "angry"}),
        ("work", WORK, {"order": ["year", "relevance"]}),
        ("search", "", {"q": "x" * 501}),
        ("overview", "", {"route": "by post"}),
        ("overview", "", {"since": "soon"}),
        ("check", "", {"text": "x" * 2001}),
        ("check", "", {"text": ["a", "b"]}),
    ],
)
def test_a_malformed_control_is_a_usage_error(view, name, key, query):
    with pytest.raises(UsageError):
        text_of(view, name, key, **query)


def test_switches_recompute_under_a_banner(view):
    told = text_of(view, "question", QUESTION, flagged="in", without="C2")
    assert "Recomputed, not the published estimate" in told
    assert "\u22124.44" in told
    assert "Recomputed" not in text_of(view, "question", QUESTION)
    data = json.loads(text_of(view, "question", QUESTION, "json", without="C2"))
    assert data["estimate"] == -2.71
    assert data["recomputed"]["estimate"] == -4.44


def test_a_question_shows_what_is_printed_and_where(view):
    words = tree_of(view, "question", QUESTION).text_content()
    assert "whole document" in words
    assert "Table 2" in words
    assert "reversed in the source" in words
    assert "a percentage without arm sizes is shown, never pooled" in words
    assert "the interval does not hold the estimate" in words


def test_a_question_shows_robustness_series_risk_and_how_to_make_the_number_again(view):
    words = " ".join(tree_of(view, "question", QUESTION).text_content().split())
    assert "Not robust: the conclusion does not hold in 1 of 4 other analyses" in words
    assert "without outliers (Cedar)" in words
    assert "Bayes: not wanted" in words
    assert "Groups without a comparison" in words
    assert "there is no comparison group" in words
    assert "Ida, 2026" in words
    assert "probatum meta reproduce.csv --measure MD --method REML --test knha" in words
    lines = text_of(view, "question", QUESTION, "csv", "reproduce").splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "study",
        *(e.study for e in INVENTED["POOLED"].effects[:3]),
    ]
    words = " ".join(tree_of(view, "question", "unrest-dizziness").text_content().split())
    assert "60 people more of 1000." in words


def test_reviews_stand_beside_the_answer_and_trials_by_reviews(view):
    words = " ".join(tree_of(view, "question", QUESTION).text_content().split())
    assert "Gale 2020 finds a lower value with the treatment; this base does not exclude" in words
    assert "reached to 0.01" in words
    tree = tree_of(view, "reviews")
    rows = tree.findall(".//table[@class='grid']//tr")
    assert [[c.text_content().strip() for c in row] for row in rows] == [
        ["Trial", "Gale 2020"], ["Aster 2001", "\u25cfpooled"], ["Birch 2004", "not known"]
    ]  # fmt: skip
    assert "hiccups are not pooled here" in tree.text_content()


def test_releases_say_what_changed_against_which(view):
    words = " ".join(tree_of(view, "releases").text_content().split())
    assert "The current build As of2026-11-01" in words
    assert "Changed since first: 1 question" in words
    assert "first As of2026-10-01 Questions3" in words


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({}, 4),
        ({"since": "2013"}, 1),
        ({"since": "2001", "trust": "flagged"}, 1),
        ({"trust": "no-flags"}, 1),
        ({"trust": "contested"}, 1),
        ({"route": "oral"}, 2),
        ({"population": "adults", "design": "randomised"}, 2),
    ],
)
def test_the_map_is_narrowed_in_the_address_and_nothing_pooled_anew(view, query, left):
    told = json.loads(text_of(view, "overview", form="json", **query))
    assert len(told["answers"]) == left
    assert all(a["estimate"] in {-2.71, 2.0, None} for a in told["answers"])
    assert ("no number is pooled anew" in text_of(view, "overview", **query)) == bool(query)


def test_contested_and_flagged_cells_say_so_in_words_and_drawing(view):
    tree = tree_of(view, "overview")
    cell = tree.find(".//td/a[@title]")
    assert "contested; some sources are flagged" in cell.get("title")
    assert cell.find(".//circle[@class='ring']") is not None
    assert cell.find(".//path[@class='corner']") is not None


def test_one_study_is_never_called_pooled(view):
    words = tree_of(view, "question", "unrest-dizziness").text_content()
    assert "Effect, one study" in words
    assert "Pooled" not in words


def test_facets_narrow_the_statements_of_a_work(view):
    assert text_of(view, "work", WORK, stance="supporting").count("<blockquote>") == 1
    assert text_of(view, "work", WORK, own="relayed", q="ASTER").count("<blockquote>") == 1
    assert text_of(view, "work", WORK).count("<blockquote>") == 3
    data = json.loads(text_of(view, "work", WORK, "json"))
    assert [(t["stance"], t["broad"], t["strict"]) for t in data["tallies"]] == [
        ("supporting", 1, 1), ("mentioning", 0, 1), ("contrasting", 1, 0)
    ]  # fmt: skip


def test_the_notice_stands_before_everything_else_about_a_work(view):
    told = text_of(view, "work", WORK)
    assert told.index("retracted by") < told.index("Reports of it")
    assert "Identity not confirmed" in text_of(view, "work", "w2")


def test_marks_and_notes_lead_to_each_other(view):
    tree = tree_of(view, "document", DOCUMENT)
    ids = {element.get("id") for element in tree.iter()}
    notes = tree.findall(".//li[@class]")
    backs = [a.get("href") for note in notes for a in note.findall("a[@class='back']")]
    assert len(backs) == 5
    assert all(back[1:] in ids for back in backs)
    for link in (a for a in tree.iter("a") if (a.get("class") or "").startswith("ref")):
        assert link.get("href")[1:] in ids


def test_a_place_asked_for_is_marked_even_where_nothing_was_found(view):
    assert 'class="m asked ' in text_of(view, "document", DOCUMENT, s="3-9")
    assert 'id="s=3-9"' in text_of(view, "document", DOCUMENT, s="3-9")


def test_kinds_of_marks_can_be_hidden(view):
    told = text_of(view, "document", DOCUMENT, show=["claim"])
    assert 'class="m claim' in told
    assert "Concern: overclaim" not in told


def test_a_table_of_a_document_is_a_table(view):
    rows = tree_of(view, "document", DOCUMENT).findall(".//table[@class='source']//tr")
    assert [[cell.text_content().strip() for cell in row] for row in rows] == [
        ["Arm", "Mean"], ["root 12", ".1"]
    ]  # fmt: skip


def test_forms_that_write_are_there_only_when_editing(view):
    assert "<form" not in text_of(view, "duplicates")
    assert text_of(view, "duplicates", editable=True).count('method="post"') == 2


def test_a_check_shows_verdict_reason_evidence_and_a_faithful_sentence(view):
    tree = tree_of(view, "check", text="Calmroot cures all unrest.")
    words = " ".join(tree.text_content().split())
    assert "overstated: 'cures' is stronger than any certainty of evidence" in words
    assert "What the base itself would say: The evidence is very uncertain" in words
    assert "Evidence for it" in words
    assert "Evidence against it" in words
    assert "overclaim" in words
    links = [a.get("href") for a in tree.findall(".//ul[@class='evidence']//a")]
    assert links == ["/questions/unrest-score-short", "https://doi.org/10.5555/root.1",
                     "/questions#K2"]  # fmt: skip
    assert not tree.findall(".//main//img")
    told = json.loads(text_of(view, "check", form="json", text="Calmroot cures all unrest."))
    assert [verdict["verdict"] for verdict in told] == ["overstated", "not_checkable"]
    assert told[0]["evidence"][0]["for"] is True


def test_a_document_of_the_base_is_checked_by_its_id(view):
    name = view.documents()[0].id
    assert view.document(name).text[:20] in text_of(view, "check", document=name)
    with pytest.raises(UsageError, match="not in this base"):
        text_of(view, "check", document="none")


def test_a_line_break_is_one_character_as_the_offsets_count(view):
    heard = []
    route = BY_NAME["check"]
    ask = Ask(view, Links("/check"), sent="a\r\nb\rc", check=lambda text: heard.append(text) or ())
    publish(route, ask, Wanted())
    assert heard == ["a\nb\nc"]


def test_a_hit_leads_to_its_place(view):
    links = [a.get("href") for a in tree_of(view, "search", q="calm").findall(".//li/a")]
    assert links == [
        "/questions/unrest-score-short",
        "/works/doi~3A10.5555~2Froot.1",
        "/documents/00aa00aa00aa00aa?s=21-60#s=21-60",
    ]


@pytest.mark.parametrize(("name", "key"), EVERY)
def test_landmarks_headings_tables_and_controls_have_names(view, name, key):
    tree = tree_of(view, name, key, editable=True)
    levels = [int(e.tag[1]) for e in tree.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for table in tree.iter("table"):
        assert table.findall(".//th")
    for control in tree.iter("input", "select"):
        if control.get("type") != "hidden":
            assert next(control.iterancestors("label"), None) is not None
    for region in tree.xpath("//*[@tabindex='0']"):
        assert region.get("aria-label") or region.get("aria-labelledby")
    for figure in tree.iter("svg"):
        named = figure.get("role") == "img" and figure.get("aria-label")
        assert named or figure.get("aria-hidden") == "true"
    for link in tree.iter("a"):
        assert link.text_content().strip() or link.get("aria-label")


def test_claims_that_say_the_same_stand_together_with_what_they_say(view):
    told = " ".join(tree_of(view, "question", QUESTION).text_content().split())
    assert "improves" in told[told.index("Claims made in documents") :]
    assert "1 source" in told
    shape = json.loads(text_of(view, "question", QUESTION, form="json"))
    assert shape["claim_groups"] == [{"works": 1, "claims": ["c1"]}]


def test_every_pair_of_a_network_shows_its_certainty_and_why(view):
    tree = tree_of(view, "network", "unrest-score-short")
    rows = tree.xpath("//table[contains(@class, 'graded')]/tbody/tr")
    told = [" ".join(" ".join(row.itertext()).split()) for row in rows]
    assert len(told) == 3
    assert "very low Set by a person" in told[0]
    assert "low by way of placebo" in told[0]
    assert "imprecision \u22122" in told[0]
    assert "risk of bias \u22121; imprecision \u22122" in told[2]
    league = tree.xpath("//table[contains(@class, 'league')]//td[not(@class='same')]")
    assert all(cell.xpath(".//span[@class='certainty']") for cell in league)


def test_reasons_of_a_summary_are_grouped_by_domain(view):
    tree = tree_of(view, "findings", "unrest")
    section = tree.xpath("//section[@aria-labelledby='reasons']")[0]
    heads = [head.text_content() for head in section.xpath(".//h3")]
    assert len(heads) == len({head.partition(":")[0] for head in heads}) > 0
    assert len(section.xpath("./details")) == len(heads)


def test_a_record_of_evidence_leads_to_the_row_that_it_is(view):
    ask = Ask(view, Links("/check"))
    for one in view.pack.assignments:
        told = where(ask, Evidence("record", one.row_id, "q", "s", None, True))
        if view.answer(one.question) is not None:
            assert told is not None
            assert told.endswith(f"#row-{one.row_id}")
    assert where(ask, Evidence("record", "none", "q", "s", None, True)) is None


class AllTrials:
    """The invented base, with every document taken for a report of a trial."""

    def __init__(self, view):
        self._view = view

    def __getattr__(self, name):
        return getattr(self._view, name)

    def documents(self):
        return [dataclasses.replace(one, design="randomised") for one in self._view.documents()]


def test_the_list_of_bias_names_a_work_by_its_title(view):
    cells = tree_of(AllTrials(view), "bias").findall(".//tbody/tr/td[2]")
    told = {cell.text_content().strip() for cell in cells}
    titles = {work.id: work.title for work in view.works() if work.title}
    assert told & set(titles.values())
    assert not told & set(titles)


def test_every_page_leads_to_the_words_and_the_words_name_what_pages_say(view):
    for name, key in EVERY:
        assert tree_of(view, name, key).xpath("//footer//a[contains(@href, 'methods#words')]"), (
            name
        )
    told = tree_of(view, "methods").xpath("//h2[@id='words']/..")[0].text_content()
    for word in ("MD", "SMD", "RR", "95% interval", "I\u00b2", "gap", "contested", "flag", "row"):
        assert word in told


def test_the_overview_asks_what_a_reader_looks_for_and_tells_effects_in_full(view):
    tree = tree_of(view, "overview")
    form = tree.xpath("//form[@role='search']")[0]
    assert form.get("action").endswith("search")
    assert form.xpath(".//input[@name='q']/ancestor::label")


def test_a_scale_is_told_in_full_with_its_range(view):
    vocabulary = dataclasses.replace(
        view.pack.vocabulary,
        scales=(dataclasses.replace(view.pack.vocabulary.scales[0], label="US",
                                    synonyms=("US-40", "Unrest Scale of Nobody")),),
    )  # fmt: skip
    labels = Labels(dataclasses.replace(view.pack, vocabulary=vocabulary))
    assert labels.scale_in_full("us") == "US (Unrest Scale of Nobody), 0 to 40"
    assert labels.scale_in_full("none such") == "none such"
    facts = tree_of(view, "question", QUESTION).xpath("//dl[@class='facts']")[0].text_content()
    assert "MD, Unrest Scale" in facts
    figure = text_of(view, "question", QUESTION, form="svg", table="forest")
    assert "mean difference, Unrest Scale" in figure


def test_certainty_says_what_it_means_and_how_a_person_sets_another(view):
    part = tree_of(view, "question", QUESTION).xpath("//h2[@id='certainty']/..")[0].text_content()
    assert MEANS["very low"] in part
    assert "question,level,who,when,why" in part
    assert f"{QUESTION},low,A. Reviewer" in part


def test_questions_without_any_estimate_are_a_list_and_not_a_table_of_dashes(view):
    cell = tree_of(view, "questions").xpath("//div[@class='cell'][h3='Mechanism']")[0]
    assert not cell.xpath(".//table")
    assert "no estimate" in cell.text_content()

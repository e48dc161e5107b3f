"""A claim's quotation with its parts marked."""

from __future__ import annotations

import csv
import io
import re
import runpy
from html import unescape
from pathlib import Path

from probatum.atlas.claim_parts import COLUMNS, claim_table, elsewhere, places, quoted
from probatum.atlas.exports.annotations import annotation_page
from probatum.atlas.links import Links
from probatum.atlas.page import Ask
from probatum.atlas.publish import Wanted, publish
from probatum.atlas.render import as_csv
from probatum.atlas.routes import ROUTES
from probatum.model.claim import Claim, Extraction, Part

INVENTED = runpy.run_path(str(Path(__file__).with_name("invented.py")))
CLAIM, DOCUMENT, DOCUMENT_ID, NASTY, TEXT = (
    INVENTED[name] for name in ("CLAIM", "DOCUMENT", "DOCUMENT_ID", "NASTY", "TEXT")
)


def test_every_part_is_underlined_and_named_without_colour_and_the_words_stay() -> None:
    drawn = quoted(CLAIM)
    assert drawn.striptags() == CLAIM.quote
    assert '<span class="part intervention" data-of="drug">Calmroot</span>' in drawn
    assert 'data-of="says">lowered</span>' in drawn
    assert (
        '<span class="part condition outcome" data-of="condition, outcome">unrest</span>' in drawn
    )


def test_a_part_inside_another_is_named_where_it_ends() -> None:
    claim = Claim(
        "c", "d", 5, 21, "did not cut pain", "x", "pain", None, None, "improves", negated=True,
        parts=(Part("scope", 5, 21), Part("negated", 9, 12), Part("direction", 13, 16)),
    )  # fmt: skip
    drawn = quoted(claim)
    assert drawn.striptags() == claim.quote
    assert re.findall('data-of="([^"]+)"', drawn) == ["not", "says", "denied"]


def test_hostile_words_are_text() -> None:
    claim = Claim("c", "d", 0, len(NASTY), NASTY, "x", None, None, None, "treats",
                  parts=(Part("intervention", 0, 20),))  # fmt: skip
    drawn = quoted(claim)
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert unescape(re.sub(r"</?span[^>]*>", "", drawn)) == NASTY


def test_parts_from_elsewhere_lead_to_their_place_or_say_where_they_are() -> None:
    told = [(one.label, one.where, one.start) for one in elsewhere(CLAIM)]
    assert told == [("dose", "in the title", 0), ("who", "in the title", None)]


def test_the_table_has_every_field_and_the_place_of_every_part() -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv(claim_table([CLAIM]))))
    assert list(row) == list(COLUMNS)
    assert (row["population"], row["dose"]) == ("children", "20 mg")
    found = re.findall(r"(\w+) (\d+)-(\d+)", row["parts"])
    assert ("intervention", "Calmroot") in [(n, TEXT[int(a) : int(b)]) for n, a, b in found]
    assert "population (title)" in row["parts"]
    assert places(CLAIM) == row["parts"]


def test_annotations_select_each_part_and_name_the_claim_it_is_of() -> None:
    page = annotation_page(DOCUMENT, None, Extraction(DOCUMENT_ID, (), (CLAIM,)))
    whole, *parts = page["items"]
    assert {part["partOf"] for part in parts} == {whole["id"]}
    told = {p["body"][0]["value"]: p["target"]["selector"][0]["exact"] for p in parts}
    assert told["outcome: unrest-score"] == "unrest"
    assert told["intervention: calmroot"] == "Calmroot"
    assert len({item["id"] for item in page["items"]}) == len(page["items"]) == 6
    for part in parts:
        exact, position = part["target"]["selector"]
        assert TEXT[position["start"] : position["end"]] == exact["exact"]


def test_pages_draw_the_parts_and_offer_the_table(view) -> None:
    for name, key in (("question", "unrest-score-short"), ("document", DOCUMENT_ID)):
        route = next(route for route in ROUTES if route.name == name)
        ask = Ask(view, Links(route.at(key)), key)
        drawn = publish(route, ask, Wanted("html", None))
        assert 'data-of="drug">Calmroot</span>' in drawn
        assert 'data-of="says">lowered</span>' in drawn
        assert "who: in the title" in drawn
        table = publish(route, ask, Wanted("csv", "claims"))
        assert "intervention " in table
        assert "population (title)" in table

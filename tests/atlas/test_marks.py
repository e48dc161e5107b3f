"""Marks may overlap in every way; the text under them never changes."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from probatum.atlas.marks import Mark, cut, of_document, places
from probatum.atlas.pieces import parts, pieces, show
from probatum.model.claim import Arm, Extraction, PrintedTest, Result
from probatum.model.document import Block, Document, Metadata
from probatum.model.source import SourceRef
from probatum.model.study import Place, Signal, Study

KINDS = st.sampled_from(["flag", "statement", "claim", "result"])
TEXTS = st.text(alphabet="ab <&>\"'\n\u00e9\U0001f600", max_size=60)


@st.composite
def marked_texts(draw):
    text = draw(TEXTS)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), KINDS)
    marks = [
        Mark(f"m{i}", kind, "note", min(a, b), max(a, b), "t")
        for i, (a, b, kind) in enumerate(draw(st.lists(spans, max_size=8)))
        if a != b
    ]
    return text, sorted(marks, key=lambda mark: (mark.start, mark.end))


@given(marked_texts())
def test_segments_tile_the_text_and_carry_the_marks_that_cover_them(given_):
    text, marks = given_
    segments = cut(text, 0, len(text), marks)
    assert "".join(segment.text for segment in segments) == text
    for segment in segments:
        covering = {m.id for m in marks if m.start <= segment.start and segment.end <= m.end}
        assert {mark.id for mark in segment.marks} == covering
    opened = [mark.id for segment in segments for mark in segment.opens]
    closed = [mark.id for segment in segments for mark in segment.closes]
    assert sorted(opened) == sorted(closed) == sorted(mark.id for mark in marks)


def document(text: str, blocks: tuple[Block, ...]) -> Document:
    return Document("d", 0, "article", SourceRef("s", "0", 0, 1), Metadata(), text, blocks)


def words_of(markup: str) -> str:
    without = re.sub(r'<a class="ref[^>]*>\d+</a>', "", markup)
    return html.unescape(re.sub(r"<[^>]*>", "", without))


@given(marked_texts(), st.lists(st.integers(0, 60), max_size=6), st.integers(1, 30))
def test_a_page_shows_every_character_once_whatever_the_blocks(given_, edges, size):
    text, marks = given_
    edges = sorted({min(edge, len(text)) for edge in edges})
    blocks = tuple(Block("paragraph", a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    made = document(text, blocks)
    drawn, notes = "", []
    for part in parts(pieces(made), size):
        if part:
            here = [m for m in marks if m.start < part[-1].end and m.end > part[0].start]
            shown = show(made, part, here)
            drawn += "".join(words_of(str(s.text)) for s in shown)
            notes += [mark.id for s in shown for _, mark in s.notes]
    assert drawn == text
    assert sorted(notes) == sorted(mark.id for mark in marks)


def test_one_endless_line_is_cut_at_white_space():
    made = document("word " * 50_000, ())
    tiled = pieces(made)
    assert max(piece.end - piece.start for piece in tiled) <= 40_000
    assert all(made.text[piece.end - 1] == " " for piece in tiled)
    assert len(parts(tiled)) == 3


def test_the_same_place_has_one_fragment():
    marks = [Mark("a", "claim", "", 0, 4, "t"), Mark("b", "flag", "note", 0, 4, "t")]
    made = document("text", ())
    assert str(show(made, pieces(made), marks)[0].text).count('id="s=0-4"') == 1


def test_the_note_of_a_result_says_what_is_printed_of_each_arm():
    arms = (
        Arm("X", 20, 5.0, percent=25.0),
        Arm("Y", 25, median=3.0, low=2.0, high=5.0, interval="iqr"),
    )
    test = PrintedTest("t", 28.0, None, 2.2)
    result = Result("r", "d", 0, 1, "q", arms=arms, p="0.02", test=test, label="Nausea")
    (mark,) = of_document(Extraction("d", results=(result,)), None)
    assert mark.notes == (
        "Nausea \u00b7 t(28) = 2.2, p = 0.02",
        "X: 5 of 20, 25 %",
        "Y: median 3, IQR 2 to 5, n 25",
    )


def test_a_place_is_led_to_and_neither_drawn_nor_numbered():
    study = Study(
        "randomised", "text", 3, 9, "quoted", (Signal("RoB 2", "d", "?", (Place("q"),)),)
    )
    text = "An invented sentence."
    source = SourceRef("a.txt", "0" * 64, 0, len(text))
    blocks = (Block("paragraph", 0, len(text)),)
    document = Document("d", 0, "web-page", source, Metadata(), text, blocks)
    mark = Mark("c", "claim", "", 0, 11, "Claim")
    (shown,) = show(document, pieces(document), [mark], places(study))
    assert 'id="s=3-9"' in shown.text
    assert [number for number, _ in shown.notes] == [1]
    assert shown.text.count('class="ref') == 1
    assert places(None) == []

"""An answer in a notebook: whole, escaped, with its figure."""

from __future__ import annotations

import dataclasses

from lxml import html as lxml_html

from probatum.flow.notebook import Answered


def test_an_answer_shows_sentence_numbers_and_figure(view):
    shown = Answered(view.answer("unrest-score-short"), view.pack)
    assert str(shown).startswith("The evidence is very uncertain")
    assert repr(shown).startswith("Unrest: score")
    tree = lxml_html.fromstring(shown._repr_html_())
    told = {row[0].text_content(): row[1].text_content() for row in tree.iter("tr")}
    assert told["Effect"] == "MD \u22122.71 (\u22127.35 to 1.93)"
    assert told["Certainty"] == "very low, 1 of 4"
    assert told["Robustness"].endswith("in 1 of 4 other analyses.")
    (figure,) = tree.iter("svg")
    assert figure.get("width") == "100%"  # the place of a notebook's output is narrower than it
    assert figure.get("height") is None
    assert all("text-align:left" in cell.get("style") for cell in tree.iter("td", "th"))


def test_words_of_a_pack_are_escaped(view, invented):
    answer = dataclasses.replace(view.answer("night-score"), sentence=invented["NASTY"])
    told = Answered(answer, view.pack)._repr_html_()
    assert "<script" not in told
    assert "<svg" not in told

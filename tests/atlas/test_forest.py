"""The forest plot: sound XML, in its frame, and readable as a golden file."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from probatum.atlas.figures.forest import LEFT, RIGHT, WIDTH, forest
from probatum.model.effect import Effect, Pooled

GOLDEN = Path(__file__).parent.parent / "golden" / "atlas" / "forest.svg"


def pooled_of(values, measure="MD", estimate=None):
    effects = tuple(
        Effect(f"r{i}", f"S{i}", f"S{i}", measure, v, 1.0, v, low, high, 10.0, 50.0)
        for i, (low, v, high) in enumerate(values)
    )
    told = estimate or (None, None, None)
    return Pooled(
        "q", measure, "REML", len(values), 20.0, True, told[1], told[0], told[2], None, None,
        None, None, None, None, effects, (), (),
    )  # fmt: skip


def test_the_figure_is_as_it_was(invented):
    drawn = str(forest(invented["POOLED"], "Unrest", ("favours calmroot", "favours placebo")))
    pretty = etree.tostring(etree.fromstring(drawn), pretty_print=True).decode()
    assert pretty == GOLDEN.read_text(encoding="utf-8")


def test_it_says_in_words_what_it_shows(invented):
    root = etree.fromstring(str(forest(invented["POOLED"], "Unrest")))
    told = root.findtext("{*}desc")
    assert root.findtext("{*}title") == "Unrest"
    assert "\u22122.71" in told
    assert "prediction interval" in told


def test_a_cut_name_tells_its_whole_words(invented):
    name = "A trial with a very long name (calmroot, 84 mg)"
    effect = dataclasses.replace(invented["POOLED"].effects[0], label=name)
    made = dataclasses.replace(invented["POOLED"], effects=(effect,))
    root = etree.fromstring(str(forest(made, "Unrest")))
    told = [e for e in root.iter("{*}text") if e.find("{*}title") is not None]
    assert [e.findtext("{*}title") for e in told] == [name]
    assert told[0].find("{*}title").tail == "A trial with a very\u2026root, 84 mg)"


@pytest.mark.parametrize("scheme", ["style", "onload"])
def test_names_are_escaped_and_no_style_or_script_is_inline(invented, scheme):
    effect = dataclasses.replace(invented["POOLED"].effects[0], label=invented["NASTY"])
    made = dataclasses.replace(invented["POOLED"], effects=(effect,))
    root = etree.fromstring(str(forest(made, invented["NASTY"])))
    assert not [e for e in root.iter() if scheme in e.attrib or etree.QName(e).localname == scheme]
    assert not root.findall(".//{*}script")


TRIPLES = st.lists(
    st.tuples(*[st.floats(1e-6, 1e6)] * 3).map(sorted).map(tuple), min_size=1, max_size=6
)


@settings(max_examples=60)
@given(TRIPLES, st.sampled_from(["MD", "RR"]), st.booleans())
def test_nothing_leaves_the_frame(values, measure, negative):
    if negative and measure == "MD":
        values = [(-high, -v, -low) for low, v, high in values]
    root = etree.fromstring(str(forest(pooled_of(values, measure, values[0]), "t")))
    for element in root.iter("{*}line"):
        for name in ("x1", "x2"):
            assert 0 <= float(element.get(name)) <= WIDTH
    for element in root.findall(".//{*}rect")[1:]:
        middle = float(element.get("x")) + float(element.get("width")) / 2
        assert LEFT - 0.1 <= middle <= RIGHT + 0.1
        assert math.isfinite(middle)


def test_without_effects_there_is_no_figure(invented):
    assert not forest(invented["empty"]("q"), "t")

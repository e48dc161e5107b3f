"""Addresses survive any id, served and as files."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from probatum.atlas.links import Links, at, filename, key_of

SAFE = set(string.ascii_letters + string.digits + "._-~")
KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@given(KEYS)
def test_a_key_comes_back_from_its_address(key):
    path = at("works", key)
    segment = path.removeprefix("/works/")
    assert set(segment) <= SAFE
    assert not segment.startswith(".")
    assert not segment.endswith((".json", ".csv", ".svg"))
    assert key_of(segment) == key


@given(KEYS, KEYS)
def test_two_keys_never_share_a_file(one, two):
    assert (filename(at("works", one)) == filename(at("works", two))) == (one == two)


def test_a_folder_has_relative_addresses_without_queries():
    links = Links(at("questions", "q/1"), static=True)
    assert links.to("/") == "../index.html"
    assert links.thing("questions", "q2") == "q2.html"
    assert links.to("/questions", {"certainty": "low"}) == "../questions.html"
    assert links.span("d", 3, 9) == "../documents/d.html#s=3-9"
    assert links.hit("statement", "d#s=3-9") == "../documents/d.html#s=3-9"
    assert Links("/", static=True).to("/static/site.css") == "static/site.css"

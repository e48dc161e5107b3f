"""Which of the terms of a sentence a relation speaks of."""

from __future__ import annotations

import pytest

from probatum.claims.relations import relations
from probatum.claims.themes import spots, themes
from probatum.text.concepts import Concept

TERMS = ("pain", "sleep", "nausea", "fatigue")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It reduced pain and nausea.", ["pain", "nausea"]),
        ("Pain and nausea were reduced by it.", ["pain", "nausea"]),
        ("Pain was lower than before, and sleep better.", ["pain", "sleep"]),
        ("It brought lower pain.", ["pain"]),
        ("It brought an improvement in sleep.", ["sleep"]),
        ("Pain, sleep, and nausea improved.", ["pain", "sleep", "nausea"]),
        ("It reduced pain and increased nausea.", ["pain", "nausea"]),
        ("It reduced the dose that pain demands.", []),
        ("There was no difference in pain or sleep.", ["pain", "sleep"]),
        ("It had no effect on weight; pain was measured.", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_things_spoken_of(text: str, expected: list[str]) -> None:
    small = text.lower()
    found = [
        Concept(small.index(term), small.index(term) + len(term), "outcome", term)
        for term in TERMS
        if term in small
    ]
    known = spots(found, text)
    read = relations(text, [(one.start, one.end) for one in found])
    firsts = [one.first for one in read]
    told = [spot for one in read for spot in themes(one, text, known, firsts)]
    assert [small[spot.start : spot.end] for spot in told] == expected

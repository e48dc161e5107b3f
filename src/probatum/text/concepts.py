"""The vocabulary's concepts in one sentence, and which of them stands nearest to a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from probatum.text.terms import Matcher


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept where it stands: code points [start, end) of the sentence, kind and id."""

    start: int
    end: int
    kind: str
    id: str


def concepts(words: Matcher, text: str) -> list[Concept]:
    """Find the concepts of a sentence, left to right; one place may hold several kinds."""
    return [
        Concept(match.start, match.end, kind, name)
        for match in words.find(text)
        for kind, name in match.terms
    ]


def nearest(
    found: list[Concept], kinds: tuple[str, ...], at: int, within: tuple[int, int] | None = None
) -> Concept | None:
    """Give the concept of these kinds that stands nearest to a place; what follows comes first.

    >>> here = [Concept(0, 4, "harm", "a"), Concept(20, 24, "harm", "b")]
    >>> nearest(here, ("harm",), 10).id
    'b'
    """
    low, high = within or (0, 1 << 60)
    inside = [c for c in found if c.kind in kinds and low <= c.start < high]
    # What stands before costs double: English puts the object after the verb.
    return min(
        inside,
        key=lambda c: (
            c.start - at if c.start >= at else 2 * (at - c.end) + 1,
            kinds.index(c.kind),
        ),
        default=None,
    )


_HAVING = re.compile(
    r"\b(?:with|having|suffering from|diagnosed with)\s(?:\w+[\s-]){0,2}$", re.IGNORECASE
)


def population(found: list[Concept], text: str) -> Concept | None:
    """Give the condition of the people a sentence is about: "adults with X".

    >>> population([Concept(22, 26, "indication", "pain")], "Scores of people with pain fell").id
    'pain'
    """
    for concept in found:
        before = text[max(0, concept.start - 40) : concept.start]
        if concept.kind == "indication" and _HAVING.search(before):
            return concept
    return None

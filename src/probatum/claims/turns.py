"""What turns the direction of a claim: a property of the outcome; and what is measured of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.text.concepts import Concept
from probatum.text.terms import Matcher

# "Pain threshold" is of pain, and more of it is less pain.
_GOOD_PROPERTY = re.compile(
    r"[\s-](?:thresholds?|tolerance|relief|control|suppression|reduction)\b", re.IGNORECASE
)
_MEASURED = re.compile(
    r"(?P<last>[\w-]+)(?P<tail>\s(?:scores?|intensity|severity|ratings?))\b", re.IGNORECASE
)
_OPPOSITE = {
    "improves": "worsens", "worsens": "improves", "increases": "decreases",
    "decreases": "increases",
}  # fmt: skip


def turned(direction: str) -> str:
    """Give the opposite of a direction that has one.

    >>> turned("improves"), turned("treats")
    ('worsens', 'treats')
    """
    return _OPPOSITE.get(direction, direction)


def of_property(text: str, thing: Concept) -> bool:
    """Whether a sentence tells of a property of an outcome of which more is better.

    >>> of_property("The pain threshold rose", Concept(4, 8, "outcome", "pain"))
    True
    """
    return thing.kind == "outcome" and bool(
        _GOOD_PROPERTY.match(text, thing.end) and not _GOOD_PROPERTY.search(thing.id)
    )


def measured(found: Sequence[Concept], text: str, words: Matcher) -> list[Concept]:
    """Add what is measured of a condition: the "pain scores" of "postoperative pain scores"."""
    made = list(found)
    for concept in found:
        if concept.kind != "indication":
            continue
        start = text.rfind(" ", concept.start, concept.end) + 1 or concept.start
        tail = _MEASURED.match(text, start)
        if tail is None or tail.end("last") != concept.end:
            continue
        for match in words.find(tail.group()):
            made += [
                Concept(start + match.start, start + match.end, kind, name)
                for kind, name in match.terms
                if kind in ("outcome", "scale") and match.end == len(tail.group())
            ]
    return sorted(set(made), key=lambda one: (one.start, one.end, one.kind, one.id))

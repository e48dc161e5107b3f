"""Items of a list whose heading, or whose lead-in, names the relation: "Contraindications"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from probatum.claims.passages import Passage
from probatum.text.concepts import Concept

_LONGEST = 200
_CLAUSE = re.compile(r"\s(?:that|who|which|whose)\s.*$", re.DOTALL)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|can|could|will|should|must|did|does|do|you|we|your)\b",
    re.IGNORECASE,
)
# The first that fits counts, so that contraindications are not indications.
_HEADS = tuple(
    (direction, kinds, re.compile(pattern, re.IGNORECASE))
    for direction, kinds, pattern in (
        (
            "contraindicated",
            ("indication", "harm"),
            r"contra-?indicat|\bwho (?:should|must|can)(?:n['\u2019]t|not| not)\b"
            r"|\bnot (?:suitable|recommended|right|safe) for\b"
            r"|\b(?:should|do) not (?:be used|take|use|be given)\b"
            r"|\bwhen (?:not to|to avoid)\b|\bavoid(?:ed)?\b",
        ),
        ("interacts", ("comparator",), r"\binteract"),
        (
            "causes",
            ("harm",),
            r"\b(?:side|adverse|unwanted|undesirable) (?:effects?|events?|reactions?)\b"
            r"|\b(?:risks|complications|dangers|drawbacks|disadvantages|limitations)\b",
        ),
        ("improves", ("indication", "outcome"), r"\b(?:benefits|advantages) of\b"),
        (
            "requires",
            ("harm", "outcome"),
            r"\b(?:monitoring|needs? to be (?:checked|monitored))\b",
        ),
        (
            "treats",
            ("indication",),
            r"\bindications?\b|\bused? (?:for|to treat|in)\b"
            r"|\b(?:medical|clinical|therapeutic|approved|common|off-label) uses?\b"
            r"|\bconditions? (?:\w+ ){0,2}treat|\btreats?\b|\bcan (?:help|treat)\b"
            r"|\bbenefit from\b|\bhelps? (?:with|treat)\b",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the items of a list: the relation it names, and what it can be said of.

    ``place`` is that of the words in ``text`` that name it.
    """

    direction: str
    kinds: tuple[str, ...]
    text: str
    place: tuple[int, int]


def head_of(passage: Passage, lead: str) -> Head | None:
    """Read the relation that stands above a passage: in its lead-in, else in its nearest heading.

    ``lead`` is the sentence before that ends in a colon, or empty.
    """
    above = lead or (passage.block.section[-1] if passage.block.section else "")
    head = _named(above) if above and len(above) <= _LONGEST else None
    return head if head is not None and is_item(passage) else None


@lru_cache(maxsize=1_000)
def _named(above: str) -> Head | None:
    """Read the relation that a heading names; a heading stands above many sentences."""
    for direction, kinds, pattern in _HEADS:
        match = pattern.search(above)
        if match:
            return Head(direction, kinds, above, match.span())
    return None


def is_item(passage: Passage) -> bool:
    """Whether a passage is an item rather than a sentence: short and without a verb."""
    if not passage.is_prose or len(passage.text) > _LONGEST:
        return False
    return not _VERB.search(_CLAUSE.sub("", passage.text)) and (
        passage.block.kind == "list-item" or passage.text[-1:] not in ".?!:"
    )


def things(head: Head, found: Sequence[Concept]) -> list[Concept]:
    """Give what an item names of the kinds that its head speaks of, one a place."""
    made: dict[int, Concept] = {}
    for kind in head.kinds:
        for concept in found:
            if concept.kind == kind:
                made.setdefault(concept.start, concept)
    return [made[at] for at in sorted(made)]

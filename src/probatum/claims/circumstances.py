"""The circumstances of a claim: what the drug is set against, dose, route and time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from probatum.text.concepts import Concept, nearest
from probatum.text.quantities import DOSE, TIME

AGAINST = re.compile(
    r"\b(?:than|compared (?:with|to)|in comparison (?:with|to)|in contrast (?:to|with)|versus"
    r"|vs\.?|over|superior to|superiority (?:to|over)|inferior to|inferiority to|outperform\w*"
    r"|beat|comparable (?:to|with)|similar to|equivalent to|different from|differ(?:s|ed)? from"
    r"|separate(?:d)? from|relative to|as (?:\w+ )?as|against(?=\s\S+ (?:out )?of \S+))\s",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?:\sgroups?|\sarms?)?\s(?:and|or|v\.?|vs\.?|versus)\s(?:the\s|in\s|with\s){0,2}$"
)
_GIVEN = re.compile(r"\b(?:given|receiving|received|switched to|assigned to|randomi[sz]ed to)\s$")
_NEAR = 80
_NOT_WHEN = re.compile(
    r"(?:\b(?:over|by|aged|ages?|age of|every|each|lasting|past|last|previous|more than|older than"
    r"|half-life of)|\bover (?:the|a)(?: course of)?"
    r"|\b(?:infus\w+|given|administered|run) (?:for|over))\s(?:a |an |about )?$",
    re.IGNORECASE,
)
_NO_TIME_AFTER = re.compile(
    r"[\s-](?:old|of age|history|infusions?|periods? of|trial|study)\b", re.IGNORECASE
)
_WHEN = re.compile(
    r"(?:\b(?:at|within|after|by|up to|until|in|for|day|from|on)|lasting)\s"
    r"(?:about |the (?:first )?|as (?:long|many) as )?$",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"(?:(?<=\bwithin )|(?<=\bup to ))(?:(?:minutes|hours|days|weeks|months)"
    r"(?: (?:or|to|and) (?:hours|days|weeks|months))?"
    r"|an? (?:hour|day|week|month|few (?:minutes|hours|days|weeks)))\b",
    re.IGNORECASE,
)


def comparator(
    text: str, found: Sequence[Concept], drug: Concept | None, *, both: bool
) -> Concept | None:
    """Give what a sentence sets the drug against, a comparator or a drug.

    ``both``: whether the claim compares two groups, so that "the X and Y groups" counts too.
    """
    named = [c for c in found if c.kind in ("comparator", "drug")]
    for against in AGAINST.finditer(text):
        near = [c for c in named if against.end() <= c.start < against.end() + _NEAR]
        one = nearest(near, ("comparator", "drug"), against.end())
        if one and drug is not None and one.id == drug.id:
            one = _rival(named, against.start())
        if one:
            return one
    if drug is None or not both:
        return None
    for one in named:
        if one.kind == "comparator" and _is_other_arm(text, one, drug):
            return one
    return None


def _rival(named: Sequence[Concept], before: int) -> Concept | None:
    """Give what is held against the drug, where the drug is only named behind "than"."""
    ahead = [c for c in named if c.start < before]
    return ahead[-1] if ahead and all(c.kind == "comparator" for c in ahead) else None


def _is_other_arm(text: str, one: Concept, drug: Concept) -> bool:
    left, right = sorted((one, drug), key=lambda c: c.start)
    if _BOTH.fullmatch(text, left.end, right.start):
        return True
    return drug.start < one.start and bool(_GIVEN.search(text[max(0, one.start - 20) : one.start]))


def dose(text: str, found: Sequence[Concept], drug: Concept | None) -> Concept | None:
    """Give the dose that stands nearest to the drug, and not nearer to another.

    Its id is the dose as printed.

    >>> dose("Morphine 5 mg or drug X 2 mg", [Concept(17, 23, "drug", "x")], None).id
    '5 mg'
    """
    doses = list(DOSE.finditer(text))
    others = [c for c in found if c.kind == "comparator"]
    if drug is not None and others:
        doses = [
            d for d in doses
            if all(_apart(d, drug) <= _apart(d, other) for other in others)
        ]  # fmt: skip
    if not doses:
        return None
    return _printed(
        "dose", doses[0] if drug is None else min(doses, key=lambda d: _apart(d, drug))
    )


def _printed(kind: str, match: re.Match[str]) -> Concept:
    return Concept(match.start(), match.end(), kind, match.group())


def _apart(match: re.Match[str], concept: Concept) -> int:
    return max(concept.start - match.end(), match.start() - concept.end, 0)


def route(found: Sequence[Concept], drug: Concept | None, at: int) -> Concept | None:
    """Give the route nearest to the drug, or to the claim's verb."""
    routes = [c for c in found if c.kind == "route"]
    if not routes:
        return None
    if drug is None:
        return nearest(list(routes), ("route",), at)
    return min(routes, key=lambda c: (max(c.start - drug.end, drug.start - c.end, 0), c.start))


@lru_cache(maxsize=16)  # one time for the claims of one sentence
def time_point(text: str) -> Concept | None:
    """Give the time of a claim, its id as printed: how long an infusion runs, or ages, are none.

    >>> time_point("0.5 mg/kg over 40 minutes; pain was lower at 2 hours").id
    '2 hours'
    >>> time_point("It works within hours").id
    'hours'
    """
    times = [m for m in TIME.finditer(text) if not _is_no_time(text, m)]
    placed = [m for m in times if _WHEN.search(text[max(0, m.start() - 30) : m.start()])]
    loose = _LOOSE.search(text)
    chosen = placed[0] if placed else loose or (times[0] if times else None)
    return _printed("time", chosen) if chosen else None


def _is_no_time(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 30) : match.start()]
    if match.group()[:1].isalpha() and before.endswith("by "):
        return False  # "by day 14"
    return bool(_NOT_WHEN.search(before) or _NO_TIME_AFTER.match(text, match.end()))

"""Numeric markers of a text without markup: [3], (3, 5-7), and superscripts glued to words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from probatum.model.document import Block, InTextCitation, Reference

_DASH = "\u2010-\u2015\u2212-"
_NUMBERS = rf"\d{{1,3}}(?:\s?[,;{_DASH}]\s?\d{{1,3}}){{0,40}}"
_PART = re.compile(rf"(\d{{1,3}})(?:\s?[{_DASH}]\s?(\d{{1,3}}))?")
_BRACKETS = re.compile(rf"\[\s?({_NUMBERS})\s?\]")
_ROUND = re.compile(rf"\(\s?({_NUMBERS})\s?\)")
# Behind the stop or comma that ends a word, a bracket or a quotation.
_BEHIND_STOP = re.compile(
    rf"(?:(?<=[^\W\d_][.,;:?!])|(?<=[)\]\"\u201d\u2019%][.,;:?!])|(?<=\d[.;:?!][)\"\u201d\u2019])"
    rf"|(?<=[^\W\d_][.,][)\"\u201d\u2019]))({_NUMBERS})(?=[\s)\]]|$|[A-Z][a-z])"
)
_BEHIND_WORD = re.compile(
    rf"(?:(?<=[a-z]{{3}})|(?<=[a-zA-Z%][)\]]))({_NUMBERS})(?=[\s)\]\u201d]|[.,;:?!](?!\d)|$)"
)
_APART = re.compile(rf"(?<=[a-z)%] )({_NUMBERS})(?=[.,;](?!\d))")
_NO_CITATION = re.compile(
    r"(?:\b(?:fig|figs|no|nos|vol|eq|eqs|tab|tabs|sect|pp?|vs|ver|version|grade|stage|phase|type"
    r"|day|days|week|weeks|month|months|year|years|visit|table|figure|arm|group|level|class|step"
    r"|appendix|chapter|part|study|trial|session|wave|cycle|case|model|aim|item|site|cohort"
    r"|version|https?\S*|www\S*|doi\S*)[.,;:]?)$",
    re.IGNORECASE,
)
_LOOK_BACK = 30
_WIDE = 8


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker that may be a citation: code points [start, end) and the numbers it names."""

    start: int
    end: int
    numbers: tuple[int, ...]


def numeric_citations(
    text: str, blocks: Sequence[Block], references: Sequence[Reference]
) -> list[InTextCitation]:
    """Find the numeric markers of the style that a text has.

    The style is the one whose numbers cover most of the list, and, but for square brackets, whose
    first appearances ascend as in a list by order of appearance. A number that the list does not
    hold makes a marker no citation, except in square brackets, where it adds nothing.
    """
    keys = _keys(references)
    if not keys:
        return []
    styles = [
        [*_found(_BRACKETS, text, blocks, keys, strict=False)],
        [*_found(_ROUND, text, blocks, keys, strict=True)],
        _raised(text, blocks, keys),
        [*_found(_APART, text, blocks, keys, strict=True)],
    ]
    scores = [_coverage(styles[0], keys), *(_ordered_score(s, keys) for s in styles[1:])]
    best = max(range(len(styles)), key=lambda at: (scores[at], -at))
    if scores[best] <= 0:
        return []
    return [
        InTextCitation(m.start, m.end, tuple(keys[n] for n in m.numbers if n in keys))
        for m in styles[best]
    ]


def _keys(references: Sequence[Reference]) -> dict[int, str]:
    numbered = {int(r.label): r.key for r in references if r.label and r.label.isdecimal()}
    return numbered or {place: r.key for place, r in enumerate(references, 1)}


def _found(
    pattern: re.Pattern[str],
    text: str,
    blocks: Iterable[Block],
    keys: Mapping[int, str],
    *,
    strict: bool,
) -> Iterator[Marker]:
    for block in blocks:
        for found in pattern.finditer(text, block.start, block.end):
            numbers = expanded(found[1], keys)
            if numbers and (not strict or all(n in keys for n in numbers)):
                if strict and _NO_CITATION.search(text, *_before(found.start())):
                    continue
                yield Marker(found.start(), found.end(), numbers)


def _before(at: int) -> tuple[int, int]:
    return max(0, at - _LOOK_BACK), at


def expanded(numbers: str, keys: Mapping[int, str]) -> tuple[int, ...]:
    """Give the numbers that a marker names; ranges only where the list holds all of them.

    >>> expanded("2, 4-6", dict.fromkeys(range(1, 9), "")), expanded("4-60", {4: ""})
    ((2, 4, 5, 6), ())
    """
    named: list[int] = []
    for part in _PART.finditer(numbers):
        first = int(part[1])
        last = int(part[2]) if part[2] else first
        if first == last or all(number in keys for number in range(first, last + 1)):
            named += range(first, last + 1)
    return tuple(dict.fromkeys(named))


def _raised(text: str, blocks: Sequence[Block], keys: Mapping[int, str]) -> list[Marker]:
    """Numbers glued to stops, and to words where they go on with the order of the list."""
    sure = [*_found(_BEHIND_STOP, text, blocks, keys, strict=True)]
    maybe = [*_found(_BEHIND_WORD, text, blocks, keys, strict=True)]
    taken = {marker.start for marker in sure}
    both = sorted([*sure, *(m for m in maybe if m.start not in taken)], key=lambda m: m.start)
    if not both or not _ascends(both):
        return both
    highest, kept = 0, list[Marker]()
    for marker in both:
        near = [n for n in marker.numbers if n <= highest + 25]
        if marker.start in taken or min(marker.numbers) <= highest + 4:
            kept.append(marker)
            highest = max([highest, *near])
    return kept


def _ascends(markers: Sequence[Marker]) -> bool:
    return _order(markers) >= 0.6


def _order(markers: Sequence[Marker]) -> float:
    """Share of first appearances that come behind all smaller numbers met before."""
    seen: set[int] = set()
    highest = good = 0
    for marker in markers:
        for number in marker.numbers:
            if number not in seen:
                seen.add(number)
                good += highest < number <= highest + 5
                highest = max(highest, number) if number <= highest + 5 else highest
    return good / len(seen) if seen else 0.0


def _coverage(markers: Sequence[Marker], keys: Mapping[int, str]) -> float:
    """Share of the list that is named; a wide range says little, it may be one of values."""
    told = (m.numbers for m in markers if len(m.numbers) <= _WIDE)
    return len({n for numbers in told for n in numbers if n in keys}) / len(keys)


def _ordered_score(markers: Sequence[Marker], keys: Mapping[int, str]) -> float:
    covered, order = _coverage(markers, keys), _order(markers)
    enough = covered >= 0.35 and (order >= 0.5 or covered >= 0.6 or covered + order >= 0.8)
    return covered * (0.5 + 0.5 * order) if enough else 0.0

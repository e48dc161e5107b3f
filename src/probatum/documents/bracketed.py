"""Numeric markers in brackets, matched to the reference list of a text without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from probatum.model.document import Block, Identifiers, InTextCitation, Reference
from probatum.text.identifiers import find_dois

_LIST_HEADING = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:references?|bibliography|works cited|literature(?: cited)?|sources"
    r"|citations)\s*:?",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\[?(\d{1,3})(?:[.)\]]|\s{2,}|\t)\s*(?=\S)")
_MARKER = re.compile(r"\[(\d{1,3}(?:\s?[,;\u2010-\u2015-]\s?\d{1,3}){0,20})\]")
_PART = re.compile(r"(\d{1,3})(?:\s?[\u2010-\u2015-]\s?(\d{1,3}))?")
_YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")


def numbered_references(text: str, blocks: Sequence[Block]) -> tuple[Reference, ...]:
    """Read the numbered entries below a heading such as "References".

    List items without a printed number count in their order.
    """
    found: dict[str, Reference] = {}
    within = False
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind in {"heading", "title"}:
            within = bool(_LIST_HEADING.fullmatch(words.strip()))
        elif within:
            entry = _ENTRY.match(words)
            if not entry and block.kind not in {"list-item", "reference"}:
                continue
            key = entry[1] if entry else str(len(found) + 1)
            found.setdefault(key, _reference(key, words[entry.end() if entry else 0 :], block))
    return tuple(found.values())


def _reference(key: str, words: str, block: Block) -> Reference:
    dois = find_dois(words)
    years = _YEAR.findall(words)
    return Reference(
        key=key,
        label=key,
        text=words,
        start=block.start,
        end=block.end,
        identifiers=Identifiers(doi=dois[0][2] if len(dois) == 1 else None),
        year=int(years[0]) if len(set(years)) == 1 else None,
    )


def bracket_citations(
    text: str, blocks: Sequence[Block], references: Sequence[Reference]
) -> Iterator[InTextCitation]:
    """Find markers such as [3] and [2, 5-7] outside the reference list.

    A number that the list does not hold adds nothing; without a list there are no citations.
    """
    keys = {int(ref.label): ref.key for ref in references if ref.label and ref.label.isdecimal()}
    listed = {reference.start for reference in references}
    for block in blocks if keys else ():
        if block.start in listed:
            continue
        for marker in _MARKER.finditer(text, block.start, block.end):
            yield InTextCitation(marker.start(), marker.end(), _pointed(marker[1], keys))


def _pointed(inner: str, keys: Mapping[int, str]) -> tuple[str, ...]:
    named: list[str] = []
    for part in _PART.finditer(inner):
        first, last = int(part[1]), int(part[2] or part[1])
        whole = all(number in keys for number in range(first, last + 1))
        numbers = range(first, last + 1) if whole else (first, last)
        named += [keys[number] for number in numbers if number in keys]
    return tuple(dict.fromkeys(named))

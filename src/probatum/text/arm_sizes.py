"""Sizes of a trial's arms: as a sentence allots them, as the header of a table prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from probatum.text.head_counts import PEOPLE, WRITTEN, whole_number

_ALLOTTED = re.compile(
    r"\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided|distributed))\b", re.IGNORECASE
)
_BRACKET = re.compile(
    r"(?P<label>(?:[^\s.;:,()\[\]]{1,40}\s){1,5}?)?[(\[](?P<inner>[^()\[\]=]{0,30},\s)?[nN]\s?=\s?"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6})\s?[)\]]"
)
_TO = re.compile(
    rf"(?<![\w.])(?P<n>{WRITTEN})(?:\s(?:[a-z]+\s)?{PEOPLE})?"
    r"(?P<verb>\s(?:were |was )?(?:randomly )?(?:randomi[sz]ed|assigned|allocated))?"
    r"\s(?:in)?to\s(?:the |receive |undergo |have )?"
    r"(?P<label>(?!and\b)[^\s.;:,()\[\]]{1,40}(?:\s(?!and\b)[^\s.;:,()\[\]]{1,40}){0,3})",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"^(?P<label>[^=]{0,80}?)[\s,:(\[]*\b[nN]\s?[=:\uff1d]\s?(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6})\b"
    r"(?![.,/\u2013-]?\d|\s?%)"
)
# What else a sentence may count beside the arms.
_OTHER = re.compile(
    r"exclu|withdr|drop|lost|complet|analy|subgroup|discontinu|died|declin|screen|eligib|crossed"
    r"|\beach\b|per group|respond|cent(?:er|re)s|hospitals|clusters?\b|schools|practices|villages"
    r"|\b(?:male|female|men|women|boys|girls)\b|sequence|period|phase|stud(?:y|ies) \d",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(
    r"the|an?|of|to|in|and|or|with|plus|groups?|arms?|patients|participants|subjects|receiv(?:ed?|ing)"
    r"|treatment|therapy|either|one|two|were|was|into|on|for|alone|only|versus|vs|mg|kg|day|daily|n"
    r"|which|by|from|randomi[sz]ed|assigned|allocated"
)
_LONGEST = 200  # characters of a header cell
_DEEPEST = 4  # rows that may be a header
_FEWEST = 3  # people of an arm


@dataclass(frozen=True, slots=True)
class ArmSize:
    """An arm and its size; [start, end) of what was read."""

    label: str
    n: int
    start: int
    end: int

    def is_like(self, other: ArmSize) -> bool:
        """Whether the words of one label, common ones aside, are all in the other.

        >>> ArmSize("the aspirin group", 31, 0, 0).is_like(ArmSize("Aspirin", 30, 0, 0))
        True
        """
        one, two = self._names(), other._names()
        return bool(one and two) and (one <= two or two <= one)

    def _names(self) -> frozenset[str]:
        words = _WORD.findall(self.label.lower())
        return frozenset(word for word in words if not _PLAIN.fullmatch(word))


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of a table's first rows: row, column, where it begins in the document, its words."""

    row: int
    column: int
    start: int
    text: str


class PlacedCell(Protocol):
    """A cell of a table that lies at [start, end) of a text; rows and columns count from 0."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def header_cells(text: str, cells: Iterable[PlacedCell]) -> list[HeaderCell]:
    """Give the cells of a table's first rows, which may be a header, with their words."""
    return [
        HeaderCell(c.row, c.column, c.start, text[c.start : c.end])
        for c in cells
        if c.row < _DEEPEST
    ]


def allotted_arms(text: str) -> tuple[ArmSize, ...]:
    """Give the arms that a sentence allots people to; () where it may count something else too.

    >>> said = "We randomly assigned 31 patients to aspirin and 30 to placebo."
    >>> [(a.label, a.n) for a in allotted_arms(said)]
    [('aspirin', 31), ('placebo', 30)]
    """
    verb = _ALLOTTED.search(text) if "andom" in text.lower() else None
    if verb is None or _OTHER.search(text):
        return ()
    found = list(_BRACKET.finditer(text, verb.end()))
    if not found:
        found = list(_TO.finditer(text))
        if not found or not (found[0]["verb"] or verb.end() + 1 == found[0].start()):
            return ()
    arms = tuple(ArmSize(_label(m), whole_number(m["n"]), m.start(), m.end()) for m in found)
    return arms if len(arms) >= 2 and min(arm.n for arm in arms) >= _FEWEST else ()


def _label(found: re.Match[str]) -> str:
    inner = found.groupdict().get("inner") or ""
    return f"{found['label'] or ''}{inner}".strip(" ,")


def header_arms(cells: Sequence[HeaderCell]) -> tuple[ArmSize, ...]:
    """Give the sizes in a table's header, of the first row with two or more; places are absolute.

    A label takes in what stands above it.

    >>> cells = [HeaderCell(0, 1, 5, "X (n = 31)"), HeaderCell(0, 2, 20, "Y (n=30)")]
    >>> [(a.label, a.n) for a in header_arms(cells)]
    [('X', 31), ('Y', 30)]
    """
    rows: dict[int, list[ArmSize]] = {}
    above: dict[int, str] = {}
    for cell in cells:
        text = cell.text[: _LONGEST + 1]
        found = _HEADER.search(text) if len(text) <= _LONGEST else None
        over = above.get(cell.column, "")
        if found:
            label = f"{over} {found['label']}".strip()
            place = cell.start, cell.start + len(text)
            rows.setdefault(cell.row, []).append(ArmSize(label, whole_number(found["n"]), *place))
        above[cell.column] = f"{over} {text[:80]}".strip()[-_LONGEST:]
    return next((tuple(arms) for _, arms in sorted(rows.items()) if len(arms) >= 2), ())

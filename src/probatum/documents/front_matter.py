"""Authors and date that a page prints around its title, or at its end behind a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from probatum.documents.bylines import Byline, byline
from probatum.documents.paragraphs import TextLine
from probatum.documents.printed_dates import (
    PrintedDate,
    bordering_date,
    dateline,
    labelled_date,
    whole_date,
)
from probatum.documents.reference_list import opens_list
from probatum.model.document import Author

Stated = dict[str, tuple[object, str]]
_ABOVE, _BELOW, _NEAR, _BOTTOM = 4, 15, 4, 12
_LONGEST = 300
_SIGN = re.compile(
    r"\s+[|\u00b7\u2022\u00bb]\s+|\s+(?:--|[\u2013\u2014-])\s+|\t+"
    r"|(?<=[a-z0-9)])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bSt)\.\s+"
    r"(?=[A-Z])(?![A-Z][a-z]{2,8}\.?\s(?:19|20)\d\d)"
)
_LEAD_ALONE = re.compile(
    r"(?:(?:posted|written|authored|published) )?by:?|authors?:", re.IGNORECASE
)
_ENTRY = re.compile(r"\[?\d{1,3}[\].)]\s")
_REVIEWED = re.compile(
    r"[,;.]?\s*(?:and\s+)?(?:medically|clinically)?\s*reviewed\s+by\b.*", re.IGNORECASE
)


class Part(NamedTuple):
    """A part of a line between signs, with its place in the text and the number of its line."""

    text: str
    start: int
    line: int
    whole: bool

    def place(self, start: int, end: int) -> str:
        """Say where characters [start, end) of the part stand in the text."""
        return f"characters {self.start + start}-{self.start + end}"


def front_facts(lines: Sequence[TextLine], title: int | None) -> Stated:
    """Collect authors and date as (value, origin); ``title`` is the index of the title's line.

    Without a title only what a label or a lead introduces is taken, for names alone could be
    anything. Reference lists are left out.
    """
    facts: Stated = {}
    front = _front(lines, title)
    dates = [*_dates(lines, front, title), *_late_dates(lines, front)]
    if dates:
        found, origin = min(dates, key=lambda one: one[0].rank)
        facts["date"] = found.iso, origin
    known = {part.line for part in front if _date_of(part)}
    signed = next(_authors(lines, front, title, known), None) or _late_author(lines, front)
    if signed:
        facts["authors"] = signed
    return facts


def _front(lines: Sequence[TextLine], title: int | None) -> list[Part]:
    """Parts of the lines around the title, up to a reference list."""
    first = max((title or 0) - _ABOVE, 0)
    parts: list[Part] = []
    for index in range(first, min((title or 0) + _BELOW, len(lines))):
        if opens_list(lines[index].text):
            break
        if index != title and not _ENTRY.match(lines[index].text):
            parts.extend(_parts(lines, index))
    return parts


def _parts(lines: Sequence[TextLine], index: int) -> Iterator[Part]:
    line = lines[index]
    if len(line.text) > _LONGEST:
        yield Part(line.text[:_LONGEST], line.start, index, False)
        return
    at = 0
    cuts = [(found.start(), found.end()) for found in _SIGN.finditer(line.text)]
    for start, end in [*cuts, (len(line.text), 0)]:
        words = line.text[at:start]
        if words.strip():
            shift = len(words) - len(words.lstrip())
            yield Part(words.strip(), line.start + at + shift, index, not cuts)
        at = end


def _date_of(part: Part) -> PrintedDate | None:
    """Give a date that a label introduces, that is all there is, or that borders on a byline."""
    if found := labelled_date(part.text) or whole_date(part.text):
        return found
    found = bordering_date(part.text)
    return found if found and byline(_without(part.text, found)) else None


def _without(words: str, found: PrintedDate) -> str:
    rest = words[: found.start] + " " + words[found.end :]
    return re.sub(r"[\s,(]+(?:on)?$", "", rest.strip(" ,"))


def _dates(
    lines: Sequence[TextLine], front: list[Part], title: int | None
) -> Iterator[tuple[PrintedDate, str]]:
    """Give the dates of the front; one without label or byline only right beside the title."""
    opened = False
    for part in front:
        near = abs(part.line - (title or 0)) <= _NEAR
        begins = part.start == lines[part.line].start
        found = _date_of(part)
        if (
            not found
            and begins
            and not opened
            and (found := dateline(lines[part.line].text[:_LONGEST]))
        ):
            found = found._replace(kind="dateline")
        opened = opened or len(part.text.split()) > 25
        if found and (near or (begins and found.kind not in {"", "dateline"})):
            place = part.place(found.start, found.end)
            yield found, f"line {part.line + 1}, {_how(part, found)}, {place}"


def _how(part: Part, found: PrintedDate) -> str:
    if found.kind == "dateline":
        return "a dateline"
    if found.kind:
        return f"labelled as {found.kind}"
    return "a date by itself" if found.end - found.start == len(part.text) else "beside a byline"


def _late(lines: Sequence[TextLine], front: list[Part]) -> Iterator[tuple[Part, bool]]:
    """Give the beginnings of the last lines, and whether they stand below a reference list."""
    seen = max((part.line for part in front), default=-1)
    listed = next((at for at, line in enumerate(lines) if opens_list(line.text)), len(lines))
    for index in range(max(len(lines) - _BOTTOM, seen + 1), len(lines)):
        if part := next(_parts(lines, index), None):
            yield part, index > listed


def _late_dates(lines: Sequence[TextLine], front: list[Part]) -> Iterator[tuple[PrintedDate, str]]:
    """Give dates at the end of the page; only a label at the start of a line makes one."""
    for part, listed in _late(lines, front):
        found = labelled_date(part.text)
        if found and not (listed and found.kind == "published"):
            place = part.place(found.start, found.end)
            yield found, f"line {part.line + 1}, {_how(part, found)}, {place}"


def _authors(
    lines: Sequence[TextLine], front: list[Part], title: int | None, dated: set[int]
) -> Iterator[tuple[tuple[Author, ...], str]]:
    """Give who signs in the front, lines with a lead first."""
    found = [(part, signed) for part in front if (signed := _signature(part, lines))]
    for part, signed in found:
        if signed.led:
            yield (
                signed.authors,
                f"line {part.line + 1}, a byline, {part.place(0, len(part.text))}",
            )
    for part, signed in found:
        if title is None or not 0 < part.line - title < _NEAR:
            continue
        several = len(signed.authors) > 1
        beside = {part.line} | ({part.line - 1, part.line + 1} if several or part.whole else set())
        begins = part.start == lines[part.line].start
        if beside & dated or (signed.signed and begins):
            place = part.place(0, len(part.text))
            yield signed.authors, f"line {part.line + 1}, names below the title, {place}"


def _signature(part: Part, lines: Sequence[TextLine]) -> Byline | None:
    words = _REVIEWED.sub("", part.text) if "eview" in part.text.lower() else part.text
    if _LEAD_ALONE.fullmatch(words) and part.line + 1 < len(lines):
        return byline(f"{words} {lines[part.line + 1].text[:_LONGEST]}")
    found = bordering_date(words)
    return byline(_without(words, found) if found else words)


def _late_author(
    lines: Sequence[TextLine], front: list[Part]
) -> tuple[tuple[Author, ...], str] | None:
    """Give who a line at the end of the page names behind a lead."""
    for part, listed in _late(lines, front):
        signed = _signature(part, lines) if part.whole and not listed else None
        if signed and signed.led:
            origin = f"line {part.line + 1}, a byline, {part.place(0, len(part.text))}"
            return signed.authors, origin
    return None

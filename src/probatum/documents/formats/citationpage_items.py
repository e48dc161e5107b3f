"""The quotations of a citation-statement page, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from probatum.documents.paragraphs import TextLine
from probatum.model.document import CitationItem

_SECTION = re.compile(r"section:\s*(.*)", re.IGNORECASE)
_STANCE = re.compile(r"(.*?)\s*(supporting|mentioning|contrasting|unclassified)", re.IGNORECASE)
_CONFIDENCE = re.compile(r"confidence:?\s*(\d{1,3}(?:\.\d+)?)\s*%", re.IGNORECASE)
_AROUND = '\u201c\u201d"\u2026 \t'
_SHORTEST, _MOST_LINES = 40, 20
# Excerpts of one passage are cut at different places, so what counts is how much of the shorter
# stands in the longer (Broder's containment), not their resemblance.
_CONTAINED = 0.5


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as printed: its span, the starts of its lines, what stands below it."""

    start: int
    end: int
    lines: tuple[int, ...]
    section: str | None
    stance: str | None
    confidence: float | None


def quotations(lines: Sequence[TextLine], text: str) -> Iterator[Quotation]:
    """Find each "Section:" line and the quotation that it stands below."""
    for index, line in enumerate(lines):
        found = _SECTION.fullmatch(line.text)
        if not found or not index:
            continue
        quoted = _lines_above(lines, index)
        if not quoted:
            continue
        section, stance = _labels(found[1], lines[index + 1 : index + 2])
        start, end = _trimmed(text, quoted[0].start, quoted[-1].end)
        if start < end:
            starts = tuple(line.start for line in quoted)
            below = lines[index + 1 : index + 4]
            yield Quotation(start, end, starts, section, stance, _confidence(below))


def _lines_above(lines: Sequence[TextLine], index: int) -> Sequence[TextLine]:
    """The lines of a quotation: back to the one that opens it, or the one long line above."""
    first = index - 1
    if len(lines[first].text) < _SHORTEST and lines[first].text[-1:] not in _AROUND:
        return ()
    while (
        index - first < _MOST_LINES
        and first > 0
        and lines[first].text[:1] not in _AROUND
        and _goes_on(lines[first - 1].text)
    ):
        first -= 1
    return lines[first:index]


def _goes_on(above: str) -> bool:
    """Tell whether a quotation may run over from this line; labels and counts end the search."""
    return len(above) >= _SHORTEST and not _SECTION.match(above) and not _CONFIDENCE.match(above)


def _labels(words: str, below: Sequence[TextLine]) -> tuple[str | None, str | None]:
    """Split "Discussionmentioning"; the stance may also stand on the next line."""
    if glued := _STANCE.fullmatch(words):
        return glued[1] or None, glued[2].lower()
    alone = _STANCE.fullmatch(below[0].text) if below else None
    return words.strip() or None, alone[2].lower() if alone and not alone[1] else None


def _confidence(below: Sequence[TextLine]) -> float | None:
    for line in below:
        if _SECTION.match(line.text):
            return None
        if found := _CONFIDENCE.fullmatch(line.text):
            return round(float(found[1]) / 100, 4)
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return start, end


def distinct(quoted: Sequence[Quotation], text: str) -> tuple[CitationItem, ...]:
    """Give each quotation once, with how often it is repeated and which earlier it resembles."""
    # It imports NumPy (8 MB), which whoever asks what format a file has does without.
    from probatum.text.similarity import shingles  # noqa: PLC0415

    first: dict[str, Quotation] = {}
    repeats: dict[str, int] = {}
    for quote in quoted:
        key = " ".join(text[quote.start : quote.end].casefold().split())
        first.setdefault(key, quote)
        repeats[key] = repeats.get(key, -1) + 1
    sets = [shingles(key, 3) for key in first]
    return tuple(
        CitationItem(
            text=text[quote.start : quote.end],
            section=quote.section,
            stance=quote.stance,
            confidence=quote.confidence,
            repeats=repeats[key],
            near_duplicate_of=_resembled(sets, index),
            start=quote.start,
            end=quote.end,
        )
        for index, (key, quote) in enumerate(first.items())
    )


def _resembled(sets: Sequence[frozenset[int]], index: int) -> int | None:
    own = sets[index]
    for earlier in range(max(0, index - 200), index):  # a page prints at most some tens
        shorter = min(len(own), len(sets[earlier]))
        if shorter and len(own & sets[earlier]) >= _CONTAINED * shorter:
            return earlier
    return None

"""A claim's quotation with its parts marked: what each word was read as, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from probatum.atlas.marks import Mark, cut
from probatum.atlas.page import Cell, DataTable
from probatum.model.claim import Claim, Part

# What a part is called beside its words; the words of strength are those of direction or hedge.
LABELS = {
    "intervention": "drug", "condition": "condition", "outcome": "outcome", "aspect": "aspect",
    "direction": "says", "negated": "not", "scope": "denied", "hedge": "hedge", "dose": "dose",
    "route": "route", "time_point": "when", "comparator": "against", "population": "who",
}  # fmt: skip
_PLACES = {"earlier": "in a sentence before", "heading": "in the heading", "title": "in the title"}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A part that stands outside the sentence; start and end are None where the text lacks it."""

    label: str
    where: str
    start: int | None
    end: int | None


def quoted(claim: Claim) -> Markup:
    """Draw a claim's sentence with every part underlined and named; its text stays as it is.

    The names stand in an attribute that the style sheet prints behind the words, so that colour is
    not needed, nothing runs, and what is copied is the sentence.

    >>> part = Part("intervention", 10, 13, "sentence")
    >>> print(quoted(Claim("c", "d", 10, 20, "Rue helped", "rue", None, None, None, "improves",
    ...                    parts=(part,))))
    <span class="part intervention" data-of="drug">Rue</span> helped
    """
    marks = [
        Mark(f"{at}", "claim", part.name, part.start - claim.start, part.end - claim.start, "")
        for at, part in enumerate(claim.parts)
        if part.origin == "sentence"
        and part.name in LABELS
        and part.start is not None
        and part.end is not None
    ]
    drawn = Markup("")
    for segment in cut(claim.quote, 0, len(claim.quote), marks):
        names = dict.fromkeys(mark.variant for mark in segment.marks)
        ending = dict.fromkeys(mark.variant for mark in segment.closes)
        drawn += _segment(segment.text, list(names), [LABELS[name] for name in ending])
    return drawn


def _segment(text: str, names: list[str], ending: list[str]) -> Markup:
    if not names:
        return Markup("{}").format(text)
    told = Markup(' data-of="{}"').format(", ".join(ending)) if ending else Markup("")
    return Markup('<span class="part {}"{}>{}</span>').format(" ".join(names), told, text)


def elsewhere(claim: Claim) -> list[Elsewhere]:
    """Give the parts of a claim that another sentence, a heading or the title names."""
    return [
        Elsewhere(LABELS[part.name], _PLACES[part.origin], part.start, part.end)
        for part in claim.parts
        if part.origin != "sentence" and part.name in LABELS
    ]


def places(claim: Claim) -> str:
    """Write every part with its place, for a table: "dose 12-18; route 3-5".

    A part of the title that the text does not hold has its origin instead of a place.
    """
    return "; ".join(_place(part) for part in claim.parts)


COLUMNS = (
    "document", "id", "start", "end", "quote", "intervention", "condition", "outcome", "aspect",
    "comparator", "direction", "negated", "hedge", "strength", "dose", "route", "time_point",
    "population", "section", "method", "parts",
)  # fmt: skip


def claim_table(claims: Iterable[Claim]) -> DataTable:
    """Give claims as a table: a column a field, and the place of every part."""
    fields = COLUMNS[:-1]
    rows = ((*(_cell(getattr(claim, name)) for name in fields), places(claim)) for claim in claims)
    return DataTable("claims", "Claims and the places of their parts", COLUMNS, rows)


def _cell(value: Cell | tuple[str, ...]) -> Cell:
    return "; ".join(value) if isinstance(value, tuple) else value


def _place(part: Part) -> str:
    if part.start is None:
        return f"{part.name} ({part.origin})"
    return f"{part.name} {part.start}-{part.end}"

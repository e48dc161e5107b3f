"""Results that may become rows of the base's studies, and what people decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ResultVerdict = Literal["accepted", "corrected", "rejected"]


@dataclass(frozen=True, slots=True)
class ProposedValue:
    """One number of a proposed row, by field, and the code points that it was read from.

    ``computed`` says how it follows from what is printed there; empty where it is printed.
    """

    field: str
    value: float
    start: int
    end: int
    computed: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Numbers of a document that fit a question of the base; a person decides about them.

    ``start`` and ``end`` are the code points of the document's text that hold all of them, and
    ``quote`` is what stands there. ``confidence`` is in [0, 1]. ``drug`` is the pack's id.
    """

    id: str
    document: str
    question: str
    study: str
    source: str
    drug: str | None
    days: float | None
    values: tuple[ProposedValue, ...]
    where: str
    start: int
    end: int
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class AddedResult:
    """One line of judgements/results.csv, the latest on its result.

    ``values`` holds "field=number" pairs joined by "; ", ``place`` "document:start-end",
    ``source`` a DOI's resolver link or the name of the file.
    """

    result: str
    verdict: ResultVerdict
    question: str
    study: str
    values: str
    place: str
    source: str
    who: str
    when: str
    why: str

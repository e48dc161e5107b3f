"""Passages of documents, and those that repeat what another document said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Likeness = Literal["exact", "near", "spun"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that may be repeated elsewhere; ``rank`` sorts the source to be named first."""

    id: str
    document: str
    start: int
    end: int
    quote: str
    rank: str


@dataclass(frozen=True, slots=True)
class PassageKey:
    """A hash (63 bits) that passages of the same content are likely to share."""

    key: int
    passage: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage that says again what one of another work says; ``source_*`` is the earlier one.

    ``how``: "exact" (the same words), "near" (nearly the same), "spun" (other words in the same
    order around the same rare ones). ``resemblance`` is in [0, 1]; ``shared`` names what was held
    in common. ``source_title`` is the title of the earlier document or its file name.
    """

    document: str
    start: int
    end: int
    source: str
    source_start: int
    source_end: int
    source_quote: str
    source_title: str
    how: Likeness
    resemblance: float
    shared: str

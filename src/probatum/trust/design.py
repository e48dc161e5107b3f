"""The design of the study that a document reports, with the words that say it.

The record's publication type counts first, then title, abstract or opening, and methods; within
a zone the order of ``data/designs.toml`` decides, so that a review of trials is no trial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from probatum.model.document import Block, Document
from probatum.model.study import TRIALS, DesignKind, Study
from probatum.text.lexicon import load
from probatum.text.spotting import spotter

_TYPES: tuple[tuple[str, DesignKind], ...] = (
    ("meta-analysis", "systematic review with meta-analysis"),
    ("systematic review", "systematic review"),
    ("systematic-review", "systematic review"),
    ("clinical trial protocol", "protocol"),
    ("guideline", "guideline"),
    ("consensus development conference", "guideline"),
    ("case reports", "case report"),
    ("case-report", "case report"),
    ("editorial", "editorial"),
    ("comment", "editorial"),
    ("letter", "editorial"),
    ("news", "editorial"),
    ("randomized controlled trial", "randomised"),
    ("review", "review"),
    ("review-article", "review"),
    ("observational study", "cohort"),
    ("clinical trial", "non-randomised trial"),
)
_REFINED: dict[str, tuple[str, ...]] = {  # what the text may say more exactly than the type
    "randomised": TRIALS,
    "review": ("systematic review", "systematic review with meta-analysis"),
    "systematic review": ("systematic review with meta-analysis",),
    "cohort": ("case-control", "cross-sectional", "case series"),
    "non-randomised trial": (*TRIALS, "before-after"),
}
# Titles say "pilot study" or "prospective" of randomised trials too: the abstract tells.
_WEAK = ("non-randomised trial", "cohort")
_LONGEST = 6_000  # of the opening of a text without an abstract, and of its methods


def design(document: Document) -> Study | None:
    """Recognise the design; None where nothing says it, and for pages that report no study.

    Several checks ask for it: the document asked for last is known by itself.
    """
    for held, known in _last:
        if held is document:
            return known
    found = _design(document)
    _last[:] = [(document, found)]
    return found


_last: list[tuple[Document, Study | None]] = []


def _design(document: Document) -> Study | None:
    if document.kind not in {"article", "record"}:
        return None
    read = next(_found(document), None)
    typed = _of_types(document)
    if typed is None or (read is not None and read.design in _REFINED.get(typed, ())):
        return read
    return Study(typed, "publication type")


def read_design(document: Document) -> Study | None:
    """Recognise the design from the words alone."""
    return next(_found(document), None)


def _of_types(document: Document) -> DesignKind | None:
    types = {kind.lower() for kind in document.metadata.publication_types}
    named = (kind for word, kind in _TYPES if word in types or _contains(types, word))
    return next(named, None)


def _contains(types: set[str], word: str) -> bool:
    return word in {"guideline", "clinical trial"} and any(word in kind for kind in types)


def _found(document: Document) -> Iterator[Study]:
    """Give what the zones say, the first that tells most before the others."""
    said = list(_said(document))
    allotted = [s for s in said if s.design in TRIALS] if said and said[0].design in _WEAK else []
    yield from (*allotted, *said)


def _said(document: Document) -> Iterator[Study]:
    for basis, start, end in _zones(document):
        small = document.text[start:end].lower()
        for kind, in_title, in_text in _patterns():
            pattern = in_title if basis == "title" else in_text
            likely = spotter(pattern.pattern).may_match(small)
            match = pattern.search(document.text, start, end) if likely else None
            if match:
                yield Study(kind, basis, match.start(), match.end(), match.group())
                break


def _zones(document: Document) -> Iterator[tuple[str, int, int]]:
    """Give title, abstract (or the opening of a text) and methods, as stretches of the text."""
    title = next((b for b in document.blocks if b.kind == "title"), None)
    if title:
        yield "title", title.start, title.end
    prose = [b for b in document.blocks if b.kind in {"paragraph", "list-item", "other"}]
    abstract = [b for b in prose if b.role == "abstract"]
    opening = abstract or prose[:4]
    yield from _stretch("abstract" if abstract else "text", opening)
    yield from _stretch("text", [b for b in prose if b.role == "methods"])


def _stretch(basis: str, blocks: list[Block]) -> Iterator[tuple[str, int, int]]:
    if blocks:
        start = blocks[0].start
        yield basis, start, min(blocks[-1].end, start + _LONGEST)


@cache
def _patterns() -> tuple[tuple[DesignKind, re.Pattern[str], re.Pattern[str]], ...]:
    rows = load("probatum.trust", "data/designs.toml")["designs"]
    return tuple(
        (cast("DesignKind", row["kind"]), _joined(row["title"]), _joined(row["text"]))
        for row in rows
    )


def _joined(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)

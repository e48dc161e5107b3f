"""In-text citations of texts without markup, matched to their reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from probatum.documents.author_year import author_year_citations
from probatum.documents.markers import numeric_citations
from probatum.model.document import Block, InTextCitation, Reference

IBID_REASON = "This citation names no work (ibid., op. cit.); look up which one is meant."
_IBID = re.compile(r"\b(?:ibid(?:em)?|op\. ?cit|loc\. ?cit)\b\.?", re.IGNORECASE)


def text_citations(
    text: str, blocks: Sequence[Block], references: Sequence[Reference]
) -> tuple[InTextCitation, ...]:
    """Find the citations outside the reference list: by number, or by author and year.

    A text has one of the two ways; it is the one whose citations name more of the references.
    Without a list there are no citations.
    """
    if not references:
        return ()
    running = [*_outside(blocks, references)]
    numeric = numeric_citations(text, running, references)
    by_name = author_year_citations(text, running, references)
    return tuple(by_name if _named(by_name) > _named(numeric) else numeric)


def _named(citations: Sequence[InTextCitation]) -> int:
    return len({key for citation in citations for key in citation.references})


def _outside(blocks: Sequence[Block], references: Sequence[Reference]) -> Iterator[Block]:
    listed = {reference.start for reference in references}
    return (block for block in blocks if block.start not in listed)


def ibid_places(
    text: str, blocks: Sequence[Block], references: Sequence[Reference]
) -> list[tuple[int, int]]:
    """Find citations that name no work but "the same place": nobody can verify them.

    >>> ibid_places("See ibid., p. 3.", [Block("paragraph", 0, 16)], ())
    [(4, 9)]
    """
    return [
        found.span()
        for block in _outside(blocks, references)
        for found in _IBID.finditer(text, block.start, block.end)
    ]

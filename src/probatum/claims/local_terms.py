"""Abbreviations that a document makes for terms of the vocabulary: "postoperative pain (POP)"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probatum.claims.words import Words
from probatum.model.document import Document
from probatum.text.abbreviations import abbreviations
from probatum.text.concepts import Concept

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9+/-]*")
_LONGEST = 2_000_000  # code points in which definitions are sought


@dataclass(frozen=True, slots=True)
class LocalTerms:
    """Short forms of one document, each with the (kind, id) pairs of its long form."""

    terms: Mapping[str, tuple[tuple[str, str], ...]]

    def added(self, text: str, known: Sequence[Concept]) -> list[Concept]:
        """Add to the concepts of a sentence those that stand there as short forms."""
        made = list(known)
        if self.terms.keys().isdisjoint(_WORD.findall(text)):  # so are most sentences
            return made
        taken = {at for one in known for at in range(one.start, one.end)}
        for match in _WORD.finditer(text):
            if match.start() not in taken:
                named = self.terms.get(match.group(), ())
                made += [Concept(match.start(), match.end(), *term) for term in named]
        return sorted(made, key=lambda one: (one.start, one.end, one.kind, one.id))


def local_terms(document: Document, words: Words) -> LocalTerms:
    """Read the short forms whose long form is a term of the vocabulary, from end to end."""
    made = {}
    for short, long in abbreviations(document.text[:_LONGEST]).items():
        whole = [m for m in words.matcher.find(long) if (m.start, m.end) == (0, len(long))]
        if whole:
            made[short] = whole[0].terms
    return LocalTerms(made)

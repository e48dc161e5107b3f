"""Whether a citing and a cited work share an author, by normalised names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from probatum.model.claim import CiterRelation
from probatum.model.document import Author, Reference

_LETTER = re.compile(r"[^\W\d_]")
_AUTHOR_PART = 400  # of a reference's text: where its authors stand


Keys = frozenset[tuple[str, str]]


def author_keys(authors: Sequence[Author]) -> Keys:
    """Give (family, first initial), folded; a group or an undivided name is no evidence.

    >>> sorted(author_keys([Author("Novák", "Jan"), Author("The Trial Group")]))
    [('novak', 'j')]
    """
    return frozenset(key for author in authors for key in _keys(author))


def relation(own: Keys, cited: Sequence[Reference]) -> CiterRelation:
    """Tell self from independent citation; unknown where either side names no author.

    >>> relation(frozenset({("novak", "j")}), (Reference("1", text="Novak J, Doe A. Title."),))
    'self'
    """
    answers = {_one(own, reference) for reference in cited}
    if not own or not answers:
        return "unknown"
    if "self" in answers:
        return "self"
    return "unknown" if "unknown" in answers else "independent"


def _one(own: Keys, reference: Reference) -> CiterRelation:
    if reference.authors:
        return "self" if own & author_keys(reference.authors) else "independent"
    words = " " + _fold(reference.text[:_AUTHOR_PART].replace(",", " "))
    named = any(f" {family} {initial}" in words for family, initial in own)
    return "self" if named else "unknown"


def _keys(author: Author) -> list[tuple[str, str]]:
    initial = _LETTER.search(_fold(author.given or ""))
    return [(_fold(author.family), initial.group())] if initial and author.family else []


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.casefold().replace(".", " ").split())

"""Whether a citing and a cited work share an author, a named group or a registered trial."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from probatum.model.claim import CiterRelation
from probatum.model.document import Author, Reference
from probatum.text.identifiers import find_ncts

_LETTER = re.compile(r"[^\W\d_]")
_GROUP = re.compile(r"\b(?:group|investigators?|collaborat\w+|consortium|network|committee)\b")
_INITIALS = 4  # letters at most behind a family name
_AUTHOR_PART = 400  # of a reference's text: where its authors stand


Keys = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands behind a work: people, ORCID iDs, named groups, registered trials."""

    people: Keys = frozenset()
    orcids: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    trials: frozenset[str] = frozenset()


_NOBODY = Party()


def party(authors: Sequence[Author], trials: Sequence[str] = ()) -> Party:
    """Gather who is behind a work from its authors and its trials' registrations.

    >>> found = party([Author("Novák", "Jan"), Author("The Trial Group")], ["NCT00000001"])
    >>> sorted(found.people), sorted(found.groups)
    ([('novak', 'j')], ['trial group'])
    """
    people = frozenset(key for author in authors for key in _keys(author))
    orcids = frozenset(author.orcid for author in authors if author.orcid)
    groups = frozenset(_group(author.family) for author in authors if author.given is None)
    return Party(people, orcids, groups - {""}, frozenset(trials))


def combined(answers: Sequence[CiterRelation]) -> CiterRelation:
    """Combine the relations to each of several works, self before unknown.

    >>> combined(["independent", "unknown"]), combined(["independent", "self"])
    ('unknown', 'self')
    """
    if not answers:
        return "unknown"
    if "self" in answers:
        return "self"
    return "unknown" if "unknown" in answers else "independent"


def to_one(own: Party, reference: Reference) -> CiterRelation:
    """Tell self from independent citation of one work; unknown where either names nobody.

    Self is a shared author (ORCID, or family name and initial), the same named group, or the same
    registered trial.

    >>> own = Party(frozenset({("novak", "j")}))
    >>> to_one(own, Reference("1", text="Novak J, Doe A. Title."))
    'self'
    """
    if own == _NOBODY:
        return "unknown"
    theirs = party(reference.authors, (*reference.identifiers.nct, *find_ncts(reference.text)))
    shared = (
        own.orcids & theirs.orcids,
        own.groups & theirs.groups,
        own.trials & theirs.trials,
        own.people & theirs.people,
    )
    if any(shared):
        return "self"
    if not own.people:
        return "unknown"
    return _by_text(own, reference) if not theirs.people else "independent"


def _by_text(own: Party, reference: Reference) -> CiterRelation:
    words = " " + _fold(reference.text[:_AUTHOR_PART].replace(",", " "))
    named = any(f" {family} {initial}" in words for family, initial in own.people)
    return "self" if named else "unknown"


def name_key(written: str) -> tuple[str, str] | None:
    """Give the family name and initial of a name written "Family, Given" or "Family G".

    None for a name without a given part, such as that of a group.

    >>> name_key("Novák, Jan"), name_key("Novak J"), name_key("The Trial Group")
    (('novak', 'j'), ('novak', 'j'), None)
    """
    family, comma, given = written.partition(",")
    if not comma:
        family, _, given = written.rpartition(" ")
        given = given if given.isupper() and len(given) <= _INITIALS else ""
    keys = _keys(Author(family.strip(), given.strip() or None))
    return keys[0] if keys else None


def _group(name: str) -> str:
    """Fold the name of a group; a single word may be an undivided person and is none."""
    words = _fold(name).removeprefix("the ").removeprefix("on behalf of the ")
    return words if _GROUP.search(words) else ""


def _keys(author: Author) -> list[tuple[str, str]]:
    initial = _initial(author.given or "")
    return [(_fold(author.family), initial)] if initial and author.family else []


@lru_cache(maxsize=1 << 12)
def _initial(given: str) -> str:
    found = _LETTER.search(_fold(given))
    return found.group() if found else ""


# An author who is cited once is often cited again.
@lru_cache(maxsize=1 << 12)
def _fold(name: str) -> str:
    if name.isascii():
        return " ".join(name.lower().replace(".", " ").split())
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.casefold().replace(".", " ").split())

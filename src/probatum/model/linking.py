"""What the steps of linking hand on where a base is linked in partitions."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.work import Card


@dataclass(frozen=True, slots=True)
class Carded:
    """A card, and what the records of a crowded bucket are sorted by: title, author, year, page.

    ``title`` is folded and without spaces, ``author`` the first one's folded name; unknown is
    "" or 0.
    """

    document: str
    title: str
    author: str
    year: int
    page: str
    card: Card


@dataclass(frozen=True, slots=True)
class Mark:
    """A key of a document as 63 bits; documents that share one may have to do with each other.

    ``blocks``: they are worth comparing. ``ties``: they must be linked together, since they share
    an identifier, or one states a relation to the other.
    """

    mark: int
    document: str
    blocks: bool
    ties: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two documents worth comparing; ``left`` sorts before ``right``."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A document and the first one of those that share a tying mark."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Member:
    """A document that has to do with others, and the first document of all of these."""

    document: str
    first: str

"""Named absences of a web page: author, date, title, references, address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_URL = re.compile(r"\bhttps?://\S{4,}|\bwww\.\S{4,}", re.IGNORECASE)
_WHERE = "metadata of the page, its head, the lines around its title, its last lines"


def author(subject: Subject) -> Iterator[Sign]:
    """Nobody answers for the page."""
    if _is_page(subject) and not subject.document.metadata.authors:
        yield Sign("No author is named, so nobody answers for the text.", f"looked in: {_WHERE}")


def date(subject: Subject) -> Iterator[Sign]:
    """It cannot be told whether the page is up to date."""
    metadata = subject.document.metadata
    if _is_page(subject) and metadata.date is None and metadata.year is None:
        yield Sign("No date is given, so its currency is unknown.", f"looked in: {_WHERE}")


def title(subject: Subject) -> Iterator[Sign]:
    """The page has no title."""
    if _is_page(subject) and not subject.document.metadata.title:
        yield Sign("The page has no title.", "looked in: metadata, first heading, first line")


def references(subject: Subject) -> Iterator[Sign]:
    """No source is named for what the page says."""
    if _is_page(subject) and not subject.document.references:
        looked = f"looked for a reference list in {len(subject.document.blocks)} blocks"
        yield Sign("No list of references: its statements cannot be followed up.", looked)


def url(subject: Subject) -> Iterator[Sign]:
    """It is not known where the page stands."""
    document, small = subject.document, subject.small
    told = ("http" in small or "www." in small) and _URL.search(document.text)
    if _is_page(subject) and document.metadata.url is None and not told:
        yield Sign("No address is known for the page.", "looked in: metadata and the whole text")


def _is_page(subject: Subject) -> bool:
    return subject.document.kind == "web-page" and subject.words > 0

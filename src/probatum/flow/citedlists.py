"""The reference lists of the systematic reviews in a base: what each cites, and to when it sought.

A review is recognised by its publication type or its title. Its reference list can tell that a
trial is cited; that one is not cited it can tell only where most entries carry an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from probatum.model.document import Document
from probatum.model.pack import Pack
from probatum.model.published import CitedList
from probatum.model.work import Work
from probatum.text.concepts import concepts
from probatum.text.identifiers import normal_doi
from probatum.text.terms import Matcher, matcher

_REVIEW = re.compile(r"\b(?:systematic review|meta-?analys[ie]s)\b", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_SEARCHED = re.compile(
    r"\b(?:search(?:ed|es|ing)?|databases?|inception)\b[^.;]{0,160}?"
    r"\b(?:to|until|till|through|up to|as of)\s+(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    r"(?:(" + "|".join(_MONTHS) + r")\s+(?:\d{1,2},?\s+)?)?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_HEAD = 40_000  # characters: abstract and methods


def cited_lists(
    pack: Pack, works: Iterable[Work], read: Callable[[str], Document | None]
) -> list[CitedList]:
    """Give the reference lists of the reviews among the works, by year and label.

    ``read`` gives a document by id; only those of reviews are asked for.
    """
    words = matcher(pack.vocabulary.forms())
    known = {pool.doi.lower(): pool.searched_to for pool in pack.published if pool.doi}
    found = []
    for work in works:
        if not is_review(work):
            continue
        documents = [one for name in work.documents if (one := read(name)) is not None]
        listed = max(documents, key=lambda one: len(one.references), default=None)
        if listed is not None and listed.references:
            found.append(_listed(work, listed, words, known))
    return sorted(found, key=lambda one: (one.year or 0, one.review))


def is_review(work: Work) -> bool:
    """Whether a work is a systematic review, by its type or its title.

    >>> is_review(Work("w", (), title="Drug X for pain: a systematic review"))
    True
    """
    kinds = " ".join(work.publication_types)
    return bool(_REVIEW.search(kinds) or _REVIEW.search(work.title or ""))


def _listed(
    work: Work, document: Document, words: Matcher, known: dict[str, str | None]
) -> CitedList:
    names = [_names(ref.identifiers.doi, ref.identifiers.pmid) for ref in document.references]
    doi = normal_doi(work.identifiers.doi) if work.identifiers.doi else None
    named = {c.id for c in concepts(words, work.title or "") if c.kind == "indication"}
    return CitedList(
        review=_label(work),
        work=work.id,
        doi=doi,
        year=work.year,
        searched_to=known.get(doi or "") or searched_to(document.text),
        conditions=tuple(sorted(named)),
        cited=tuple(sorted({name for own in names for name in own})),
        entries=len(names),
        identified=sum(bool(own) for own in names),
    )


def _label(work: Work) -> str:
    who = work.authors[0].split(",")[0] if work.authors else (work.title or work.id)[:40]
    return f"{who} {work.year}" if work.year else who


def _names(doi: str | None, pmid: str | None) -> list[str]:
    normal = normal_doi(doi) if doi else None
    return [*([f"doi:{normal}"] if normal else []), *([f"pmid:{pmid}"] if pmid else [])]


def searched_to(text: str) -> str | None:
    """Give the last date of a search as the text says it, in ISO 8601 as far as it is told.

    >>> searched_to("We searched MEDLINE from inception to March 2021.")
    '2021-03'
    """
    found = [(m[2], m[1]) for m in _SEARCHED.finditer(text[:_HEAD])]
    dates = [_date(year, month) for year, month in found]
    return max(dates, default=None)


def _date(year: str, month: str | None) -> str:
    return f"{year}-{_MONTHS.index(month.lower()) + 1:02d}" if month else year

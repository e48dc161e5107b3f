"""Which work of the base a cited reference is: by identifier, else by title and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from probatum.model.claim import Target
from probatum.model.document import Identifiers
from probatum.model.work import Work
from probatum.works.normalise import fold

#: A folded title needs this many letters to stand for a work without any identifier.
_TELLING = 20


@dataclass(frozen=True, slots=True)
class Known:
    """Works found by name (``"doi:10..."``, ``"title:..."``); built once for many targets."""

    works: dict[str, list[Work]]


def know(works: Sequence[Work]) -> Known:
    """Index works by their identifiers and titles."""
    found: dict[str, list[Work]] = {}
    for work in works:
        for name in _names(work.identifiers):
            found.setdefault(name, []).append(work)
        if work.title and len(title := _compact(work.title)) >= _TELLING:
            found.setdefault(f"title:{title}", []).append(work)
    return Known(found)


def resolve(targets: Sequence[Target], works: Sequence[Work]) -> list[str | None]:
    """Give for each target the id of the work it is, or None where the base has no such work.

    An identifier decides, in the order DOI, PMID, PMCID; where works share it, the title must
    agree. Without a match by identifier: the same folded title, and years at most one apart.

    >>> work = Work("w1", ("d1",), identifiers=Identifiers(doi="10.1000/a"))
    >>> resolve([Target("B1", Identifiers(doi="10.1000/a")), Target("B2")], [work])
    ['w1', None]
    """
    known = know(works)
    return [resolve_one(target, known) for target in targets]


def resolve_one(target: Target, known: Known) -> str | None:
    """Resolve one target against an index of works."""
    for name in _names(target.identifiers):
        candidates = known.works.get(name, [])
        if len(candidates) == 1:
            return candidates[0].id
        if candidates:
            return _by_likeness(target, candidates)
    return _by_title(target, known)


def _names(identifiers: Identifiers) -> Iterator[str]:
    for scheme in ("doi", "pmid", "pmcid"):
        value = getattr(identifiers, scheme)
        if value:
            yield f"{scheme}:{value}"


def _compact(title: str) -> str:
    return fold(title).replace(" ", "")


def _by_likeness(target: Target, candidates: Sequence[Work]) -> str | None:
    """The one of several works under one identifier whose title agrees; None when none does."""
    if not target.title:
        return None
    title = _compact(target.title)
    scored = sorted(
        (-fuzz.ratio(title, _compact(work.title or "")), work.id) for work in candidates
    )
    return scored[0][1] if scored[0][0] <= -90 else None


def _by_title(target: Target, known: Known) -> str | None:
    if not target.title:
        return None
    candidates = [
        work
        for work in known.works.get(f"title:{_compact(target.title)}", [])
        if not _contradicts(target, work)
    ]
    return candidates[0].id if len(candidates) == 1 else None


def _contradicts(target: Target, work: Work) -> bool:
    if target.year and work.year and abs(target.year - work.year) > 1:
        return True
    one, two = target.identifiers, work.identifiers
    return bool(one.pmid and two.pmid and one.pmid != two.pmid)

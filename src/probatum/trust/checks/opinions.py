"""What named lists say of a journal, a publisher or a domain: opinions, dated, off by default."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.trust.lists import folded, host, journals, ratings
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject


def listed_opinion(subject: Subject) -> Iterator[Sign]:
    """The journal, publisher or domain stands on a list that the settings name."""
    metadata = subject.document.metadata
    place = host(metadata.url or "")
    names = [folded(n) for n in (metadata.container_title, metadata.publisher) if n]
    told = []
    for name, path in subject.lists.journals:
        known = journals(path)
        hit = next((known[key] for key in (*names, place) if key and key in known), None)
        if hit is not None:
            told.append(f"{name} lists {hit!r}")
    for name, path in subject.lists.domains:
        rated = ratings(path).get(place)
        if rated is not None:
            told.append(f"{name} rates {place}: {rated}")
    if told:
        explanation = "Others have an opinion on where this was published; it is theirs."
        yield Sign(explanation, "; ".join(told))

"""The sentences of a document that may be repeated elsewhere, and who is to be named first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from probatum.model.document import Document
from probatum.model.passage import Passage, Repeat
from probatum.text.digest import short_id
from probatum.text.sentences import segment
from probatum.trust.field import is_english
from probatum.trust.twins import alike, candidates, keys

_REPEATABLE = frozenset({"paragraph", "list-item", "other"})
_AUTHORITY = {"article": "0", "record": "1", "table": "2", "web-page": "3", "citation-page": "4"}
_UNDATED = 9999


def passages(document: Document) -> Iterator[tuple[Passage, tuple[int, ...]]]:
    """Give the sentences that can be recognised elsewhere, each with its hashes.

    Nothing of a text that is not English prose.
    """
    if not is_english(document.text):
        return
    spans = [(b.start, b.end) for b in document.blocks if b.kind in _REPEATABLE]
    protected = sorted((c.start, c.end) for c in document.citations)
    for start, end, _ in segment(document.text, spans, protected):
        quote = document.text[start:end]
        found = keys(quote)
        if found:
            name = short_id(document.id, start, end, "passage")
            yield Passage(name, document.id, start, end, quote, _rank(document, start)), found


def _rank(document: Document, start: int) -> str:
    """Sort what is published before pages, the early before the late, each in its own order."""
    year = document.metadata.year or _UNDATED
    return f"{_AUTHORITY[document.kind]}|{year:04}|{document.id}|{start:09}"


def repeats(
    documents: Sequence[Document], work_of: Mapping[str, str]
) -> dict[str, tuple[Repeat, ...]]:
    """Find what the documents of different works say again of each other, by the later document.

    ``work_of`` gives the work of each document: reports of one work repeat nothing.
    """
    found = [pair for document in documents for pair in passages(document)]
    rows = [(p.rank, work_of.get(p.document, p.document), held) for p, held in found]
    named = {d.id: title_of(d) for d in documents}
    pairs = [(found[b][0], found[a][0]) for b, a in candidates(rows)]
    return by_document(accepted(pairs, named))


def accepted(pairs: Sequence[tuple[Passage, Passage]], titles: Mapping[str, str]) -> list[Repeat]:
    """Judge proposed pairs (later, earlier) and keep for each later passage the first source.

    ``titles`` names the documents of the earlier passages.
    """
    kept: dict[str, Repeat] = {}
    for later, earlier in sorted(pairs, key=lambda pair: (pair[0].rank, pair[1].rank)):
        found = None if later.id in kept else alike(later.quote, earlier.quote)
        if found is not None:
            kept[later.id] = Repeat(
                later.document, later.start, later.end,
                earlier.document, earlier.start, earlier.end, earlier.quote,
                titles[earlier.document], found.how, round(found.resemblance, 4), found.shared,
            )  # fmt: skip
    return sorted(kept.values(), key=lambda r: (r.document, r.start, r.end))


def by_document(found: Sequence[Repeat]) -> dict[str, tuple[Repeat, ...]]:
    """Group repeats, sorted by document, by the document that repeats."""
    return {name: tuple(rows) for name, rows in groupby(found, key=lambda r: r.document)}


def title_of(document: Document) -> str:
    """Name a document for people: its title, else its file."""
    return document.metadata.title or document.source.name

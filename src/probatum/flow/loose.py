"""The verbs on loose files: read, link, extract and appraise without building a base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from probatum.documents.format import ReadOptions
from probatum.documents.read import Reading, collect
from probatum.errors import UsageError
from probatum.flow.making import files_in
from probatum.flow.noted import notices
from probatum.flow.sources import opened
from probatum.model.claim import Extraction
from probatum.model.document import Document
from probatum.model.flag import Appraisal
from probatum.model.pack import Pack
from probatum.model.work import Card, Linking
from probatum.trust.appraise import appraise
from probatum.trust.passages import repeats
from probatum.works.link import link


def read_files(
    paths: Iterable[str | Path], *, columns: Mapping[str, str] | None = None
) -> Iterator[Reading]:
    """Read files one after the other; raises UsageError for a path that is not there."""
    options = ReadOptions(columns=columns)
    for path in files_in(paths):
        with opened(path) as data:
            yield collect(data, path.name, options=options)


def text_of(path: str | Path, document: str | None = None) -> str:
    """Give the text that offsets refer to, of the one document or the one that is named.

    Raises UsageError naming the ids when there are several, or the reason when there is none.
    """
    documents = [d for reading in read_files([path]) for d in reading.documents]
    chosen = [d for d in documents if document in (None, d.id)]
    if len(chosen) == 1:
        return chosen[0].text
    ids = ", ".join(d.id for d in documents[:20])
    if documents:
        raise UsageError(f"{path} holds {len(documents)} documents; name one: --document {ids}")
    raise UsageError(f"{path} gives no document; 'probatum read {path}' says why")


def card_of(document: Document) -> Card:
    """Give what linking needs of a document."""
    source = document.source
    return Card(document.id, document.kind, document.metadata, source.name, source.record)


def link_files(paths: Iterable[str | Path]) -> Linking:
    """Read files and link their documents to works."""
    documents = (d for reading in read_files(paths) for d in reading.documents)
    return link([card_of(document) for document in documents], ())


def extract_files(paths: Iterable[str | Path], pack: Pack) -> Iterator[Extraction]:
    """Read files and extract the statements, claims and results of each document."""
    from probatum.claims.extract import extract  # noqa: PLC0415, half a second to import

    for reading in read_files(paths):
        for document in reading.documents:
            yield extract(document, pack.vocabulary)


def appraise_files(paths: Iterable[str | Path], pack: Pack) -> Iterator[Appraisal]:
    """Read files and appraise each document; notices and repeats among them count."""
    yield from (appraisal for _, appraisal in appraised_files(paths, pack))


def appraised_files(
    paths: Iterable[str | Path], pack: Pack
) -> Iterator[tuple[Document, Appraisal]]:
    """Read files and give each document with its appraisal."""
    documents: Sequence[Document] = [d for r in read_files(paths) for d in r.documents]
    cards = [card_of(document) for document in documents]
    told = notices(cards)
    works = link(cards, ()).works if len(documents) > 1 else ()
    work_of = {document: work.id for work in works for document in work.documents}
    repeated = repeats(documents, work_of) if len(documents) > 1 else {}
    for document in documents:
        yield document, appraise(document, pack, told, repeated.get(document.id, ()))

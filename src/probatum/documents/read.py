"""Read: bytes to documents, every byte accounted for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from probatum.documents.encoding import detect_encoding
from probatum.documents.format import Buffer, ReadOptions
from probatum.documents.table import FORMATS, detect_format, load
from probatum.documents.tiling import tiled
from probatum.model.document import Chunk, Document
from probatum.model.source import Accounting, Problem, Source

DEFAULT_OPTIONS = ReadOptions()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a source: where its bytes went, and its documents in order."""

    accounting: Accounting
    documents: tuple[Document, ...]


def read(data: Buffer, name: str, *, options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Chunk]:
    """Read a source lazily as chunks that tile it.

    The format is told by content; ``name`` is only shown and breaks ties. Material that cannot
    be taken is a rejected chunk with a Problem, never an exception.

    >>> [chunk.problems[0].code for chunk in read(b"", "nothing.txt")]
    ['empty-file']
    """
    yield from _read(data, _source(data, name), detect_format(data, name), options)


def collect(data: Buffer, name: str, *, options: ReadOptions = DEFAULT_OPTIONS) -> Reading:
    """Read a whole source: its accounting and its documents.

    >>> collect(b"", "nothing.txt").accounting.problems[0].code
    'empty-file'
    """
    form = detect_format(data, name)
    source = _source(data, name)
    chunks = list(_read(data, source, form, options))
    return Reading(
        account(data, source, form, chunks),
        tuple(chunk.document for chunk in chunks if chunk.document),
    )


def account(data: Buffer, source: Source, form: str | None, chunks: Iterable[Chunk]) -> Accounting:
    """Add up what became of a source's bytes; ``form`` is the name of the format."""
    records = 0
    fates: Counter[str] = Counter()
    problems: list[Problem] = []
    for chunk in chunks:
        fates[chunk.fate] += chunk.length
        records += chunk.document is not None
        problems.extend(chunk.problems)
        problems.extend(chunk.document.problems if chunk.document else ())
    return Accounting(
        name=source.name,
        sha256=source.sha256,
        format=form,
        encoding=detect_encoding(data).name if form and not load(form).binary else None,
        bytes=source.size,
        parsed=fates["parsed"],
        ignored=fates["ignored"],
        rejected=fates["rejected"],
        records=records,
        problems=tuple(problems),
    )


def _source(data: Buffer, name: str) -> Source:
    return Source(name, hashlib.sha256(data).hexdigest(), len(data))


def _read(data: Buffer, source: Source, form: str | None, options: ReadOptions) -> Iterator[Chunk]:
    size = source.size
    if form is None:
        yield _refused(size, _unknown(data))
        return
    chosen = load(form)
    if not chosen.streaming and size > options.max_source_mb * 1_000_000:
        reason = (
            f"{size / 1e6:.0f} MB is more than max_source_mb = {options.max_source_mb} allows "
            f"for {form}; raise max_source_mb or divide the file."
        )
        yield _refused(size, Problem("source-too-large", reason, 0))
        return
    yield from tiled(chosen.read(data, source, options), size)


def _unknown(data: Buffer) -> Problem:
    if not len(data):
        return Problem("empty-file", "The file is empty; remove it or put the real one here.", 0)
    known = ", ".join(entry.name for entry in FORMATS)
    reason = f"No reader knows these bytes; convert the file to one of: {known}."
    return Problem("unknown-format", reason, 0)


def _refused(size: int, problem: Problem) -> Chunk:
    return Chunk(0, size, "rejected", problems=(problem,), reason=problem.reason)

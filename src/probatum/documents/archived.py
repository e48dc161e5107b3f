"""zip, tar and gzip: their members are read as sources, with bounds on everything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from probatum.documents.assemble import document_id
from probatum.documents.format import Buffer, ReadOptions
from probatum.documents.members import Allowance, Member, members
from probatum.documents.read import read as read_source
from probatum.documents.table import detect_format
from probatum.model.document import Chunk, Document
from probatum.model.source import Problem, Source

_DEEPEST = 3
_HIDDEN = re.compile(r"(?:^|/)(?:\.|__MACOSX/|Thumbs\.db$)")
_TABLES = "the archive's own tables"


def read_archive(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read each member as a source of its own.

    A document of a member is named "archive!member"; its extent is that of the (packed) member
    in the archive. Bytes of members are parsed or rejected as wholes: what became of the bytes
    within a member is told by its documents and problems.
    """
    allowance = Allowance(options.max_source_mb * 1_000_000)
    yield from _unpacked(bytes(data), source, options, allowance)


def _unpacked(
    raw: bytes, source: Source, options: ReadOptions, allowance: Allowance
) -> Iterator[Chunk]:
    at = ordinal = 0
    # Members of one packed stream (a .tar.gz) all have its bytes.
    for (start, end), group in groupby(members(raw, source.name, allowance), key=itemgetter(1, 2)):
        if start > at:
            yield Chunk(at, start - at, "ignored", reason=_TABLES)
        at = end
        problems: list[Problem] = []
        before, names = ordinal, list[str]()
        for member in group:
            names.append(member.name)
            documents, found = _taken(member, source, options, allowance)
            problems += found
            for document in documents:
                moved = _renamed(document, member, source, ordinal)
                yield Chunk(start, 0, "parsed", moved)
                ordinal += 1
        yield _closing(start, end, names, problems, ordinal > before)
    if at < source.size:
        yield Chunk(at, source.size - at, "ignored", reason=_TABLES)


def _closing(
    start: int, end: int, names: list[str], problems: list[Problem], parsed: bool
) -> Chunk:
    """The bytes of members: parsed when they gave a document, else rejected or ignored."""
    length = end - start
    if parsed:
        return Chunk(start, length, "parsed", None, tuple(problems), f"member {names[0][:80]}")
    if problems:
        return Chunk(start, length, "rejected", None, tuple(problems), problems[0].reason)
    return Chunk(start, length, "ignored", None, (), f"member {names[0][:80]}: nothing to read")


def _taken(
    member: Member, source: Source, options: ReadOptions, allowance: Allowance
) -> tuple[list[Document], list[Problem]]:
    """Documents of a member, and problems that belong to none of them."""
    if member.problem is not None:
        return [], [member.problem]
    if not member.data or _HIDDEN.search(member.name):
        return [], []
    name = f"{source.name}!{member.name}"
    if detect_format(member.data, name) == "archive":
        if name.count("!") > _DEEPEST:
            reason = f"The archive {member.name[:120]} lies too deep; unpack it first."
            return [], [Problem("too-deep", reason, member.start)]
        inner = Source(name, "", len(member.data))
        chunks = [*_unpacked(member.data, inner, options, allowance)]
    else:
        chunks = [*read_source(member.data, name, options=options)]
    documents = [chunk.document for chunk in chunks if chunk.document]
    return documents, [_at(problem, member) for chunk in chunks for problem in chunk.problems]


def _renamed(document: Document, member: Member, source: Source, ordinal: int) -> Document:
    inner = document.source
    name = (
        inner.name if inner.name.startswith(source.name + "!") else f"{source.name}!{inner.name}"
    )
    ref = replace(
        inner,
        name=name,
        sha256=source.sha256,
        offset=member.start,
        length=member.end - member.start,
    )
    return replace(
        document,
        id=document_id(source.sha256, ordinal),
        ordinal=ordinal,
        source=ref,
        problems=tuple(_at(problem, member) for problem in document.problems),
    )


def _at(problem: Problem, member: Member) -> Problem:
    """A problem within a member: its place in the member is told, its offset is the member's."""
    inside = f" (byte {problem.offset})" if problem.offset else ""
    return replace(
        problem, offset=member.start, reason=f"{member.name[:80]}{inside}: {problem.reason}"
    )

"""A received file, what became of its bytes, and what could not be taken."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.quick import quick


@dataclass(frozen=True, slots=True)
class Problem:
    """Material that could not be taken: a code, the reason, the byte offset if there is one.

    The code is a short kebab-case word (``"empty-file"``, ``"bad-entity"``, ``"missing-er"``)
    that stays stable; the reason is a sentence that says what to do. ``file``, ``line`` (from 1)
    and ``column`` name the place in a table that people edit.
    """

    code: str
    reason: str
    offset: int | None = None
    file: str | None = None
    line: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A received file, immutable: name as shown, digest and size in bytes."""

    name: str
    sha256: str
    size: int


@quick
@dataclass(frozen=True, slots=True)
class SourceRef:
    """The part of a source that a document was made of: bytes [offset, offset + length).

    ``record`` is the record's own key (BibTeX key, RIS ID, first id-like CSV column).
    """

    name: str
    sha256: str
    offset: int
    length: int
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Accounting:
    """Where every byte of a source went: ``bytes == parsed + ignored + rejected``, always."""

    name: str
    sha256: str
    format: str | None
    encoding: str | None
    bytes: int
    parsed: int
    ignored: int
    rejected: int
    records: int
    problems: tuple[Problem, ...] = ()

"""The doctor: every span re-found, every part's digest right, every pack row valid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from probatum.flow.folder import BaseFolder
from probatum.flow.judgements import KINDS, load
from probatum.flow.ledger import Part, code_digest, content_digest
from probatum.flow.manifest import Manifest, load_manifest
from probatum.flow.packs import load_pack
from probatum.flow.packs.place import pack_folder
from probatum.flow.settings import load_settings
from probatum.flow.sources import scan
from probatum.model.answer import Fault
from probatum.model.claim import Claim, Result, Statement
from probatum.model.document import Document
from probatum.model.flag import Flag
from probatum.model.source import Accounting, Problem

_SPANS: tuple[tuple[str, type[Statement | Claim | Result | Flag]], ...] = (
    ("extract", Statement),
    ("extract", Claim),
    ("extract", Result),
    ("appraise", Flag),
)
_REBUILD = "delete .probatum and run 'probatum build': everything in it is derived"


def examine(folder: BaseFolder) -> Iterator[Fault]:
    """Examine a base from end to end; yields nothing when all is well."""
    settings = load_settings(folder.path)
    yield from examine_pack(pack_folder(settings.pack, folder.path))
    yield from _decisions(folder)
    manifest = load_manifest(folder.manifest)
    if manifest is None:
        yield Fault("current.json", "the base has not been built", "run 'probatum build'")
        return
    if manifest.code != code_digest():
        yield Fault("current.json", "built by another version", "run 'probatum build'")
        return
    yield from _sources(folder, settings.paths, manifest)
    damaged = list(_parts(folder, manifest))
    yield from damaged
    if not damaged:
        yield from _spans(folder, manifest)


def examine_pack(location: str) -> Iterator[Fault]:
    """Examine the rows of a pack; each bad row is a fault with file, line and column."""
    for problem in load_pack(location).problems:
        yield Fault(_place(problem), problem.reason, "mend the row in the pack")


def _place(problem: Problem) -> str:
    known = (problem.file, problem.line, problem.column)
    return ":".join(str(part) for part in known if part is not None) or problem.code


def _decisions(folder: BaseFolder) -> Iterator[Fault]:
    for kind in KINDS:
        for problem in load(folder, kind.name)[1]:
            yield Fault(f"judgements/{kind.name}.csv", problem.reason, "mend or remove the line")


def _sources(folder: BaseFolder, globs: tuple[str, ...], manifest: Manifest) -> Iterator[Fault]:
    """Hold the sources against the ones that the build read."""
    found = scan(folder, globs)
    read: set[tuple[str, str]] = set()
    for name in manifest.parts.get("read", ()):
        rows = Part(folder.parts / "read" / name)
        if rows.folder.is_dir():
            read.update((r.name, r.sha256) for r in rows.read(Accounting))
    for source in found.sources:
        if (source.name, source.sha256) not in read:
            yield Fault(source.name, "new or altered since the last build", "run 'probatum build'")
    for name, problem in found.problems:
        yield Fault(name, problem.reason, "see the reason")


def _parts(folder: BaseFolder, manifest: Manifest) -> Iterator[Fault]:
    for stage, names in sorted(manifest.parts.items()):
        for name in names:
            path = folder.parts / stage / name
            if not path.is_dir():
                yield Fault(f"parts/{stage}/{name}", "the part is missing", _REBUILD)
            elif content_digest(path) != name.split("-", maxsplit=1)[1]:
                yield Fault(f"parts/{stage}/{name}", "its bytes are not as written", _REBUILD)


def _spans(folder: BaseFolder, manifest: Manifest) -> Iterator[Fault]:
    """Re-find every quote in the text of its document, source by source."""
    stages = manifest.parts
    for at, name in enumerate(stages["read"]):
        documents = Part(folder.parts / "read" / name).read(Document)
        texts = {document.id: document.text for document in documents}
        for stage, noun in _SPANS:
            part = Part(folder.parts / stage / stages[stage][at])
            for row in part.read(noun):
                if not _found(row, texts):
                    where = f"{row.document}:{row.start}-{row.end}"
                    reason = f"the quote of a {noun.__name__.lower()} does not stand there"
                    yield Fault(where, reason, _REBUILD)


def _found(row: Statement | Claim | Result | Flag, texts: Mapping[str, str]) -> bool:
    if row.start is None or row.end is None:
        return True
    return texts[row.document][row.start : row.end] == row.quote

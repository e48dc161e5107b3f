"""The doctor: every span re-found, every part's digest right, every pack row valid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from probatum.flow.digests import code_digest
from probatum.flow.folder import BaseFolder
from probatum.flow.judgements import KINDS, load
from probatum.flow.ledger import Part, content_digest
from probatum.flow.manifest import Manifest, load_manifest
from probatum.flow.networks import pair_name
from probatum.flow.packs import load_pack
from probatum.flow.packs.place import pack_folder
from probatum.flow.settings import load_settings
from probatum.flow.sources import scan
from probatum.model.answer import Fault
from probatum.model.claim import Claim, Result, Statement
from probatum.model.document import Document
from probatum.model.flag import Flag
from probatum.model.network import Network
from probatum.model.source import Accounting, Problem
from probatum.model.work import Work

_SPANS: tuple[tuple[str, type[Statement | Claim | Result | Flag]], ...] = (
    ("extract", Statement),
    ("extract", Claim),
    ("extract", Result),
    ("appraise", Flag),
)
_RENAME = "add a line with the name as the atlas writes it, and remove this one"
_JUDGE_AGAIN = "judge the flag that stands in its place, if one does, and remove this line"
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
    yield from _named(folder, manifest)
    yield from _stale(folder, manifest)
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


def _named(folder: BaseFolder, manifest: Manifest) -> Iterator[Fault]:
    """Hold what decisions name against what the base holds: a name mistyped decides nothing."""
    pack = load_pack(pack_folder(manifest.pack, folder.path))
    others = [kind.name for kind in KINDS if "study" in kind.columns and kind.name != "rob"]
    added = {row["study"] for kind in others for row in load(folder, kind)[0]}
    known = {
        "rob": ("study", {row.study for row in pack.studies} | added),
        "certainty": ("question", {q.id for q in pack.questions} | _pairs(folder, manifest)),
    }
    works = _works(folder, manifest)
    for kind, (column, names) in known.items():
        for row in load(folder, kind)[0]:
            if row[column] not in names and row[column] not in works:
                reason = f"no {column} of this base is called {row[column]!r}"
                near = get_close_matches(row[column], sorted(names), 1)
                meant = f"; {near[0]!r} is near it" if near else ""
                yield Fault(f"judgements/{kind}.csv", reason + meant, _RENAME)


def _stale(folder: BaseFolder, manifest: Manifest) -> Iterator[Fault]:
    """Hold decisions on flags against the flags that stand: a stale one decides nothing."""
    rows = load(folder, "flags")[0]
    parts = [Part(folder.parts / "appraise" / name) for name in manifest.parts.get("appraise", ())]
    if not rows or not all(part.folder.is_dir() for part in parts):
        return  # a missing part is told as such
    standing = {flag["id"] for part in parts for flag in part.columns(Flag, ("id",))}
    for name in sorted({row["flag"] for row in rows} - standing):
        reason = f"no flag {name!r} stands any more: its document, the pack or its rule changed"
        yield Fault("judgements/flags.csv", reason, _JUDGE_AGAIN)


def _pairs(folder: BaseFolder, manifest: Manifest) -> set[str]:
    """The pairs of treatments of networks may be overridden as questions may, either way round."""
    parts = [Part(folder.parts / "network" / name) for name in manifest.parts.get("network", ())]
    found = [network for part in parts if part.folder.is_dir() for network in part.read(Network)]
    return {pair_name(one, cell.row, cell.column) for one in found for cell in one.league}


def _works(folder: BaseFolder, manifest: Manifest) -> set[str]:
    """A study that the pack does not hold is judged under the id of its work."""
    parts = [Part(folder.parts / "link" / name) for name in manifest.parts.get("link", ())]
    there = [part for part in parts if part.folder.is_dir()]
    return {row["id"] for part in there for row in part.columns(Work, ("id",))}


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
                    what = noun.__name__.lower()
                    reason = f"the quote of a {what}, or a part of it, does not stand there"
                    yield Fault(where, reason, _REBUILD)


def _found(row: Statement | Claim | Result | Flag, texts: Mapping[str, str]) -> bool:
    if row.start is None or row.end is None:
        return True
    text = texts[row.document]
    placed = row.parts if isinstance(row, Claim) else ()
    held = all(p.start is None or 0 <= p.start < (p.end or 0) <= len(text) for p in placed)
    return held and text[row.start : row.end] == row.quote

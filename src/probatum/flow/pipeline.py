"""The path of data, from a folder of documents to a built base, top to bottom.

::

    sources - read -> documents - link -> works
                          |- extract -> statements, claims, results
                          |- mark -> passages - repeat -> what is said again elsewhere
                          |- appraise -> flags, profiles
    works, statements, profiles, what people decided - place -> citing graph
    study rows, citing graph - answer -> effects, certainty - publish -> index, pages
                             |- join -> networks of treatments

Every stage turns shards into immutable parts and skips those that stand already: a second build
does nothing, one new document recomputes only what hangs on it, and what a killed build had done
is kept. Stages never call each other: they meet in the nouns of ``probatum.model``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from probatum.engine.runner import Where
from probatum.engine.runners import check_runner
from probatum.engine.storage import exclusive, remove_leftovers
from probatum.flow import answering, networks, readypages, reviewing, stages
from probatum.flow.added import with_added
from probatum.flow.changes import compare, shapes_of, told
from probatum.flow.citing import place_statements
from probatum.flow.digests import code_digest, digest
from probatum.flow.errands import open_hands
from probatum.flow.folder import BaseFolder
from probatum.flow.graph import Graph
from probatum.flow.judgements import load as load_decisions
from probatum.flow.ledger import Ledger, Part
from probatum.flow.linking import link_base
from probatum.flow.manifest import Build, Manifest, load_manifest, save_manifest
from probatum.flow.notices import lists_digest, lists_of
from probatum.flow.packs import load_pack
from probatum.flow.packs.place import pack_digest, pack_folder
from probatum.flow.printing import print_pages, shards
from probatum.flow.publishing import remove_old_indexes, write_index
from probatum.flow.repeating import find_repeats
from probatum.flow.reporter import Reporter, Silent
from probatum.flow.run import Run
from probatum.flow.settings import Settings, load_settings
from probatum.flow.sources import Scan, listing, scan
from probatum.model.added import AddedResult
from probatum.model.answer import Answer
from probatum.model.claim import Statement
from probatum.model.document import Document
from probatum.model.pack import Pack
from probatum.model.passage import Repeat
from probatum.model.work import Citing, Decision, DecisionVerdict, Notice, Work
from probatum.trust.lists import Lists

_WAIT = 600.0  # seconds that a second build waits for the first


def build(
    folder: BaseFolder,
    *,
    workers: int = 1,
    where: Where | None = None,
    reporter: Reporter | None = None,
) -> Build:
    """Bring everything derived of a base up to date.

    Runs in ``workers`` processes of this machine, or ``where`` is told; the bytes are the same.
    Waits while another build runs on the base. Bad documents are problems in the accounting;
    raises SettingsError, PackError, BusyError, StorageError or UnreachableError for what stops
    a build, UnknownNameError for a runner that no one knows.
    """
    reporter, where = reporter or Silent(), where or Where(workers=workers)
    check_runner(where)
    settings = load_settings(folder.path)
    with exclusive(folder.lock, wait=_WAIT, waiting=reporter.note):
        remove_leftovers(folder.derived)
        found = scan(folder, settings.paths)
        inputs = _inputs(folder, settings, found)
        current = load_manifest(folder.manifest)
        if current is not None and current.inputs == inputs and _stands(folder, current):
            return Build(current, new=False)
        with open_hands(where, folder) as runner:
            run = Run(Ledger(folder.parts), runner, reporter)
            manifest = _all_stages(run, folder, settings, found, current)
        save_manifest(folder.manifest, manifest)
        kept = [m for m in (manifest, current) if m]
        remove_old_indexes(folder, kept)
        readypages.remove_old(folder, kept)
    return Build(manifest, new=True, made=tuple(run.made))


def _all_stages(
    run: Run, folder: BaseFolder, settings: Settings, found: Scan, current: Manifest | None
) -> Manifest:
    """Run every stage in order; this function is the program."""
    location = pack_folder(settings.pack, folder.path)
    pack = load_pack(location)

    read = _read(run, found, settings)
    linked = _link(run, folder, read, (location, pack))
    extracted = _extract(run, read, location, pack)
    repeated = _repeat(run, read, linked, location)
    lists = lists_of(folder, settings)
    appraised = _appraise(run, read, (linked, repeated), (location, lists), pack)
    decided = _decide(run, folder)
    placed = _place(run, (linked, repeated, decided), extracted, appraised)
    added = with_added(pack, decided.read(AddedResult), linked.read(Work))
    answered = _answer(run, folder, added, linked, placed)
    _join(run, folder, added, linked, placed)

    manifest = _publish(run, folder, settings, found, answered, current)
    _print(run, folder, manifest, (location, pack))
    return manifest


def _read(run: Run, found: Scan, settings: Settings) -> list[Part]:
    limit = settings.max_source_mb
    return run.stage(
        "read",
        [run.key("read", source.name, source.sha256, limit) for source in found.sources],
        lambda at, place: stages.ReadShard(place, found.sources[at], limit),
        stages.read_source,
        otherwise=stages.refuse_source,
    )


def _link(run: Run, folder: BaseFolder, read: list[Part], pack: tuple[str, Pack]) -> Part:
    decisions = [_decision(row) for row in load_decisions(folder, "duplicates")[0]]
    return link_base(run, read, pack, decisions)


def _decision(row: Mapping[str, str]) -> Decision:
    verdict = cast(DecisionVerdict, row["verdict"])
    return Decision(row["left"], row["right"], verdict, row["who"], row["when"], row["why"])


def _extract(run: Run, read: list[Part], location: str, pack: Pack) -> list[Part]:
    words = digest(pack.vocabulary)
    return run.stage(
        "extract",
        [run.key("extract", part.name, words) for part in read],
        lambda at, place: stages.DocumentsShard(place, read[at].folder, location),
        stages.extract_documents,
    )


def _repeat(run: Run, read: list[Part], linked: Part, location: str) -> Part:
    marked = run.stage(
        "mark",
        [run.key("mark", part.name) for part in read],
        lambda at, place: stages.DocumentsShard(place, read[at].folder, location),
        stages.mark_passages,
    )

    def make() -> dict[type, list[Repeat]]:
        return {Repeat: find_repeats(marked, read, linked.read(Work))}

    key = run.key("repeat", [part.name for part in (linked, *marked)])
    return run.whole("repeat", key, make)


def _appraise(
    run: Run, read: list[Part], between: tuple[Part, Part], against: tuple[str, Lists], pack: Pack
) -> list[Part]:
    """``between``: the parts of linking and of repeats; ``against``: the pack's place, lists."""
    location, lists = against
    known = tuple(between[0].read(Notice))
    told = digest(known, lists_digest(lists))  # once: there may be many of either
    by_document: dict[str, list[Repeat]] = {}
    for repeat in between[1].read(Repeat):
        by_document.setdefault(repeat.document, []).append(repeat)
    held = [
        tuple(r for row in part.columns(Document, ("id",)) for r in by_document.get(row["id"], ()))
        for part in read
    ]
    return run.stage(
        "appraise",
        [
            run.key("appraise", part.name, pack.digest, told, repeats)
            for part, repeats in zip(read, held, strict=True)
        ],
        lambda at, place: stages.DocumentsShard(
            place, read[at].folder, location, known, held[at], lists
        ),
        stages.appraise_documents,
    )


def _decide(run: Run, folder: BaseFolder) -> Part:
    found = reviewing.decided(folder)
    key = run.key("decide", list(found.values()))
    return run.whole("decide", key, lambda: found)


def _place(
    run: Run, known: tuple[Part, Part, Part], extracted: list[Part], appraised: list[Part]
) -> Part:
    """``known``: the parts of linking, repeats and decisions."""
    linked, repeated, decided = known

    def make() -> dict[type, list[Citing]]:
        statements = [row for part in extracted for row in part.read(Statement)]
        profiles = reviewing.profiles(appraised, reviewing.by_flag(decided))
        repeats = repeated.read(Repeat)
        return {Citing: place_statements(statements, linked.read(Work), profiles, repeats)}

    names = [part.name for part in (*known, *extracted, *appraised)]
    return run.whole("place", run.key("place", names), make)


def _answer(run: Run, folder: BaseFolder, pack: Pack, linked: Part, placed: Part) -> list[Part]:
    overrides = load_decisions(folder, "certainty")[0]
    graph = Graph(linked.read(Work), placed.read(Citing), linked.read(Notice))
    inputs = answering.inputs(pack, graph, overrides, load_decisions(folder, "rob")[0])
    return run.stage(
        "answer",
        [run.key("answer", question) for question in inputs],
        lambda at, place: stages.AnswerShard(place, inputs[at]),
        stages.answer_question,
    )


def _join(run: Run, folder: BaseFolder, pack: Pack, linked: Part, placed: Part) -> list[Part]:
    """Answer together the questions that ask the same of different treatments."""
    graph = Graph(linked.read(Work), placed.read(Citing), linked.read(Notice))
    overrides = load_decisions(folder, "certainty")[0]
    given = networks.inputs(pack, graph, overrides, load_decisions(folder, "rob")[0])
    return run.stage(
        "network",
        [run.key("network", group) for group in given],
        lambda at, place: stages.NetworkShard(place, given[at]),
        stages.answer_network,
    )


def _publish(
    run: Run,
    folder: BaseFolder,
    settings: Settings,
    found: Scan,
    answered: list[Part],
    current: Manifest | None,
) -> Manifest:
    now = told(shapes_of(answer for part in answered for answer in part.read(Answer)))
    manifest = Manifest(
        build_id=digest(settings.title, settings.as_of, run.parts),
        inputs=_inputs(folder, settings, found),
        code=code_digest(),
        title=settings.title,
        pack=settings.pack,
        as_of=settings.as_of,
        parts=run.parts,
        told=now,
        changes=() if current is None else compare(current.told, now),
        problems=tuple((name, p.code, p.reason) for name, p in found.problems),
    )
    write_index(folder, manifest)
    return manifest


def _print(run: Run, folder: BaseFolder, manifest: Manifest, pack: tuple[str, Pack]) -> None:
    """Make the pages that readers ask for most, so that none of them waits."""
    if readypages.stand(folder, manifest):
        return
    for _ in run.each("pages", print_pages, shards(folder, manifest, pack)):
        pass
    readypages.bind(folder, manifest)


def _inputs(folder: BaseFolder, settings: Settings, found: Scan) -> str:
    """Digest all that a build depends on, so that nothing new is seen without any work."""
    location = pack_folder(settings.pack, folder.path)
    decided = [
        [path.name, digest(path.read_bytes().hex())]
        for path in sorted(folder.judgements.glob("*.csv"))
    ]
    problems = [[name, problem.code] for name, problem in found.problems]
    return digest(
        settings,
        listing(found.sources),
        problems,
        decided,
        lists_digest(lists_of(folder, settings)),
        pack_digest(location),
        code_digest(),
    )


def _stands(folder: BaseFolder, manifest: Manifest) -> bool:
    """Say whether every part, the index and the pages of a build are there."""
    parts = all(
        (folder.parts / stage / name).is_dir()
        for stage, names in manifest.parts.items()
        for name in names
    )
    index = (folder.index / manifest.build_id).is_dir()
    return parts and index and readypages.stand(folder, manifest)

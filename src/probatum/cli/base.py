"""Commands on a base: init, add, build, answers, search, doctor, export, serve, demo."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from probatum.cli.files import BaseOption, Json, PackOption, Paths, print_lines
from probatum.cli.output import Bar, emit, say, table

# Named here so that --help need not load what writes them; a test compares.
EXPORTS = "site, csv, parquet, ris, csl, annotations, ro-crate, fhir, prisma"
Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes to use; as many as cores when not given.")
]


def init(
    path: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new base.")],
    pack: Annotated[str | None, typer.Option(help="A shipped pack, or a folder.")] = None,
    title: Annotated[str | None, typer.Option(help="What the base is called.")] = None,
) -> None:
    """Make a new base."""
    from probatum.flow.making import init_base
    from probatum.flow.settings import DEFAULT_PACK

    folder = init_base(path, pack=pack or DEFAULT_PACK, title=title)
    say(f"made {folder.path}; put documents in with 'probatum add', then 'probatum build'")


def add(paths: Paths, base: BaseOption = None) -> None:
    """Put documents into the base, as they are."""
    from probatum.flow.making import add_documents

    added = add_documents(opened(base).folder, paths)
    for name, new in added:
        print_lines([f"{'added' if new else 'known'}  {name}"])


def build(  # noqa: PLR0913, keyword-only options
    base: BaseOption = None,
    *,
    workers: Workers = None,
    runner: Annotated[str, typer.Option(help="Where work runs: local or dask.")] = "local",
    address: Annotated[
        str | None, typer.Option(help="The scheduler of a cluster, such as tcp://host:8786.")
    ] = None,
    tls: Annotated[
        Path | None, typer.Option(help="Folder with ca.pem, cert.pem and key.pem for tls://.")
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            help="Address through which files reach workers, such as s3://bucket/folder."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring everything derived up to date and say what changed."""
    from probatum.engine.runner import Where
    from probatum.model import shapes

    where = Where(runner, workers or _cores(), address, tls, store)
    done = _build(opened(base), where)
    if as_json:
        for change in done.manifest.changes if done.new else ():
            emit(shapes.change(change))
        return
    if not done.new:
        print_lines(["nothing new: every part stands"])
        return
    print_lines([f"built {done.manifest.build_id}: {len(done.made)} parts made"])
    print_lines(f"changed  {change.text}" for change in done.manifest.changes)


def opened(base: Path | None) -> Any:
    """Open the base that is named, or the nearest one upwards."""
    from probatum.flow.base import open_base
    from probatum.flow.settings import find_base

    return open_base(base if base is not None else find_base(Path.cwd()))


def _build(base: Any, where: Any) -> Any:
    with Bar() as bar:
        return base.build(where=where, reporter=bar)


def _cores() -> int:
    return os.cpu_count() or 1


def answers(
    base: BaseOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also questions that no study answers with a number.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Print one answer a question: effect, interval, studies, certainty, statements."""
    _print_answers(opened(base), as_json, everything)


def _print_answers(base: Any, as_json: bool, everything: bool) -> None:
    from probatum.flow.changes import effect
    from probatum.model import shapes

    if as_json:
        for answer in base.answers():
            emit(shapes.answer(answer))
        return
    changed = {change.question for change in base.view().changes()}
    found = base.answers()
    shown = [answer for answer in found if everything or answer.pooled.k]
    rows = [
        (
            answer.question.label,
            effect(shapes.answer(answer)) if answer.pooled.k else "\u2013",
            answer.pooled.k,
            f"{answer.pooled.n:g}" if answer.pooled.n else "",
            answer.certainty.level,
            answer.supporting,
            answer.contrasting,
            "yes" if answer.question.id in changed else "",
        )
        for answer in shown
    ]
    columns = ("question", "effect (95 % CI)", "k", "n", "certainty", "for", "against", "changed")
    table(columns, rows, right="k n for against", stretch="question")
    if len(shown) < len(found):
        more = len(found) - len(shown)
        print_lines(
            [f"and {more} questions without a comparison to show: 'probatum answers --all'"]
        )


def search(
    query: Annotated[str, typer.Argument(help="Words; quotes ask for a phrase.")],
    base: BaseOption = None,
    kind: Annotated[
        str | None, typer.Option(help="document, work, question or statement.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    as_json: Json = False,
) -> None:
    """Find documents, works, questions and statements."""
    from probatum.model import shapes

    hits = opened(base).search(query, kind=kind, limit=limit)
    if as_json:
        for hit in hits:
            emit(shapes.hit(hit))
        return
    if not hits:
        say(f"nothing found for {query!r}; try fewer or other words")
        return
    rows = [
        (f"{h.score:.2f}", h.kind, h.id, _folded(h.title, 60), _folded(h.snippet, 80))
        for h in hits
    ]
    table(("score", "kind", "id", "title", "snippet"), rows, right="score")


def _folded(text: str, longest: int) -> str:
    """Bring a text on one line: white space folded, cut where it is long."""
    return " ".join(text.split())[:longest]


def doctor(base: BaseOption = None, pack: PackOption = None, as_json: Json = False) -> None:
    """Re-find every span, check every part's digest and every row of the pack."""
    from probatum.flow.doctor import examine, examine_pack
    from probatum.flow.packs.place import pack_folder
    from probatum.model import shapes

    if pack is not None:
        faults = list(examine_pack(pack_folder(pack, Path.cwd())))
    else:
        faults = list(examine(opened(base).folder))
    for fault in faults:
        if as_json:
            emit(shapes.fault(fault))
        else:
            print_lines([f"{fault.where}: {fault.reason}; {fault.remedy}"])
    if not faults and not as_json:
        print_lines(["no fault found"])
    raise typer.Exit(1 if faults else 0)


def export(
    kind: Annotated[str, typer.Argument(help=f"One of: {EXPORTS}.")],
    out: Annotated[Path, typer.Argument(help="The folder to write.")],
    base: BaseOption = None,
) -> None:
    """Write the base out for others."""
    from probatum.flow.export import export_base

    count = export_base(opened(base), kind, out)
    say(f"wrote {count} files to {out}")


def release(
    name: Annotated[str, typer.Argument(help="A plain word, such as 2026-11.")],
    base: BaseOption = None,
) -> None:
    """Keep the answers of the current build under a name."""
    from probatum.flow.releases import release as keep

    say(f"wrote {keep(opened(base), name)}")


def diff(
    before: Annotated[str, typer.Argument(help="A release.")],
    after: Annotated[str, typer.Argument(help="A release, or current.")] = "current",
    base: BaseOption = None,
    as_json: Json = False,
) -> None:
    """Tell what changed between two releases."""
    from probatum.flow.releases import diff as compare
    from probatum.model import shapes

    changes = tuple(compare(opened(base), before, after))
    if not changes:
        say(f"nothing changed between {before} and {after}")
    for change in changes:
        if as_json:
            emit(shapes.change(change))
        else:
            print_lines([change.text])


def serve(
    base: BaseOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="The address to bind to.")] = "127.0.0.1",
    allow_edit: Annotated[
        bool, typer.Option("--allow-edit", help="Open the write door; prints its token once.")
    ] = False,
    names: Annotated[
        list[str] | None,
        typer.Option("--name", help="A further host name under which browsers may ask for it."),
    ] = None,
) -> None:
    """Serve the atlas on this machine."""
    from probatum.web.server import serve_base

    chosen = opened(base)
    serve_base(
        chosen, host=host, port=port, allow_edit=allow_edit, say=say, names=tuple(names or ())
    )


def mcp(base: BaseOption = None) -> None:
    """Offer the base to a language model as tools, over standard input and output (extra mcp)."""
    from probatum.web.tools import mcp_server

    chosen = opened(base)
    chosen.view()
    mcp_server(chosen.view).run("stdio")


def demo(
    path: Annotated[Path, typer.Option("--dir", help="Where the base is made.")] = Path(
        "demo-base"
    ),
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after the table.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    workers: Workers = None,
) -> None:
    """Build the shipped base with the example documents, print its answers, serve it."""
    from probatum.engine.runner import Where
    from probatum.flow.demo import demo_base

    made = demo_base(path)
    done = _build(made, Where(workers=workers or _cores()))
    say(f"{'built' if done.new else 'nothing new in'} {made.folder.path}")
    _print_answers(made, as_json=False, everything=False)
    if not no_serve:
        serve(base=made.folder.path, port=port)


COMMANDS: dict[str, Callable[..., None]] = {
    "init": init,
    "add": add,
    "build": build,
    "answers": answers,
    "search": search,
    "doctor": doctor,
    "export": export,
    "release": release,
    "diff": diff,
    "serve": serve,
    "mcp": mcp,
    "demo": demo,
}

"""Commands on files that need no base: read, text, link, extract, appraise, check."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from probatum.cli.output import emit, print_wrapped, say, table
from probatum.errors import NotABaseError, UsageError

Paths = Annotated[list[Path], typer.Argument(help="Files, or folders of files.")]
Json = Annotated[bool, typer.Option("--json", help="JSON Lines, one object a line.")]
BaseOption = Annotated[
    Path | None, typer.Option("--base", help="A base; else the nearest folder upwards.")
]
PackOption = Annotated[str | None, typer.Option("--pack", help="A shipped pack, or its folder.")]


def read(
    paths: Paths,
    columns: Annotated[
        str | None, typer.Option(help="Columns of a table: title=TI,year=PY,...")
    ] = None,
    as_json: Json = False,
) -> None:
    """Parse files: what documents they hold and where every byte went."""
    from probatum.flow.loose import read_files
    from probatum.model import shapes

    rejected = 0
    for reading in read_files(paths, columns=_columns(columns)):
        rejected += reading.accounting.rejected
        if as_json:
            for document in reading.documents:
                emit(shapes.document(document))
            emit(shapes.accounting(reading.accounting))
        else:
            _print_reading(reading)
    raise typer.Exit(1 if rejected else 0)


def _columns(text: str | None) -> dict[str, str] | None:
    if text is None:
        return None
    pairs = [part.partition("=") for part in text.split(",")]
    if not all(field.strip() and sign and column.strip() for field, sign, column in pairs):
        raise UsageError(f"--columns {text!r}: write field=column, with commas between")
    return {field.strip(): column.strip() for field, _, column in pairs}


def _print_reading(reading: Any) -> None:
    a = reading.accounting
    fates = f"{a.bytes} bytes = {a.parsed} parsed + {a.ignored} ignored + {a.rejected} rejected"
    form = f"{a.format or 'unknown format'}, {a.encoding or 'encoding unknown'}"
    print_wrapped([f"{a.name}: {form}; {a.records} documents; {fates}"])
    rows = [
        (d.id, d.kind, d.metadata.year, (d.metadata.title or "(no title)")[:90])
        for d in reading.documents
    ]
    if rows:
        table(("document", "kind", "year", "title"), rows)
    print_wrapped(f"  problem at byte {p.offset}: {p.code}: {p.reason}" for p in a.problems)


def print_lines(lines: Iterable[str]) -> None:
    """Print plain lines on stdout."""
    for line in lines:
        sys.stdout.write(line + "\n")


def text(
    path: Annotated[Path, typer.Argument(help="A file.")],
    document: Annotated[str | None, typer.Option(help="The id of one document in it.")] = None,
) -> None:
    """Print exactly the text that offsets refer to."""
    from probatum.flow.loose import text_of

    sys.stdout.buffer.write(text_of(path, document).encode())


def link(paths: Paths, as_json: Json = False) -> None:
    """Tell which documents report the same work, and why."""
    from probatum.flow.loose import link_files
    from probatum.model import shapes

    linking = link_files(paths)
    if as_json:
        for pair in linking.duplicates:
            emit(shapes.duplicate(pair))
        for work in linking.works:
            emit(shapes.work(work))
        return
    pairs = [
        (p.verdict, f"{p.score:.2f}", p.left, p.right, "; ".join(p.why))
        for p in linking.duplicates
    ]
    table(("verdict", "score", "left", "right", "why"), pairs, right="score")
    rows = [(w.id, len(w.documents), w.year, (w.title or "")[:80]) for w in linking.works]
    table(("work", "documents", "year", "title"), rows, right="documents")


def extract(
    paths: Paths,
    base: BaseOption = None,
    pack: PackOption = None,
    llm: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Ask the language model of PROBATUM_LLM_URL too; its answers are kept in DIR.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Print the statements, claims and results of documents, each with its place."""
    from probatum.flow.loose import extract_files
    from probatum.model import shapes

    if llm is not None:
        _read_with_model(paths, chosen_pack(base, pack), llm, as_json)
        return
    for found in extract_files(paths, chosen_pack(base, pack)):
        lines = [
            *map(shapes.statement, found.statements),
            *map(shapes.claim, found.claims),
            *map(shapes.result, found.results),
        ]
        _print_shapes(lines, as_json, lambda s: f"{s.get('stance') or s.get('direction') or ''}")


def _read_with_model(paths: Any, pack: Any, kept: Path, as_json: bool) -> None:
    """Print only what the model adds to the rules, and where the two differ."""
    from probatum.flow.languagemodel import http_reader, read_with_model
    from probatum.flow.loose import read_files
    from probatum.model import shapes

    reader = http_reader(kept)
    for document in (d for reading in read_files(paths) for d in reading.documents):
        found = read_with_model(document, pack.vocabulary, reader)
        lines = [shapes.claim(claim) for claim in found.claims]
        lines += [shapes.claim(one.model) | {"type": "review", "rule": one.rule.direction}
                  for one in found.disagreements]  # fmt: skip
        _print_shapes(lines, as_json, lambda s: f"{s['direction']} ({s['method']})")
        say(f"{document.id}: {len(found.rejected)} rows turned away by the gate")


def _print_shapes(
    lines: list[dict[str, Any]], as_json: bool, words: Callable[[dict[str, Any]], str]
) -> None:
    for shape in lines:
        if as_json:
            emit(shape)
            continue
        start = shape.get("start")
        place = f"{shape['document']}:{start}" if start is not None else shape["document"]
        quote = f" \u201c{shape['quote']}\u201d" if shape.get("quote") else ""
        print_wrapped([f"{place} {shape['type']} {words(shape)}{quote}"])


def chosen_pack(base: Path | None, pack: str | None) -> Any:
    """Give the pack that is named, else that of the base, else the shipped one (said)."""
    from probatum.flow.packs import load_pack
    from probatum.flow.packs.place import pack_folder
    from probatum.flow.settings import DEFAULT_PACK, find_base, load_settings

    if pack is not None:
        return load_pack(pack_folder(pack, Path.cwd()))
    try:
        folder = base or find_base(Path.cwd())
        return load_pack(pack_folder(load_settings(folder).pack, folder))
    except NotABaseError:
        if base is not None:
            raise
        say(f"no base here: using the shipped pack {DEFAULT_PACK!r} in a temporary base")
        return load_pack(pack_folder(DEFAULT_PACK, Path.cwd()))


COMMANDS: dict[str, Callable[..., None]] = {
    "read": read,
    "text": text,
    "link": link,
    "extract": extract,
}

"""The command that holds a text against a base."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from probatum.cli.files import BaseOption, Json, PackOption, print_lines
from probatum.cli.output import emit, say
from probatum.errors import NotABaseError, UsageError
from probatum.model.answer import Evidence

_GRAVE = ("contradicted", "overstated")


def check(
    path: Annotated[str, typer.Argument(help="A file, or - for standard input.")],
    base: BaseOption = None,
    pack: PackOption = None,
    as_json: Json = False,
) -> None:
    """Hold a text against the base, sentence by sentence; it abstains by default."""
    from probatum.flow.check import check_files, check_text
    from probatum.model import shapes

    if path != "-" and not Path(path).is_file():
        raise UsageError(f"{path}: no such file; name a file, or - for standard input")
    with _base(base, pack) as chosen:
        view = chosen.view()
        if path == "-":
            verdicts = list(check_text(view, _standard_input()))
        else:
            verdicts = [verdict for found in check_files(view, [path]) for verdict in found]
    for verdict in verdicts:
        if as_json:
            emit(shapes.verdict(verdict))
        else:
            print_lines([f"{verdict.verdict:<14} {verdict.quote}", f"  {verdict.reason}"])
            print_lines(_told(e) for e in verdict.evidence)
    raise typer.Exit(1 if any(v.verdict in _GRAVE for v in verdicts) else 0)


def _told(evidence: Evidence) -> str:
    side = "for" if evidence.supports else "against"
    return f"  {side}: {evidence.quote} ({evidence.source}) {evidence.url or ''}".rstrip()


def _standard_input() -> str:
    from probatum.documents.decoded import decode

    return decode(sys.stdin.buffer.read()).text


@contextmanager
def _base(base: Path | None, pack: str | None) -> Iterator[Any]:
    """Open the base that is meant, or build a temporary one of a pack (and say so)."""
    from probatum.flow.base import open_base
    from probatum.flow.making import init_base
    from probatum.flow.settings import DEFAULT_PACK

    found = None if pack is not None else base or _nearest()
    if found is not None:
        yield open_base(found)
        return
    name = pack or DEFAULT_PACK
    say(f"no base here: using the pack {name!r} in a temporary base")
    with tempfile.TemporaryDirectory() as folder:
        made = open_base(init_base(Path(folder) / "base", pack=name).path)
        made.build()
        yield made


def _nearest() -> Path | None:
    from probatum.flow.settings import find_base

    try:
        return find_base(Path.cwd())
    except NotABaseError:
        return None


COMMANDS: dict[str, Callable[..., None]] = {"check": check}

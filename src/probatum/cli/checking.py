"""The command that holds a text against a base."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from probatum.cli.files import BaseOption, Json, PackOption
from probatum.cli.output import emit, say
from probatum.errors import NotABaseError, UsageError

_GRAVE = ("contradicted", "overstated")


def check(
    path: Annotated[str, typer.Argument(help="A file, or - for standard input.")],
    base: BaseOption = None,
    pack: PackOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="All evidence found, not the closest two of each side.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Hold a text against the base, sentence by sentence; it abstains by default."""
    from probatum.flow.check import check_files, check_text
    from probatum.model import shapes

    if path != "-" and not Path(path).is_file():
        told = "a sentence goes in by standard input: echo 'It helps.' | probatum check -"
        raise UsageError(f"{path[:80]!r}: no such file; name one, or - for standard input; {told}")
    with _base(base, pack) as chosen:
        view = chosen.view()
        if path == "-":
            verdicts = list(check_text(view, _standard_input()))
        else:
            verdicts = [verdict for found in check_files(view, [path]) for verdict in found]
    if as_json:
        for verdict in verdicts:
            emit(shapes.verdict(verdict))
    else:
        from probatum.cli.verdicts import show

        show(verdicts, _about(view.pack), every=every)
    raise typer.Exit(1 if any(v.verdict in _GRAVE for v in verdicts) else 0)


def _about(pack: Any) -> str:
    """Say what a text was held against, and what this is not."""
    return (
        f"Held against the pack {pack.name} {pack.version} as of {pack.as_of} and the documents of"
        " the base; where they know nothing, nothing is judged. Not medical advice."
    )


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

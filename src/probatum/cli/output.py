"""What the commands print: JSON Lines or aligned tables on stdout, progress on stderr."""

from __future__ import annotations

import json
import math
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any

_PIPE_WIDTH = 180  # columns of a table that goes to a file or another program
_WIDEST = 120  # columns of running text; longer lines are hard to read
_READABLE = 40  # columns below which a cut text no longer tells one row from another


def stdout() -> Any:
    """Give the console for data; a pipe gets a fixed width and no colour."""
    from rich.console import Console  # a tenth of a second that a server need not spend

    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(width=width, highlight=False, markup=False, soft_wrap=False)


def stderr() -> Any:
    """Give the console for progress and warnings."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False)


def emit(shape: dict[str, Any]) -> None:
    """Print one object as a JSON line, UTF-8; a number that is not finite becomes null."""
    sys.stdout.write(json.dumps(_finite(shape), ensure_ascii=False, allow_nan=False) + "\n")


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: str = "",
    stretch: str | None = None,
) -> None:
    """Print an aligned table, one line a row.

    The columns named in ``right`` are set flush right; the column ``stretch`` takes the width
    that is left and is cut with an ellipsis where that is too little. On a terminal too narrow
    for that, every row becomes a few lines, so that no column is lost.
    """
    from rich.table import Table

    console = stdout()
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *texts, strict=True)]
    lead = columns.index(stretch) if stretch else widths.index(max(widths))
    least = min(widths[lead], _READABLE) if stretch else widths[lead]
    if console.is_terminal and sum(widths) - widths[lead] + least + len(widths) > console.width:
        for line in stacked(columns, texts, lead, console.width):
            sys.stdout.write(line + "\n")
        return

    drawn = Table(box=None, pad_edge=False, header_style="bold", expand=stretch is not None)
    for name in columns:
        drawn.add_column(
            name,
            justify="right" if name in right.split() else "left",
            no_wrap=True,
            overflow="ellipsis",
            ratio=1 if name == stretch else None,
        )
    for row in texts:
        drawn.add_row(*row)
    console.print(drawn)


def stacked(
    columns: Sequence[str], rows: Iterable[Sequence[str]], lead: int, width: int
) -> Iterator[str]:
    """Yield rows as a few lines each: the cell at ``lead``, then the others with their names."""
    for row in rows:
        yield from textwrap.wrap(row[lead], width) or ["\u2013"]
        rest = [
            f"{name} {cell}".replace(" ", "\u00a0") if len(cell) <= _READABLE else f"{name} {cell}"
            for at, (name, cell) in enumerate(zip(columns, row, strict=True))
            if cell and at != lead
        ]
        for line in wrapped("  " + " \u00b7 ".join(rest), width, indent="  "):
            yield line.replace("\u00a0", " ")


def wrapped(line: str, width: int, indent: str = "") -> list[str]:
    """Break a line into lines of at most ``width`` columns; longer words, as addresses, stay."""
    return textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def print_wrapped(lines: Iterable[str]) -> None:
    """Print running text, broken at the width of a terminal under the words it goes on from."""
    console = stdout()
    width = min(console.width, _WIDEST) if console.is_terminal else None
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        parts = wrapped(line, width, indent) if width else [line]
        sys.stdout.write("\n".join(parts) + "\n")


def say(text: str) -> None:
    """Print a line for people on stderr."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class Bar:
    """A reporter that draws a bar on a terminal and prints only notes elsewhere."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = stderr()
        self._progress = Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task = self._progress.add_task("scan", total=None)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def stage(self, name: str, shards: int) -> None:
        """Begin the bar of a stage."""
        self._progress.reset(self._task, total=shards, description=name)

    def advance(self) -> None:
        """Move the bar by one shard."""
        self._progress.advance(self._task)

    def note(self, text: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(text, soft_wrap=True)

"""What the commands print: JSON Lines or aligned tables on stdout, progress on stderr."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any

_PIPE_WIDTH = 180  # columns of a table that goes to a file or another program


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
    that is left and is cut with an ellipsis where that is too little.
    """
    from rich.table import Table

    drawn = Table(box=None, pad_edge=False, header_style="bold", expand=stretch is not None)
    for name in columns:
        drawn.add_column(
            name,
            justify="right" if name in right.split() else "left",
            no_wrap=True,
            overflow="ellipsis",
            ratio=1 if name == stretch else None,
        )
    for row in rows:
        drawn.add_row(*("" if cell is None else str(cell) for cell in row))
    stdout().print(drawn)


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

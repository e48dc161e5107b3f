"""SQL over tables of parts, by DuckDB in this process; no extension is loaded or fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

_AT_ONCE = 2048
# Without a limit DuckDB keeps what it has read until the connection ends: of a million records one
# partition took 1.4 GB where 0.6 do, in the same time. What is above goes to a folder of its own.
_CONFIG = {"autoinstall_known_extensions": "false", "memory_limit": "512MB"}


@dataclass(frozen=True, slots=True)
class Opened:
    """Named tables that can be asked; results come in the order of the statement."""

    _connection: Any  # of DuckDB

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Run one SELECT and give its rows."""
        found: list[tuple[object, ...]] = self._connection.execute(
            sql, list(parameters)
        ).fetchall()
        return found

    def each(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[object, ...]]:
        """Run one SELECT and give its rows as they are asked for; nothing else meanwhile."""
        found = self._connection.execute(sql, list(parameters))
        while some := found.fetchmany(_AT_ONCE):
            yield from some

    def columns(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        """Run one SELECT and give Arrow columns: no object a row."""
        return self._connection.sql(sql, params=list(parameters)).to_arrow_table()


@contextmanager
def opened(tables: Mapping[str, Sequence[Path]]) -> Iterator[Opened]:
    """Open named tables, each the union of some Parquet files; 20 ms.

    A name without files is left out; no statement must name it then.
    """
    import duckdb  # noqa: PLC0415  # 0.1 s, and most processes ask nothing in SQL

    with (
        TemporaryDirectory(prefix="probatum-sql-") as spilled,
        duckdb.connect(config={**_CONFIG, "temp_directory": spilled}) as connection,
    ):
        connection.execute("SET threads = 1")
        connection.execute("SET enable_progress_bar = false")  # it would write to stdout
        for name, paths in tables.items():
            if paths:
                relation = connection.read_parquet([str(path) for path in paths])
                relation.create_view(name)
        yield Opened(connection)


def query(
    sql: str, tables: Mapping[str, Sequence[Path]], parameters: Sequence[object] = ()
) -> list[tuple[object, ...]]:
    """Run one SELECT over named tables, opened for it alone; sort in the statement."""
    with opened(tables) as found:
        return found.rows(sql, parameters)

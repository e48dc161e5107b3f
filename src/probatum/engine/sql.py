"""SQL over tables of parts, by DuckDB in this process; no extension is loaded or fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb


def query(
    sql: str, tables: Mapping[str, Sequence[Path]], parameters: Sequence[object] = ()
) -> list[tuple[object, ...]]:
    """Run one SELECT over named tables, each the union of some Parquet files.

    A name without files is left out; the statement must not name it then. Results come in the
    order of the statement, so sort in it.
    """
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        connection.execute("SET threads = 1")
        for name, paths in tables.items():
            if paths:
                relation = connection.read_parquet([str(path) for path in paths])
                relation.create_view(name)
        return connection.execute(sql, list(parameters)).fetchall()

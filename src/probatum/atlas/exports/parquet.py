"""Every table of the base as Parquet, typed by what its columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from probatum.atlas.page import Cell, DataTable
from probatum.atlas.site import all_tables
from probatum.model.view import BaseView


def export_parquet(view: BaseView, out: Path) -> int:
    """Write every table of the base as Parquet into a folder and give the number of files."""
    written = 0
    for name, table in all_tables(view):
        pq.write_table(arrow(table), out / f"{name}.parquet", compression="zstd")
        written += 1
    return written


def arrow(table: DataTable) -> pa.Table:
    """Give a table as an Arrow table; whole numbers, numbers, truth values, else text.

    >>> arrow(DataTable("", "", ("a", "b"), ((1, "x"), (None, None)))).to_pylist()
    [{'a': 1, 'b': 'x'}, {'a': None, 'b': None}]
    """
    rows = list(table.rows)
    columns = [_column([row[at] for row in rows]) for at in range(len(table.columns))]
    return pa.table(dict(zip(table.columns, columns, strict=True)))


def _column(values: Sequence[Cell]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return pa.array(values, pa.bool_())
    if kinds == {int}:
        return pa.array(values, pa.int64())
    if kinds and kinds <= {int, float}:
        return pa.array([None if v is None else float(v) for v in values], pa.float64())
    return pa.array([None if v is None else str(v) for v in values], pa.string())

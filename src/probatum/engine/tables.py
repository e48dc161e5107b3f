"""Tables of nouns as Parquet files: scalars become typed columns, nested fields JSON columns."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from probatum.engine.sql import opened

Noun = TypeVar("Noun")

_SCALARS = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
# Written in pieces, so that a table of a million records does not stand in memory as dicts.
_ROWS_PER_GROUP = 4096


def _scalar(hint: Any) -> pa.DataType | None:
    """Give the Arrow type of a scalar hint, or None when the field is nested."""
    if get_origin(hint) in (Union, types.UnionType):
        options = [option for option in get_args(hint) if option is not type(None)]
        return _scalar(options[0]) if len(options) == 1 else None
    if get_origin(hint) is Literal:
        return pa.string()
    return _SCALARS.get(hint)


class _Layout:
    """How one noun lies in columns: Arrow schema, names, and decoders of the nested ones."""

    def __init__(self, noun: type) -> None:
        hints = get_type_hints(noun)
        names = [field.name for field in fields(noun)]
        kinds = {name: _scalar(hints[name]) for name in names}
        self.names = names
        self.schema = pa.schema([(name, kinds[name] or pa.string()) for name in names])
        self.nested = {
            name: msgspec.json.Decoder(hints[name]) for name in names if kinds[name] is None
        }


_LAYOUTS: dict[type, _Layout] = {}


def _layout(noun: type) -> _Layout:
    if noun not in _LAYOUTS:
        _LAYOUTS[noun] = _Layout(noun)
    return _LAYOUTS[noun]


def file_name(noun: type) -> str:
    """Give the file name of a noun's table: ``Document`` lies in ``document.parquet``."""
    return f"{noun.__name__.lower()}.parquet"


def _batch(layout: _Layout, rows: Sequence[object]) -> pa.RecordBatch:
    columns = []
    for name in layout.names:
        values = [getattr(row, name) for row in rows]
        if name in layout.nested:
            values = [msgspec.json.encode(value).decode() for value in values]
        columns.append(pa.array(values, type=layout.schema.field(name).type))
    return pa.RecordBatch.from_arrays(columns, schema=layout.schema)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Rows that lie in several tables of one noun, to be written as one, sorted by ``by``.

    ``ranges`` of the first column (from, up to) are taken one after the other, so that memory is
    bounded by the largest; text sorts by code points. Together they must hold every row.
    """

    tables: Sequence[Path]
    by: Sequence[str]
    ranges: Sequence[tuple[str, str]]


#: What a part holds: the rows of each noun.
Tables = Mapping[type, Iterable[Any] | Gathered]


def write_table(path: Path, noun: type[Noun], rows: Iterable[Noun] | Gathered) -> int:
    """Write rows of one noun as Parquet and return how many there were.

    The bytes depend on the rows alone (no timestamps, no paths). The rows are consumed lazily.
    """
    layout, count = _layout(noun), 0
    with pq.ParquetWriter(path, layout.schema, compression="zstd") as writer:
        for batch in _to_write(layout, rows):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def _to_write(layout: _Layout, rows: Iterable[object] | Gathered) -> Iterator[pa.RecordBatch]:
    return _gathered(layout, rows) if isinstance(rows, Gathered) else _made(layout, rows)


def _made(layout: _Layout, rows: Iterable[object]) -> Iterator[pa.RecordBatch]:
    for some in _batched(rows, _ROWS_PER_GROUP):
        yield _batch(layout, some)


def _batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Cut rows into lists of a size, the last one shorter (Python 3.12 has this)."""
    rest = iter(rows)
    while some := list(islice(rest, size)):
        yield some


def _gathered(layout: _Layout, rows: Gathered) -> Iterator[pa.RecordBatch]:
    """The rows as they are, no object a row; a million works take seconds instead of minutes."""
    names = ", ".join(f'"{name}"' for name in layout.names)
    first, order = f'"{rows.by[0]}"', ", ".join(f'"{name}"' for name in rows.by)
    sql = f"SELECT {names} FROM rows WHERE {first} >= ? AND {first} < ? ORDER BY {order}"
    rest = layout.schema.empty_table()
    with opened({"rows": rows.tables}) as asked:
        for some in rows.ranges:
            found = asked.columns(sql, some).cast(layout.schema)
            rest = pa.concat_tables([rest, found]).combine_chunks()
            whole = rest.num_rows - rest.num_rows % _ROWS_PER_GROUP
            yield from rest.slice(0, whole).to_batches(max_chunksize=_ROWS_PER_GROUP)
            rest = rest.slice(whole)
    yield from rest.combine_chunks().to_batches()


def count_rows(path: Path) -> int:
    """Give the number of rows of a table; its foot is read, no row."""
    return int(pq.read_metadata(path).num_rows)


def from_query(noun: type[Noun], found: Iterable[Sequence[object]]) -> Iterator[Noun]:
    """Give the rows of a query that selected all columns of a noun in their order."""
    layout = _layout(noun)
    for row in found:
        record = dict(zip(layout.names, row, strict=True))
        yield noun(**_decoded(record, layout))


def decode(noun: type, column: str, text: str) -> Any:
    """Give the value of one nested field that a query selected as text."""
    return _layout(noun).nested[column].decode(text)


def read_table(path: Path, noun: type[Noun]) -> list[Noun]:
    """Read the rows of one noun back, exactly as they were written."""
    return list(each_row(path, noun))


def each_row(path: Path, noun: type[Noun]) -> Iterator[Noun]:
    """Read the rows of one noun one after the other; a group of them stands in memory."""
    layout = _layout(noun)
    for batch in _batches(path, layout.names):
        yield from _rows(batch, noun, layout)


def read_where(path: Path, noun: type[Noun], column: str, value: str) -> list[Noun]:
    """Read the rows of one noun whose column has one value; other row groups are skipped."""
    layout = _layout(noun)
    table = pq.read_table(path, filters=[(column, "==", value)], use_threads=False)
    return [row for batch in table.to_batches() for row in _rows(batch, noun, layout)]


def read_columns(path: Path, noun: type, names: Sequence[str]) -> list[dict[str, Any]]:
    """Read some columns only, nested ones decoded; one dict a row."""
    return list(each_record(path, noun, names))


def each_record(path: Path, noun: type, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Read some columns row after row, as ``read_columns`` does."""
    layout = _layout(noun)
    for batch in _batches(path, list(names)):
        for record in batch.to_pylist():
            yield _decoded(record, layout)


def _batches(path: Path, names: Sequence[str]) -> Iterable[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        # Most parts are small: waking other threads costs as much again as reading one.
        yield from file.iter_batches(
            batch_size=_ROWS_PER_GROUP, columns=list(names), use_threads=False
        )


def _decoded(record: dict[str, Any], layout: _Layout) -> dict[str, Any]:
    return {
        name: layout.nested[name].decode(value) if name in layout.nested else value
        for name, value in record.items()
    }


def _rows(batch: pa.RecordBatch, noun: type[Noun], layout: _Layout) -> Iterable[Noun]:
    for record in batch.to_pylist():
        yield noun(**_decoded(record, layout))

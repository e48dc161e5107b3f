"""Tables of nouns as Parquet files: scalars become typed columns, nested fields JSON columns."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

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


def write_table(path: Path, noun: type[Noun], rows: Iterable[Noun]) -> int:
    """Write rows of one noun as Parquet and return how many there were.

    The bytes depend on the rows alone (no timestamps, no paths). The rows are consumed lazily.
    """
    layout, count, pending = _layout(noun), 0, list[Noun]()
    with pq.ParquetWriter(path, layout.schema, compression="zstd") as writer:
        for row in rows:
            pending.append(row)
            count += 1
            if len(pending) >= _ROWS_PER_GROUP:
                writer.write_batch(_batch(layout, pending))
                pending.clear()
        if pending:
            writer.write_batch(_batch(layout, pending))
    return count


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

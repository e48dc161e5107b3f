"""What a format is: how sure it is of some bytes, and how it reads them."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from probatum.model.document import Chunk
from probatum.model.source import Source

Buffer = bytes | mmap.mmap
HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settings of reading.

    ``columns`` maps a field to the name of its column in a table, overriding recognition.
    ``max_source_mb`` (megabytes of 10^6 bytes) bounds formats that must be held in memory.
    """

    columns: Mapping[str, str] | None = None
    max_source_mb: int = 100


@dataclass(frozen=True, slots=True)
class Format:
    """A reader: ``sniff(head, name)`` in [0, 1], ``read(data, source, options)`` lazily.

    ``head`` is the first 64 KiB; ``read`` yields chunks that tile the source and never raises on
    any bytes. ``streaming`` formats take sources of any size in flat memory; ``binary`` ones have
    no encoding.
    """

    sniff: Callable[[bytes, str], float]
    read: Callable[[Buffer, Source, ReadOptions], Iterator[Chunk]]
    streaming: bool = False
    binary: bool = False

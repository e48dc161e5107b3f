"""Parts: immutable folders named by what went in and what came out.

The directory of parts is the ledger. ``parts/<stage>/<key>-<content>`` holds one Parquet table a
noun; ``key`` digests the stage, its code and its inputs, ``content`` the bytes of the tables. A
part that is there need not be made again; one that is not whole never gets its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from probatum.engine.storage import new_folder, plain_errors
from probatum.engine.tables import (
    Tables,
    each_record,
    each_row,
    file_name,
    read_columns,
    read_table,
    read_where,
    write_table,
)
from probatum.flow.digests import HEX

Noun = TypeVar("Noun")


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable part of a stage."""

    folder: Path

    @property
    def name(self) -> str:
        """Key and content, as the folder is called."""
        return self.folder.name

    def read(self, noun: type[Noun]) -> list[Noun]:
        """Read all rows of one noun."""
        return read_table(self.table(noun), noun)

    def each(self, noun: type[Noun]) -> Iterator[Noun]:
        """Read the rows of one noun one after the other."""
        return each_row(self.table(noun), noun)

    def records(self, noun: type, names: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Read some columns of one noun one after the other, one dict a row."""
        return each_record(self.table(noun), noun, list(names))

    def where(self, noun: type[Noun], column: str, value: str) -> list[Noun]:
        """Read the rows of one noun whose column has one value."""
        return read_where(self.table(noun), noun, column, value)

    def columns(self, noun: type, names: Iterable[str]) -> list[dict[str, Any]]:
        """Read some columns of one noun, one dict a row."""
        return read_columns(self.table(noun), noun, list(names))

    def table(self, noun: type) -> Path:
        """Give the file that holds one noun."""
        return self.folder / file_name(noun)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one part is to stand: its stage's folder and its key. Picklable, for workers."""

    stage: Path
    key: str

    def write(self, tables: Tables) -> str:
        """Write the part and return its name; a part that is there already is left alone."""
        made: list[str] = []

        def name(folder: Path) -> str:
            made.append(f"{self.key}-{content_digest(folder)}")
            return made[0]

        with new_folder(self.stage, name) as folder:
            for noun, rows in tables.items():
                write_table(folder / file_name(noun), noun, rows)
        return made[0]


def content_digest(folder: Path) -> str:
    """Digest the names and bytes of a part's tables."""
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            inner = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.name}:{inner}\n".encode())
    return total.hexdigest()[:HEX]


class Ledger:
    """The parts that stand in a base; looked up by stage and key."""

    def __init__(self, parts: Path) -> None:
        self.parts = parts
        self._known: dict[str, dict[str, Path]] = {}

    def place(self, stage: str, key: str) -> Place:
        """Say where a part of this stage and key belongs."""
        return Place(self.parts / stage, key)

    def find(self, stage: str, key: str) -> Part | None:
        """Find the part with this key, or None when it has to be made."""
        if stage not in self._known:
            self._known[stage] = self._list(stage)
        folder = self._known[stage].get(key)
        return None if folder is None else Part(folder)

    def part(self, stage: str, name: str) -> Part:
        """Give a part by its name, and remember it."""
        folder = self.parts / stage / name
        self._known.setdefault(stage, {})[name.split("-", maxsplit=1)[0]] = folder
        return Part(folder)

    def _list(self, stage: str) -> dict[str, Path]:
        folder = self.parts / stage
        with plain_errors(folder):
            if not folder.is_dir():
                return {}
            found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        return {path.name.split("-")[0]: path for path in found}

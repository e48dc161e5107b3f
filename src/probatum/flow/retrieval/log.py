"""The history of a search: JSON Lines under ``retrieval/``, one line a search, answer or run.

A line is written when the answer it tells of stands in ``sources/``, so that a run that was killed
has lost nothing: what stands without a line is taken up by the next run.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from probatum.engine.storage import plain_errors, write_atomic
from probatum.flow.folder import BaseFolder
from probatum.flow.retrieval.service import Service

_MARK = 8  # hex digits of the search in the names of its files


@dataclass(slots=True)
class Log:
    """What is known of one search: where its lines and answers are, and the ids it holds."""

    path: Path
    answers: Path
    base: Path
    suffix: str
    known: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    begun: bool = False

    def append(self, line: dict[str, Any]) -> None:
        """Add a line and see it on the disk."""
        data = json.dumps(line, ensure_ascii=False) + "\n"
        with plain_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                file.write(data.encode())
                file.flush()
                os.fsync(file.fileno())

    def store(self, body: bytes, ids: tuple[str, ...], about: dict[str, Any]) -> None:
        """Keep an answer as a source, then tell of it."""
        mark = hashlib.sha256(body).hexdigest()
        name = f"{len(self.files) + 1:05}-{mark[:_MARK]}.{self.suffix}"
        write_atomic(self.answers / name, body)
        self._tell(name, body, ids, about)

    def _tell(self, name: str, body: bytes, ids: tuple[str, ...], about: dict[str, Any]) -> None:
        place = (self.answers / name).relative_to(self.base).as_posix()
        mark = hashlib.sha256(body).hexdigest()
        line = {"type": "answer", "file": place, "sha256": mark, "bytes": len(body), **about}
        self.append({**line, "ids": list(ids)})
        self.files.add(place)
        self.known.update(ids)

    def take_up(self, read_ids: Callable[[bytes], tuple[str, ...]], date: str) -> None:
        """Tell of answers that a killed run stored but did not tell of."""
        for path in sorted(self.answers.glob(f"[0-9]*-*.{self.suffix}")):
            if path.relative_to(self.base).as_posix() in self.files:
                continue
            body = path.read_bytes()
            try:
                ids = read_ids(body)
            except ValueError:  # not ours
                continue
            self._tell(path.name, body, ids, {"date": date, "request": None, "cursor": None})


def open_log(folder: BaseFolder, service: Service, sent: str) -> Log:
    """Open the history of a search: the same query to the same service goes on where it was."""
    mark = hashlib.sha256(f"{service.name}\n{sent}".encode()).hexdigest()[:_MARK]
    name = f"{service.name}-{mark}"
    path = folder.path / "retrieval" / f"{name}.jsonl"
    answers = folder.sources / "retrieved" / name
    log = Log(path, answers, folder.path, service.suffix)
    for line in _whole_lines(path):
        log.begun = log.begun or line["type"] == "search"
        if line["type"] == "answer":
            log.files.add(line["file"])
            if (folder.path / line["file"]).is_file():  # else it is asked for again
                log.known.update(line["ids"])
    return log


def _whole_lines(path: Path) -> list[dict[str, Any]]:
    """Read the lines; a torn last one, of a run that was killed, is taken away."""
    if not path.is_file():
        return []
    with plain_errors(path):
        data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if whole != data:
        write_atomic(path, whole)
    return [json.loads(line) for line in whole.splitlines()]


def stamp(seconds: float) -> str:
    """Write a moment as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

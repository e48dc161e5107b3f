"""The text index beside SQLite's FTS5, on the same invented entries and queries."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.timing import Row, beside
from probatum.engine.textindex import Entry, search_index, write_index

ENTRIES, WORDS, QUERIES = 20_000, 3_000, 50


def _entries(seed: random.Random) -> list[Entry]:
    # Word frequencies fall as in real text, so that some query words are common.
    words = [f"word{n}" for n in range(WORDS)]
    weights = [1 / (n + 1) for n in range(WORDS)]
    return [
        Entry("document", f"d{n}", " ".join(seed.choices(words, weights, k=8)),
              " ".join(seed.choices(words, weights, k=80)))
        for n in range(ENTRIES)
    ]  # fmt: skip


def _fts5(place: Path, entries: list[Entry]) -> sqlite3.Connection:
    peer = sqlite3.connect(place / "fts5.db")
    peer.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='porter')")
    peer.executemany("INSERT INTO t VALUES (?, ?)", [(e.title, e.body) for e in entries])
    peer.commit()
    return peer


def rows() -> Iterator[Row]:
    """Yield 50 queries of three words over 20,000 entries."""
    seed = random.Random(20)  # noqa: S311 - invented text
    entries = _entries(seed)
    queries = [[f"word{seed.randrange(WORDS)}" for _ in range(3)] for _ in range(QUERIES)]
    asked = (
        "SELECT rowid, snippet(t, 1, '', '', '...', 30) FROM t WHERE t MATCH ?"
        " ORDER BY bm25(t, 2.0, 1.0) LIMIT 20"
    )
    with tempfile.TemporaryDirectory() as place, closing(_fts5(Path(place), entries)) as peer:
        folder = Path(place, "index")
        folder.mkdir()
        write_index(folder, entries)
        yield beside(
            f"{QUERIES} queries over {ENTRIES:,} entries",
            lambda: [search_index(folder, " ".join(q)) for q in queries],
            "SQLite FTS5, same answers",
            lambda: [peer.execute(asked, (" OR ".join(q),)).fetchall() for q in queries],
        )

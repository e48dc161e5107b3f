"""What documents of a base say again of each other: one SQL join over hashes, no pair of all."""

from __future__ import annotations

from collections.abc import Sequence

from probatum.engine.sql import query
from probatum.flow.ledger import Part
from probatum.model.document import Document
from probatum.model.passage import Passage, PassageKey, Repeat
from probatum.model.work import Work
from probatum.trust.passages import accepted
from probatum.trust.twins import COMMON, NEAREST

_PROPOSED = """
WITH shared AS (
    SELECT key FROM keyed GROUP BY key HAVING count(*) BETWEEN 2 AND ?
), held AS (
    SELECT k.key, p.id, p.document, p.rank,
           row_number() OVER (PARTITION BY k.key ORDER BY p.rank) AS place
    FROM keyed AS k JOIN shared USING (key) JOIN passages AS p ON p.id = k.passage
), proposed AS (
    SELECT DISTINCT l.id AS later, e.id AS earlier
    FROM held AS l JOIN held AS e USING (key)
    WHERE e.place <= ? AND e.place < l.place AND e.document <> l.document
)
SELECT l.id, l.document, l."start", l."end", l.quote, l.rank,
       e.id, e.document, e."start", e."end", e.quote, e.rank
FROM proposed JOIN passages AS l ON l.id = later JOIN passages AS e ON e.id = earlier
ORDER BY l.rank, e.rank
"""


def find_repeats(
    marked: Sequence[Part], read: Sequence[Part], works: Sequence[Work]
) -> list[Repeat]:
    """Find the passages that repeat one of another work; ``marked`` holds passages and keys."""
    tables = {
        "keyed": [part.table(PassageKey) for part in marked],
        "passages": [part.table(Passage) for part in marked],
    }
    rows = query(_PROPOSED, tables, (COMMON, NEAREST)) if marked else []
    work_of = {document: work.id for work in works for document in work.documents}
    pairs = [(Passage(*row[:6]), Passage(*row[6:])) for row in rows]  # type: ignore[arg-type]
    apart = [
        (later, earlier)
        for later, earlier in pairs
        if work_of.get(later.document, later.document)
        != work_of.get(earlier.document, earlier.document)
    ]
    return accepted(apart, _titles(read))


def _titles(read: Sequence[Part]) -> dict[str, str]:
    rows = (row for part in read for row in part.columns(Document, ("id", "metadata", "source")))
    return {row["id"]: row["metadata"].title or row["source"].name for row in rows}

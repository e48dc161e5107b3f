"""A kind of thing is a table: every row says what it is and where that is written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from probatum.documents.table import FORMATS
from probatum.stats.measures.table import MEASURES
from probatum.trust.checks import CHECKS

TABLES: dict[str, Iterable[Any]] = {
    "format": FORMATS,
    "measure": MEASURES.values(),
    "check": CHECKS,
}
ROWS = [(kind, row) for kind, rows in TABLES.items() for row in rows]


@pytest.mark.parametrize("kind", TABLES)
def test_no_table_is_empty(kind: str) -> None:
    assert [row for of, row in ROWS if of == kind]


@pytest.mark.parametrize("kind", TABLES)
def test_every_row_names_its_reference(kind: str) -> None:
    silent = [row for of, row in ROWS if of == kind and len(row.reference) <= 5]
    assert silent == []


@pytest.mark.parametrize("kind", ["format", "check"])
def test_every_target_is_there(kind: str) -> None:
    for of, row in ROWS:
        if of == kind:
            assert row.load() is not None, row.target

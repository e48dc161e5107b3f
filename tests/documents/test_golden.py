"""Golden inputs: what each becomes, in files that a reviewer can read.

After a wanted change, ``PROBATUM_GOLDEN=write pytest tests/documents/test_golden.py`` writes the
expectations anew; the diff is then what is reviewed.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, is_dataclass
from pathlib import Path

import pytest

from probatum.documents.read import collect
from probatum.model.document import Document

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents"
INPUTS = sorted(p for p in GOLDEN.glob("*/*") if not p.name.endswith(".expected.json"))


def bare(value: object) -> object:
    """The fields of a noun that have a value."""
    found = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    if isinstance(found, dict):
        kept = {key: bare(part) for key, part in found.items()}
        return {key: part for key, part in kept.items() if part not in (None, [], {}, ())}
    if isinstance(found, list | tuple):
        return [bare(part) for part in found]
    return found


def shown(document: Document) -> dict[str, object]:
    text = document.text
    return {
        "kind": document.kind,
        "ordinal": document.ordinal,
        "record": document.source.record,
        "extent": [document.source.offset, document.source.length],
        "metadata": bare(document.metadata),
        "blocks": [
            f"{b.kind} | {b.role} | {' > '.join(b.section)} | {text[b.start : b.end]}"
            for b in document.blocks
        ],
        "citations": [
            f"{text[c.start : c.end]} -> {' '.join(c.references)}" for c in document.citations
        ],
        "references": [bare(reference) for reference in document.references],
        "tables": [
            {
                "key": table.key,
                "label": table.label,
                "caption": table.caption,
                "cells": [
                    f"{c.row},{c.column} {c.row_span}x{c.column_span} "
                    f"{'head' if c.header else 'data'}: {text[c.start : c.end]}"
                    for c in table.cells
                ],
            }
            for table in document.tables
        ],
        "citation_page": bare(document.citation_page) if document.citation_page else None,
        "problems": [bare(problem) for problem in document.problems],
    }


@pytest.mark.parametrize("path", INPUTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_an_input_becomes_what_is_expected(path: Path) -> None:
    reading = collect(path.read_bytes(), path.name)
    accounting = bare(reading.accounting)
    assert isinstance(accounting, dict)
    accounting.pop("sha256")
    found = {"accounting": accounting, "documents": [shown(d) for d in reading.documents]}
    found = json.loads(json.dumps(found))
    expected = path.with_name(path.name + ".expected.json")
    if os.environ.get("PROBATUM_GOLDEN") == "write":
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    assert found == json.loads(expected.read_text())

"""How many arm-level numbers of trials stand, both arms together, in one result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from validation.floors import Figure
from validation.intervals import wilson

from probatum.claims.extract import extract
from probatum.documents.read import collect
from probatum.model.claim import Result
from probatum.model.pack import Vocabulary

_SPLIT = "complete rows (development)"


def figures(folder: Path) -> list[Figure]:
    """Measure on the rows with complete data; the numbers are sought in any result."""
    rows: list[dict[str, Any]] = json.loads((folder / "annotated_rows.json").read_text())
    complete = [row for row in rows if row["is_data_complete"] == "TRUE"]
    found: dict[str, tuple[Result, ...]] = {}
    for name in sorted({f"PMC{row['pmcid']}" for row in complete}):
        data = (folder / f"xml/{name}.xml").read_bytes()
        document = collect(data, f"{name}.xml").documents[0]
        found[name] = extract(document, Vocabulary()).results
    made = []
    for kind in ("binary", "continuous"):
        asked = [row for row in complete if row["outcome_type"] == kind]
        hits = sum(any(_holds(r, row) for r in found[f"PMC{row['pmcid']}"]) for row in asked)
        name = f"rows whose numbers stand in one result, {kind}"
        n = len(asked)
        made.append(Figure(name, hits / n, n, _SPLIT, *wilson(hits, n)))
    return made


def _holds(result: Result, row: dict[str, Any]) -> bool:
    arms = result.arms
    if row["outcome_type"] == "binary":
        counts = [arm.events for arm in arms]
        return row["intervention_events"] in counts and row["comparator_events"] in counts
    spreads = [(arm.mean, arm.sd) for arm in arms]
    return all(
        (row[f"{side}_mean"], row[f"{side}_standard_deviation"]) in spreads
        for side in ("intervention", "comparator")
    )

"""The published pools whose rows are named, recomputed from those rows."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from probatum.effects.comparisons import compare
from probatum.effects.plan import plan
from probatum.effects.pooling import fit, units, weights

POOLS = {"P001": 3, "P002": 4, "P004": 2, "P006": 2, "P008": 2, "P010": 2}


@pytest.fixture(scope="module")
def trials(shared_data: Path) -> dict[str, dict[str, str]]:
    with (shared_data / "ketamine" / "trials.csv").open(encoding="utf-8") as lines:
        return {row["row_id"]: row for row in csv.DictReader(lines)}


def as_row(printed: dict[str, str], make_row: Any) -> Any:
    names = [f"{what}_{arm}" for what in ("n", "events", "mean", "sd") for arm in ("exp", "ctl")]
    known = {name: float(printed[name]) for name in names if printed[name]}
    # The review pooled two groups of one trial; they hold different people.
    stratum = printed["row_id"] if printed["study_id"].startswith("Dadabayev") else None
    return make_row(printed["row_id"], study=printed["study_id"], stratum=stratum, **known)


@pytest.mark.parametrize("pool", POOLS)
def test_review_weights(
    pool: str,
    published: list[dict[str, str]],
    trials: dict[str, dict[str, str]],
    make_row: Any,
    make_question: Any,
) -> None:
    line = next(row for row in published if row["pool_id"] == pool)
    ids = line["trial_rows"].split(";")
    assert len(ids) == POOLS[pool] == int(line["k"])
    rows = [as_row(trials[row_id], make_row) for row_id in ids]
    how = plan(make_question(measure=line["measure"].split()[0]), rows)
    taken = compare(rows, how, None).taken
    found = weights(taken, fit(units(taken), "DL", "z").tau2)
    for one, weight in zip(taken, found, strict=True):
        printed = re.search(r"weight in review ([\d.]+)", trials[one.row.row_id]["derived"])
        assert printed is not None
        assert weight == pytest.approx(float(printed[1]), abs=1e-4)
    assert sum(one.n or 0 for one in taken) == float(line["n"])
    if line["estimate"]:
        pooled = fit(units(taken), "DL", "z")
        wanted = [float(line[name]) for name in ("estimate", "ci_low", "ci_high")]
        assert [pooled.beta, pooled.low, pooled.high] == pytest.approx(wanted, abs=0.01)

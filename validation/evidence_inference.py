"""Evidence Inference v2: what a passage says of intervention v comparator on an outcome."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from validation.floors import Figure
from validation.intervals import bootstrap, f1, macro_f1

from probatum.claims.effect_direction import CHANGES, Asked, directions

_LABELS = {
    "significantly decreased": 0,
    "no significant difference": 1,
    "significantly increased": 2,
    "significantly increase": 2,
}
_SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One annotation: its article, the question with its passage, and the label by number."""

    article: str
    asked: Asked
    label: int


def evidence(folder: Path) -> dict[str, list[Labelled]]:
    """Read the official splits; annotations without a valid label or passage are left out."""
    csv.field_size_limit(sys.maxsize)
    prompts = {row["PromptID"]: row for row in _rows(folder / "prompts_merged.csv")}
    split_of = {
        article: name
        for name in _SPLITS
        for article in (folder / f"splits/{name}_article_ids.txt").read_text().split()
    }
    made: dict[str, list[Labelled]] = {name: [] for name in _SPLITS}
    for row in _rows(folder / "v2_annotations.csv"):
        prompt, split = prompts.get(row["PromptID"]), split_of.get(row["PMCID"])
        known = row["Valid Label"] == "True" and row["Label"] in _LABELS
        if prompt is None or split is None or not known or not row["Annotations"].strip():
            continue
        asked = Asked(
            row["Annotations"], prompt["Intervention"], prompt["Comparator"], prompt["Outcome"]
        )
        made[split].append(Labelled(row["PMCID"], asked, _LABELS[row["Label"]]))
    return made


def figures(folder: Path) -> list[Figure]:
    """Measure on the official test split."""
    rows = evidence(folder)["test"]
    found = np.array([CHANGES.index(f.change) for f in directions([row.asked for row in rows])])
    true = np.array([row.label for row in rows])
    groups, split = [row.article for row in rows], "official test split"

    def macro(of: NDArray[np.int64]) -> float:
        return macro_f1(found[of], true[of], 3)

    value, n = macro(np.arange(len(rows))), len(rows)
    interval = bootstrap(macro, groups)
    return [
        Figure("direction of effect macro-F1", value, n, split, *interval, goal=".75"),
        *(
            Figure(f"direction of effect F1 {name}", f1(found, true, k), n, split)
            for k, name in enumerate(CHANGES)
        ),
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

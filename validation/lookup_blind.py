"""Look-ups on articles drawn by chance and read by a person before the program answered.

One question an article, in the words of Evidence Inference, on trials that are not in
rct_numbers. ``labels/lookup_blind.csv`` keeps numbers and places, no text. Where a question fits
several rows of its article (two outcomes, or value and change), each is an alternative.
"""

from __future__ import annotations

import csv
import io
import math
import tarfile
from collections import defaultdict
from pathlib import Path

from validation.floors import Figure
from validation.intervals import wilson

from probatum.claims.lookup.asked import Found, OutcomeKind, Sought
from probatum.claims.lookup.find import look_up, prepare
from probatum.documents.read import collect

LABELS = Path(__file__).parent / "labels" / "lookup_blind.csv"
_SIDES = ("intervention", "comparator")
_FIELDS = ("n", "events", "mean", "sd")
_KINDS: dict[str, OutcomeKind] = {"binary": "binary", "continuous": "continuous"}
Values = dict[tuple[str, str], float]
Asked = tuple[str, str, str]  # article, number of the question, kind of outcome


def figures(corpus: Path) -> list[Figure]:
    """Measure on the drawn articles of an archive of trials."""
    labels = _labels()
    prompts = _prompts(corpus.parent.parent / "claims" / "evidence_inference.tar.gz", labels)
    texts = _texts(corpus, {article for article, _, _ in labels})
    given = values = wrong = 0
    for asked, alternatives in sorted(labels.items()):
        article, prompt, kind = asked
        prepared = prepare(collect(texts[article], f"PMC{article}.xml").documents[0])
        found = look_up(prepared, Sought(*prompts[prompt], _KINDS[kind]))
        if found.arms is not None:
            given += 1
            compared, differ = min((_held(found, one) for one in alternatives), key=lambda x: x[1])
            values, wrong = values + compared, wrong + differ
    n, split = len(labels), "drawn by chance, read before"
    return [
        Figure("looked up rows with values, drawn articles", given / n, n, split,
               *wilson(given, n), goal=".50"),
        Figure("looked up values that are wrong, drawn articles", wrong / max(1, values), values,
               split, *wilson(wrong, values), goal="at most .05", higher_is_better=False),
    ]  # fmt: skip


def _labels() -> dict[Asked, list[Values]]:
    read: dict[Asked, dict[str, Values]] = defaultdict(lambda: defaultdict(dict))
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            asked = row["article"], row["prompt"], row["kind"]
            value = float(row["value"])
            read[asked][row["alternative"]][row["side"], row["field"]] = value
    return {asked: [_with_sd(one) for one in found.values()] for asked, found in read.items()}


def _with_sd(values: Values) -> Values:
    """Add the SD that a printed SE or 95 % interval of a mean stands for."""
    made = dict(values)
    for side in _SIDES:
        root = math.sqrt(values.get((side, "n"), 1.0))
        if (side, "se") in values:
            made[side, "sd"] = values[side, "se"] * root
        if (side, "low") in values:
            made[side, "sd"] = (values[side, "high"] - values[side, "low"]) / 3.92 * root
    return made


def _held(found: Found, wanted: Values) -> tuple[int, int]:
    """Count the values that can be compared, and those of them that differ."""
    compared = differ = 0
    for side, arm in zip(_SIDES, found.arms or (), strict=True):
        for field in _FIELDS:
            value, right = getattr(arm, field), wanted.get((side, field))
            if value is not None and right is not None:
                slack = 0.02 * abs(right) if value.computed and field == "sd" else 1e-9
                compared += 1
                differ += abs(value.value - right) > slack
    return compared, differ


def _prompts(archive: Path, labels: dict[Asked, list[Values]]) -> dict[str, tuple[str, str, str]]:
    wanted = {prompt for _, prompt, _ in labels}
    with tarfile.open(archive) as held:
        data = held.extractfile("evidence_inference/prompts_merged.csv")
        rows = csv.DictReader(io.StringIO(data.read().decode("utf-8") if data else ""))
        return {
            row["PromptID"]: (row["Intervention"], row["Comparator"], row["Outcome"])
            for row in rows
            if row["PromptID"] in wanted
        }


def _texts(archive: Path, articles: set[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with tarfile.open(archive) as held:
        for member in held:
            name = member.name.rpartition("PMC")[2].removesuffix(".nxml")
            data = held.extractfile(member) if name in articles else None
            if data is not None:
                found[name] = data.read()
    return found

"""Frames of claims on sentences drawn at random and labelled by hand; the text is not kept.

A sentence is found by its place in our reader's text and by the hash of its words: where that
differs, the reader has drifted and the sentence is left out and counted.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

from validation.floors import Figure
from validation.intervals import wilson

from probatum.claims.frames import claims
from probatum.claims.passages import Passage, passages
from probatum.documents.read import collect
from probatum.flow.packs import load_pack
from probatum.model.claim import Claim
from probatum.model.document import Document

LABELS = Path(__file__).parent.parent / "tests" / "cases" / "claims" / "frame_labels.csv"
_TURNED = ("improves", "worsens", "increases", "decreases", "causes")
Row = dict[str, str]


def figures(folder: Path) -> list[Figure]:
    """Measure on both halves; the rules were written with the first in view."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    vocabulary = load_pack("ketamine").vocabulary
    read: dict[str, tuple[Document, dict[int, Passage]]] = {}
    answered: list[tuple[Row, list[Claim]]] = []
    for row in rows:
        if row["file"] not in read:
            data = (folder / row["file"]).read_bytes()
            document = collect(data, row["file"]).documents[0]
            read[row["file"]] = document, {p.start: p for p in passages(document)}
        document, found = read[row["file"]]
        passage = found.get(int(row["start"]))
        digest = hashlib.sha256(passage.text.encode()).hexdigest()[:16] if passage else ""
        if passage is not None and digest == row["sha256_16"]:
            answered.append((row, claims(document, [passage], vocabulary)))
    drifted = Figure("labelled sentences not found again", len(rows) - len(answered), len(rows),
                     "ketamine texts", higher_is_better=False)  # fmt: skip
    halves = (("development", "rules written on these"), ("measuring", "held out"))
    return [
        drifted,
        *(f for half, split in halves
          for f in _of([x for x in answered if x[0]["half"] == half], split)),
    ]  # fmt: skip


def _of(answered: Sequence[tuple[Row, list[Claim]]], split: str) -> list[Figure]:
    """Measure detection on all, and the fields where a claim within the vocabulary was given."""
    silent = [not given for row, given in answered if row["claim"] == "no"]
    spoken = [x for x in answered if x[0]["outcomes"] or x[0]["conditions"]]
    pairs = [(row, _nearest(row, given)) for row, given in spoken if given]
    said = {
        "frames claims found": [bool(given) for _, given in spoken],
        "frames sentences without a claim left alone": silent,
        "frames direction": [_direction(row, one) for row, one in pairs],
        "frames negation": [_direction(row, one) or one.negated == (row["negated"] == "yes")
                             for row, one in pairs],
        "frames hedge": [bool(one.hedge) == (row["hedge"] == "yes") for row, one in pairs],
        "frames exact": [_exact(row, one) for row, one in pairs],
    }  # fmt: skip
    goals = {"direction": ".85", "negation": ".90", "hedge": ".90", "exact": ".70"}
    return [
        Figure(f"{name}, {split}", sum(hits) / len(hits), len(hits), split,
               *wilson(sum(hits), len(hits)), goal=goals.get(name.rpartition(" ")[2], ""))
        for name, hits in said.items()
    ]  # fmt: skip


def _nearest(row: Row, given: list[Claim]) -> Claim:
    """Give the claim of a sentence that the label is about: the one nearest to it."""
    return max(given, key=lambda one: (_direction(row, one), _names(row, one)))


def _said(direction: str, *, negated: bool) -> str:
    """Take "does not improve" for no difference."""
    return "no_difference" if negated and direction in _TURNED else direction


def _direction(row: Row, one: Claim) -> bool:
    wanted = _said(row["direction"], negated=row["negated"] == "yes")
    return _said(one.direction, negated=one.negated) == wanted


def _names(row: Row, one: Claim) -> bool:
    outcomes, conditions = row["outcomes"].split(), row["conditions"].split()
    fits = one.outcome in outcomes if outcomes else one.outcome is None
    return fits and (one.condition in conditions if conditions else one.condition is None)


def _exact(row: Row, one: Claim) -> bool:
    return _direction(row, one) and _names(row, one)

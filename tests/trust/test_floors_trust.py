"""The floors of the trust room stand, and none of the clean texts was judged spun."""

from __future__ import annotations

import json
from pathlib import Path

FLOORS = json.loads(
    (Path(__file__).parents[2] / "validation/floors.json").read_text(encoding="utf-8")
)
OWN = {name: row for name, row in FLOORS.items() if name.startswith("trust: ")}


def test_no_clean_text_is_judged_spun() -> None:
    clean = [row["value"] for name, row in OWN.items() if name.endswith("judged spun")]
    assert len(clean) == 4
    assert max(clean) == 0.0


def test_strong_spins_are_told_from_clean_paragraphs() -> None:
    areas = {n: r["value"] for n, r in OWN.items() if "AUC, trials, wordnet" in n}
    assert min(v for n, v in areas.items() if not n.endswith("0.2")) >= 0.95

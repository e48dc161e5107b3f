"""The floors of the trust room stand; of the clean texts three are judged spun at most."""

from __future__ import annotations

import json
from pathlib import Path

FLOORS = json.loads(
    (Path(__file__).parents[2] / "validation/floors.json").read_text(encoding="utf-8")
)
OWN = {name: row for name, row in FLOORS.items() if name.startswith("trust: ")}


def test_next_to_no_clean_text_is_judged_spun() -> None:
    clean = {name: row["value"] for name, row in OWN.items() if name.endswith("judged spun")}
    assert len(clean) >= 4
    news = clean.pop("trust: clean news judged spun")
    abstracts = clean.pop("trust: clean abstracts judged spun")
    assert max(clean.values()) == 0.0
    assert news <= 1 / 400  # of 73 words; the limits are set without these news
    assert abstracts <= 0.0034  # two of 600, and without these abstracts


def test_strong_spins_are_told_from_clean_paragraphs() -> None:
    areas = {n: r["value"] for n, r in OWN.items() if "AUC, trials, wordnet" in n}
    assert min(v for n, v in areas.items() if not n.endswith("0.2")) >= 0.95

"""Measured qualities as floors: they only rise, unless someone says why one is lowered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "floors.json"
_STEP = 1e-9


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quality: n, split, 95 % interval, the goal, and what a peer has."""

    name: str
    value: float
    n: int
    split: str
    low: float | None = None
    high: float | None = None
    goal: str = ""
    peer: str = ""
    higher_is_better: bool = True

    def __str__(self) -> str:
        interval = "" if self.low is None else f" [{self.low:.3f}, {self.high:.3f}]"
        notes = "; ".join(x for x in (self.goal and f"goal {self.goal}", self.peer) if x)
        return f"{self.name:44} {self.value:9.3f}{interval:17} n={self.n:<6} {self.split}  {notes}"


def digest(path: Path) -> str:
    """Give the first 16 hex digits of the sha256 of a corpus."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def lowered(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Name the floors that a new measurement of the same corpus would lower.

    >>> before = {"a": {"value": 0.8, "corpus": "x", "higher_is_better": True}}
    >>> lowered(before, {"a": {"value": 0.7, "corpus": "x", "higher_is_better": True}})
    ['a: 0.8 to 0.7']
    """
    worse = []
    for name in sorted(old.keys() & new.keys()):
        if "higher_is_better" not in old[name] or "value" not in new[name]:
            continue
        before, after = old[name]["value"], new[name]["value"]
        change = after - before if old[name]["higher_is_better"] else before - after
        if change < -_STEP and old[name].get("corpus") == new[name].get("corpus"):
            worse.append(f"{name}: {before} to {after}")
    return worse


def merge(
    figures: dict[str, list[Figure]],
    corpora: dict[str, Path],
    *,
    lower: str = "",
    path: Path = PATH,
) -> None:
    """Write figures into floors.json beside what others wrote.

    A floor that would fall stops the writing unless ``lower`` gives the reason. The reason stays
    beside the floor until its value rises.
    """
    old: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    new = {
        figure.name: _row(figure, digest(corpora[corpus]))
        for corpus, listed in figures.items()
        for figure in listed
    }
    worse = lowered(old, new)
    if worse and not lower:
        raise SystemExit(f"floors would fall ({'; '.join(worse)}): give --lower REASON if meant")
    for name in old.keys() & new.keys():
        if "lowered" in old[name] and old[name].get("value") == new[name]["value"]:
            new[name]["lowered"] = old[name]["lowered"]
    for line in worse:
        new[line.rpartition(":")[0]]["lowered"] = lower
    text = json.dumps(old | new, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def _row(figure: Figure, corpus: str) -> dict[str, Any]:
    row = {key: value for key, value in asdict(figure).items() if key != "name"}
    for key in ("value", "low", "high"):
        row[key] = None if row[key] is None else round(row[key], 4)
    return row | {"corpus": corpus}

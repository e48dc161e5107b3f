"""Whom claims are said of, on invented sentences that each name a group; half of it recall.

The sentences stand in ``tests/cases/claims/people_third.toml``; its head says how they were made.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from validation.floors import Figure
from validation.frame_cases import document
from validation.intervals import wilson

from probatum.claims.frames import claims
from probatum.claims.passages import passages
from probatum.flow.packs import load_pack

CASES = Path(__file__).parent.parent / "tests" / "cases" / "claims" / "people_third.toml"
_Read = tuple[dict[str, Any], set[str], bool]


def figures(path: Path) -> list[Figure]:
    """Measure both parts; rules were written with the first in view."""
    read = _read(path)
    parts = ((False, "rules written on these"), (True, "held out"))
    return [f for held, split in parts
            for f in _of([one for one in read if one[0]["held"] == held], split)]  # fmt: skip


def _read(path: Path) -> list[_Read]:
    vocabulary = load_pack("ketamine").vocabulary
    with path.open("rb") as file:
        cases = tomllib.load(file)["case"]
    made = []
    for case in cases:
        page, _ = document(case)
        given = claims(page, passages(page), vocabulary)
        made.append((case, {one for claim in given for one in claim.population}, bool(given)))
    return made


def _of(read: Sequence[_Read], split: str) -> Iterator[Figure]:
    """Measure where a claim was found, so that its people can be."""
    told = [(set(case["expected"]), found) for case, found, given in read if given]
    said = {
        "a claim found": [given for _, _, given in read],
        "groups found": [one in found for wanted, found in told for one in wanted],
        "groups given that a label has": [
            one in wanted for wanted, found in told for one in sorted(found)],
    }  # fmt: skip
    for name, hits in said.items():
        yield Figure(f"people {name}, {split}", sum(hits) / max(1, len(hits)), len(hits), split,
                     *wilson(sum(hits), len(hits)))  # fmt: skip


def main() -> None:
    """Print the figures, and every miss of the part that rules may be written on."""
    print(*figures(CASES), sep="\n")
    if "--held" in sys.argv:
        return
    for case, found, given in _read(CASES):
        if not case["held"] and found != set(case["expected"]):
            print(case["id"], case["text"], sorted(found), case["expected"], "" if given else "-")


if __name__ == "__main__":
    main()

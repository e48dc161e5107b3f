"""Frames of claims on invented sentences labelled by meaning, every field of every claim.

The sentences stand in ``tests/cases/claims/frames_own.toml`` and ``frames_third.toml``; their
heads say how they are labelled.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from validation.floors import Figure
from validation.intervals import wilson

from probatum.claims.frames import claims
from probatum.claims.passages import passages
from probatum.flow.packs import load_pack
from probatum.model.claim import Claim
from probatum.model.document import Block, BlockKind, Document, Metadata
from probatum.model.pack import Vocabulary
from probatum.model.source import SourceRef

_FOLDER = Path(__file__).parent.parent / "tests" / "cases" / "claims"
CASES = _FOLDER / "frames_own.toml"
THIRD = _FOLDER / "frames_third.toml"
_SETS = {CASES: "invented", THIRD: "third set"}
_DEFAULTS = {"intervention": "ketamine", "strength": "causal"}
_NAMES = ("intervention", "outcome", "condition")
_FIELDS = ("comparator", "dose", "route", "time_point", "population", "aspect", "strength")
_TURNED = ("improves", "worsens", "increases", "decreases", "causes", "treats")
Case = Mapping[str, Any]
Label = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """One case with the claims found in it, and each label beside its claim, if there is one."""

    case: Case
    given: tuple[Claim, ...]
    pairs: tuple[tuple[Label, Claim | None], ...]

    @property
    def wanted(self) -> list[tuple[Label, Claim | None]]:
        """Pairs of labels that must be found."""
        return [pair for pair in self.pairs if not pair[0].get("optional")]


def cases(path: Path) -> list[Case]:
    """Read the labelled sentences of a file; what it has as defaults holds for each label."""
    with path.open("rb") as file:
        told = tomllib.load(file)
    usual = told.get("defaults", {"population": "*"})
    return [{**one, "claims": [{**usual, **lb} for lb in one["claims"]]} for one in told["case"]]


def figures(path: Path) -> list[Figure]:
    """Measure both parts of a set; rules were written with the first in view."""
    vocabulary = load_pack("ketamine").vocabulary
    read = [_read(case, vocabulary) for case in cases(path)]
    name = _SETS[path]
    parts = ((False, f"{name}, rules written on these"), (True, f"{name}, held out"))
    return [f for held, split in parts
            for f in _of([one for one in read if one.case["held"] == held], split)]  # fmt: skip


def document(case: Case) -> tuple[Document, int]:
    """Make a page of one case, and say where its sentence begins."""
    parts = [("heading", case["heading"])] if "heading" in case else []
    before = f"{case['before']} " if "before" in case else ""
    parts.append((case.get("kind", "paragraph"), before + case["text"]))
    text, blocks = "", []
    for kind, printed in parts:
        under = (case["heading"],) if "heading" in case else ()
        blocks.append(Block(cast("BlockKind", kind), len(text), len(text) + len(printed), under))
        text += printed + "\n"
    source = SourceRef("invented", "0" * 64, 0, len(text))
    made = Document("0" * 16, 0, "web-page", source, Metadata(), text, tuple(blocks))
    return made, len(text) - 1 - len(case["text"])


def _read(case: Case, vocabulary: Vocabulary) -> Read:
    page, start = document(case)
    given = [c for c in claims(page, passages(page), vocabulary) if c.start >= start]
    left, pairs = list(given), []
    for label in sorted(case["claims"], key=lambda one: bool(one.get("optional"))):
        best = max(left, key=lambda one: (_score(label, one), -left.index(one)), default=None)
        if best is not None:
            left.remove(best)
        pairs.append((label, best))
    return Read(case, tuple(given), tuple(pairs))


def _score(label: Label, one: Claim) -> tuple[bool, int, bool]:
    names = sum(fits(label, name, getattr(one, name)) for name in _NAMES)
    return exact(label, one), names, direction(label, one)


def fits(label: Label, name: str, value: str | tuple[str, ...] | None) -> bool:
    """Whether a field says what a label accepts: "a|b" either, "*" anything."""
    accepted = str(label.get(name, _DEFAULTS.get(name, "")))
    said = "+".join(value) if isinstance(value, tuple) else value
    return accepted == "*" or (said or "") in accepted.split("|")


def direction(label: Label, one: Claim) -> bool:
    """Whether direction and negation are right together."""
    denied = label.get("negated", False)
    if denied == "*":
        return one.direction == "no_difference" or (
            one.negated and one.direction in label["direction"].split("|")
        )
    if _denied(one.direction, negated=one.negated) == "no_difference":
        return bool(denied) or "no_difference" in label["direction"]
    wrong = bool(denied) != one.negated
    return not wrong and one.direction in label["direction"].split("|")


def _denied(said: str, *, negated: bool) -> str:
    return "no_difference" if negated and said in _TURNED else said


def exact(label: Label, one: Claim) -> bool:
    """Whether direction, negation, drug, outcome and condition are all right."""
    return direction(label, one) and all(fits(label, n, getattr(one, n)) for n in _NAMES)


def _of(read: Sequence[Read], split: str) -> Iterator[Figure]:
    wanted = [pair for one in read for pair in one.wanted]
    pairs = [(label, claim) for label, claim in wanted if claim is not None]
    whole = [(label, claim) for label, claim in pairs if exact(label, claim)]
    flat = [(one, claim) for one in read for claim in one.given]
    said = {
        "claims found exact": [c is not None and exact(lb, c) for lb, c in wanted],
        "claims given that a label has": [
            any(exact(lb, c) for lb in one.case["claims"]) for one, c in flat],
        "sentences without a claim left alone": [
            not one.given for one in read if not one.case["claims"]],
        "claims found": [c is not None for _, c in wanted],
        "direction": [direction(lb, c) for lb, c in pairs],
        "negation": [direction(lb, c) or lb.get("negated") in ("*", c.negated) for lb, c in pairs],
        "hedge": [lb.get("hedge") == "*" or bool(c.hedge) == lb.get("hedge", False)
                  for lb, c in pairs],
        "exact": [exact(lb, c) for lb, c in pairs],
        **{name: [fits(lb, name, getattr(c, name)) for lb, c in whole] for name in _FIELDS},
    }  # fmt: skip
    goals = {"direction": ".85", "negation": ".90", "hedge": ".90", "exact": ".70"}
    for name, hits in said.items():
        if name in _FIELDS and all(lb.get(name) == "*" for lb, _ in wanted):
            continue  # not labelled in this set
        yield Figure(f"frames {name}, {split}", sum(hits) / max(1, len(hits)), len(hits), split,
                     *wilson(sum(hits), len(hits)), goal=goals.get(name, ""))  # fmt: skip


def main() -> None:
    """Print every miss of the part that rules may be written on; of both with --held, figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="show the figures of both parts")
    parser.add_argument("--third", action="store_true", help="the third set, not the first")
    told = parser.parse_args()
    path = THIRD if told.third else CASES
    if told.held:
        print(*figures(path), sep="\n")
        return
    vocabulary = load_pack("ketamine").vocabulary
    read = [_read(case, vocabulary) for case in cases(path) if not case["held"]]
    for one in read:
        _show(one)
    print(*_of(read, f"{_SETS[path]}, rules written on these"), sep="\n")


def _show(one: Read) -> None:
    missed = [lb for lb, c in one.wanted if c is None or not exact(lb, c)]
    fields = [(n, getattr(c, n), lb.get(n)) for lb, c in one.pairs if c and exact(lb, c)
              for n in _FIELDS if not fits(lb, n, getattr(c, n))]  # fmt: skip
    hedges = [(c.hedge, lb.get("hedge")) for lb, c in one.pairs if c and lb.get("hedge") != "*"
              and bool(c.hedge) != lb.get("hedge", False)]  # fmt: skip
    surplus = [c for c in one.given if not any(exact(lb, c) for lb in one.case["claims"])]
    if not (missed or fields or hedges or surplus):
        return
    print(f"{one.case['id']}: {one.case.get('heading', '')} | {one.case['text']}")
    for label in missed:
        print("    missed ", dict(label))
    for claim in surplus:
        print("    surplus", claim.intervention, claim.condition, claim.outcome, claim.direction,
              "denied" if claim.negated else "", claim.hedge or "", claim.method)  # fmt: skip
    for name, got, want in fields:
        print(f"    field   {name}: {got}, wanted {want}")
    for hedge in hedges:
        print("    hedge  ", *hedge)


if __name__ == "__main__":
    main()

"""How far a second reader agrees with the first on stance and on frames: what a model can reach.

The second reader was a language model without sight of the first labels or of a program's answer;
stance was read by the written guide, frames by the names of their fields (no guide existed).
``labels/second_stance.csv`` holds 150 statements of the held-out fifth, drawn by a fixed seed;
``labels/second_frames.csv`` the 200 sentences of ``tests/cases/claims/frame_labels.csv``. Places
and labels, no text; nothing is trained on them.

``python -m validation.second_annotator ../shared/data`` prints the agreement.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from validation.citations import Gold, gold, held_out
from validation.frame_quality import LABELS as FIRST_FRAMES
from validation.intervals import bootstrap, f1, macro_f1

from probatum.claims.stance import LABELS, judge_all
from probatum.stats.agreement import cohen_kappa

_FOLDER = Path(__file__).parent / "labels"
FRAMES = _FOLDER / "second_frames.csv"
_GOLD = Path("claims") / "citation_stance_gold.jsonl"
_SEED, _DRAWN = 20_261_123, 150
_LEAST, _MOST = 36, 46  # of supporting, of contrasting: no share that the reader could count on
_TURNED = ("improves", "worsens", "increases", "decreases", "causes", "treats")
Row = dict[str, str]
Codes = NDArray[np.int64]


def drawn(rows: Sequence[Row]) -> list[str]:
    """Draw the ids that the second reader was given from the held-out rows of the gold set."""
    chance = random.Random(_SEED)  # noqa: S311 (a draw of statements, no secret)
    supporting, contrasting = (chance.randint(_LEAST, _MOST) for _ in range(2))
    wanted = {
        "contrasting": contrasting,
        "mentioning": _DRAWN - supporting - contrasting,
        "supporting": supporting,
    }
    return [
        name
        for stance, n in wanted.items()
        for name in chance.sample(sorted(r["id"] for r in rows if r["stance"] == stance), n)
    ]


def stance(path: Path) -> None:
    """Print how the second reader, and the model, agree with the first on the same statements."""
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    first = {row["id"]: one for row, one in zip(raw, gold(path), strict=True)}
    second = {row["id"]: row for row in _read(_FOLDER / "second_stance.csv")}
    names = sorted(drawn([row for row in raw if held_out(row["pmcid"])]))
    if names != sorted(second):
        raise ValueError("second_stance.csv holds other statements than the draw: draw them again")
    mine = [first[name] for name in names]
    judged = judge_all([one.context for one in mine])
    shares = _shares([row["stance"] for row in raw if held_out(row["pmcid"])])
    read = [second[name]["stance"] for name in names]
    own = [second[name]["own_evidence"] == "yes" for name in names]
    _stances("stance, second reader with the first", read, own, mine, shares)
    told = [one.stance for one in judged]
    _stances("stance, model with the first", told, [j.own_evidence for j in judged], mine, shares)
    _agree("stance, model with the second reader", list(zip(told, read, strict=True)))
    for sure in (3, 2, 1):
        kept = [one.stance == second[name]["stance"] for name, one in zip(names, mine, strict=True)
                if one.certainty == sure]  # fmt: skip
        print(f"  agreed where the first was sure {sure}: {sum(kept)} of {len(kept)}")


def _shares(stances: Sequence[str]) -> NDArray[np.float64]:
    return np.array([stances.count(label) / len(stances) for label in LABELS])


def _stances(
    title: str,
    stances: Sequence[str],
    own: Sequence[bool],
    first: Sequence[Gold],
    shares: NDArray[np.float64],
) -> None:
    """Print agreement on the draw, and macro-F1 as it would be where stances are as common."""
    _agree(title, list(zip([one.stance for one in first], stances, strict=True)))
    found = np.array([LABELS.index(label) for label in stances])
    true = np.array([LABELS.index(one.stance) for one in first])
    groups = [one.pmcid for one in first]
    _print("macro-F1", lambda i: macro_f1(found[i], true[i], 3), groups)
    _print("macro-F1 at the held-out fifth's shares",
           lambda i: _weighted(found[i], true[i], shares), groups)  # fmt: skip
    for code, label in enumerate(LABELS):
        _print(f"F1 {label} of {int((true == code).sum())}",
               lambda i, code=code: f1(found[i], true[i], code), groups)  # type: ignore[misc] # fmt: skip
    ours = np.array(own).astype(np.int64)
    theirs = np.array([one.own_evidence for one in first]).astype(np.int64)
    _print("F1 own evidence", lambda i: f1(ours[i], theirs[i], 1), groups)
    _agree("  own evidence", [(str(a), str(b)) for a, b in zip(theirs, ours, strict=True)])
    for code, label in enumerate(LABELS):
        row = [int(((true == code) & (found == other)).sum()) for other in range(len(LABELS))]
        print(f"  first {label}: " + ", ".join(f"{n} {LABELS[k]}" for k, n in enumerate(row)))


def _weighted(found: Codes, true: Codes, shares: NDArray[np.float64]) -> float:
    """Give macro-F1 where each stance of the first reader weighs as its share of the held-out."""
    sizes = np.bincount(true, minlength=len(LABELS))
    weight = (shares / np.maximum(1, sizes))[true]
    scores = []
    for code in range(len(LABELS)):
        hits = weight[(found == code) & (true == code)].sum()
        total = weight[found == code].sum() + weight[true == code].sum()
        scores.append(2 * hits / total if total else 0.0)
    return float(np.mean(scores))


def _print(name: str, measure: Callable[[Codes], float], groups: Sequence[str]) -> None:
    low, high = bootstrap(measure, groups)
    print(f"  {name:42} {measure(np.arange(len(groups))):.3f} [{low:.3f}, {high:.3f}]")


def _agree(title: str, pairs: Sequence[tuple[str, str]]) -> None:
    found = cohen_kappa(pairs)
    kappa = "not defined" if found.kappa is None else f"{found.kappa:.3f}"
    print(f"{title:44} n {found.n:3}, agreed {found.observed:.3f}, kappa {kappa}")


def frames() -> None:
    """Print agreement on each field of a frame, of the sentences that both call a claim."""
    second = {(row["file"], row["start"]): row for row in _read(FRAMES)}
    pairs = [(row, second[row["file"], row["start"]]) for row in _read(FIRST_FRAMES)]
    _agree("frames, claim or none", [(a["claim"], b["claim"]) for a, b in pairs])
    both = [(a, b) for a, b in pairs if a["claim"] == b["claim"] == "yes"]
    for field in ("direction", "negated", "hedge"):
        _agree(f"frames, {field}", [(a[field], b[field]) for a, b in both])
    _agree("frames, direction with its negation", [(_said(a), _said(b)) for a, b in both])
    _agree("frames, no effect or a negation", [(_denied(a), _denied(b)) for a, b in both])
    for field in ("outcomes", "conditions"):
        _agree(
            f"frames, {field}, one or none", [(_any(a[field]), _any(b[field])) for a, b in both]
        )
        _share(f"frames, {field} overlap, or none", [overlap(a[field], b[field]) for a, b in both])
    spoken = [(a, b) for a, b in both if a["outcomes"] or a["conditions"]]
    for half in ("development", "measuring"):
        part = [(a, b) for a, b in spoken if a["half"] == half]
        _share(f"frames, direction as measured, {half}", [_said(a) == _said(b) for a, b in part])
        _share(f"frames, exact as measured, {half}", [_exact(a, b) for a, b in part])


def _denied(row: Row) -> str:
    return str(row["negated"] == "yes" or row["direction"] == "no_difference")


def _any(ids: str) -> str:
    return str(bool(ids))


def _said(row: Row) -> str:
    """Take "does not improve" for no difference, as the program's figures do."""
    denied = row["negated"] == "yes" and row["direction"] in _TURNED
    return "no_difference" if denied else row["direction"]


def overlap(one: str, other: str) -> bool:
    """Whether two lists of ids share one, or are both empty."""
    return bool(set(one.split()) & set(other.split())) or one == other == ""


def _exact(one: Row, other: Row) -> bool:
    named = all(overlap(one[field], other[field]) for field in ("outcomes", "conditions"))
    return named and _said(one) == _said(other)


def _share(title: str, hits: Sequence[bool]) -> None:
    print(f"{title:48} {sum(hits)} of {len(hits)}, {sum(hits) / len(hits):.3f}")


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Print the agreement on stance, then on frames."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the shared data")
    stance(parser.parse_args().data / _GOLD)
    frames()


if __name__ == "__main__":
    main()

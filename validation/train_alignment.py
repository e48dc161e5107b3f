"""Train the model that sets sentences beside evidence: ``make train-alignment``.

The pairs of ``validation/labels/check_pairs.toml`` are invented sentences, each with the evidence
that it speaks of and the verdicts allowed. A fifth of the sources, drawn by a hash of their ids,
is never trained on (:func:`held_out`). Figures of the others are by cross-validation in which a
source's sentences never stand on both sides. Other labelled sentences of our own are trained on
with half the weight and never measured here.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from probatum.flow.answering import answer, inputs
from probatum.flow.cards import pack_cards
from probatum.flow.graph import Graph
from probatum.flow.packs import load_pack, shipped_packs
from probatum.model.answer import Answer
from probatum.model.pack import Pack
from probatum.verdicts.compare import readings
from probatum.verdicts.known import Known, known
from probatum.verdicts.learned import (
    VERDICTS,
    Candidate,
    candidates,
    chances_of,
    joined,
    left_to_rules,
    meets,
    settled,
)
from probatum.verdicts.pairing import Reading
from probatum.works.link import link

_ROOT = Path(__file__).parent.parent
_PAIRS = _ROOT / "validation/labels/check_pairs.toml"
_THIRD = _ROOT / "validation/labels/check_third.toml"
_CASES = _ROOT / "tests/cases/verdicts"
_WEIGHTS = _ROOT / "src/probatum/verdicts/weights.toml"
_OURS = ("aligned", "shipped_pack", "shipped_pack_apart", "shipped_pack_prose")
_FOLDS = 5
_RANK_PENALTY, _PENALTY = 1.0, 2.0
_LIMITS = {
    "decide": 0.65, "unclaimed": 0.75, "override": 0.7, "keep": 0.0, "turn": 0.55, "words": 25.0,
    "covered": 0.2,
}  # fmt: skip
_SMALLEST = 0.004
_OTHERS = 0.5  # weight of a sentence of another set
_GRAVEST = ("contradicted", "overstated", "supported", "no_evidence", "not_checkable")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with the verdicts allowed, the evidence it speaks of, the group of that."""

    text: str
    allowed: tuple[str, ...]
    about: tuple[str, ...]
    group: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled sentence as the program reads it."""

    label: Labelled
    reading: Reading
    found: Sequence[Candidate]


def pairs(path: Path = _PAIRS) -> list[Labelled]:
    """Read pairs; sources that any sentence names together are one group."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["pair"]
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    sources = [row["about"] or [f"none:{row['id']}"] for row in rows]
    for names in sources:
        for name in names:
            parent[root(name)] = root(names[0])
    return [
        Labelled(row["text"], tuple(row["allowed"]), tuple(row["about"]), root(names[0]))
        for row, names in zip(rows, sources, strict=True)
    ]


def held_out(one: Labelled) -> bool:
    """Whether a sentence is of the fifth that is looked at once, at the end."""
    return _part(f"check-split:{one.group}") == _FOLDS - 1


def _part(name: str, parts: int = _FOLDS) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % parts


def others() -> list[Labelled]:
    """Read the other labelled sentences of our own, each a group of itself or of its source."""
    made = []
    for row in tomllib.loads(_THIRD.read_text(encoding="utf-8"))["sentences"]:
        group = row["rows"][0] if row["rows"] else row["id"]
        made.append(
            Labelled(row["text"], tuple(row["allowed"]), tuple(row["rows"]), group, _OTHERS)
        )
    for name in _OURS:
        for row in tomllib.loads((_CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]:
            allowed = (*([row["verdict"]] if "verdict" in row else []), *row.get("allowed", ()))
            made.append(Labelled(row["text"], allowed, (), row["text"], _OTHERS))
    return made


def read(labels: Iterable[Labelled], answers: Sequence[Answer], pack: Pack) -> list[Row]:
    """Read sentences as the program does; of a text of several the gravest decides."""
    held: Known = known(answers, pack)
    rows = []
    for one in labels:
        found = readings(one.text, answers, pack)
        reading = min(found, key=lambda r: _GRAVEST.index(r.rules.verdict))
        rows.append(Row(one, reading, candidates(reading, held)))
    return rows


def base() -> tuple[list[Answer], Pack]:
    """Give the shipped pack and what it answers where no document was added."""
    pack = load_pack(shipped_packs()[0])
    works = link(pack_cards(pack), []).works
    return [answer(given) for given in inputs(pack, Graph(works, (), ()), ())], pack


def fit(rows: Sequence[Row]) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Fit the ranker, then the judge on what rankers fitted on the other half put first."""
    rank = fit_ranker(rows)
    halves = [[row for row in rows if _part(f"half:{row.label.group}", 2) == h] for h in (0, 1)]
    rankers = [fit_ranker(half) for half in halves]
    told = [
        (row, joined(row.reading, row.found, rankers[1 - h])) for h in (0, 1) for row in halves[h]
    ]
    return rank, _fit_judge(told)


def fit_ranker(rows: Sequence[Row]) -> dict[str, float]:
    """Fit the weights by which the evidence that a sentence speaks of comes first."""
    names = sorted({name for row in rows for one in row.found for name in one.features})
    sets = []
    for row in rows:
        right = np.array([one.held.evidence.id in row.label.about for one in row.found], float)
        if right.any():
            sets.append((_matrix([one.features for one in row.found], names), right))

    def loss(weights: Any) -> tuple[float, Any]:
        value, slope = _RANK_PENALTY * weights @ weights, 2 * _RANK_PENALTY * weights
        for matrix, right in sets:
            chances = _softmax(matrix @ weights)
            own = chances * right
            value -= np.log(own.sum())
            slope = slope + matrix.T @ (chances - own / own.sum())
        return value, slope

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return dict(zip(names, map(float, fitted.x), strict=True))


def _fit_judge(told: Sequence[tuple[Row, dict[str, float]]]) -> dict[str, dict[str, float]]:
    names = sorted({name for _, features in told for name in features})
    matrix = _matrix([features for _, features in told], names)
    right = np.array([[v in row.label.allowed for v in VERDICTS] for row, _ in told], float)
    weight = np.array([row.label.weight for row, _ in told])
    shape = len(names), len(VERDICTS)
    free = np.array([name != "bias" for name in names], float)[:, None]

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(shape)
        chances = _softmax(matrix @ weights)
        own = chances * right
        whole = own.sum(axis=1, keepdims=True)
        value = -(weight * np.log(whole[:, 0])).sum() + _PENALTY * (free * weights**2).sum()
        slope = matrix.T @ ((chances - own / whole) * weight[:, None])
        return value, (slope + 2 * _PENALTY * free * weights).ravel()

    fitted = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B")
    weights = fitted.x.reshape(shape)
    return {
        verdict: dict(zip(names, map(float, weights[:, i]), strict=True))
        for i, verdict in enumerate(VERDICTS)
    }


def _matrix(rows: Sequence[Any], names: Sequence[str]) -> Any:
    place = {name: i for i, name in enumerate(names)}
    made = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        for name, value in row.items():
            if name in place:
                made[i, place[name]] = value
    return made


def _softmax(scores: Any) -> Any:
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def verdict_of(row: Row, rank: dict[str, float], judge: dict[str, dict[str, float]]) -> str:
    """Give the verdict as :func:`probatum.verdicts.learned.weighed` does."""
    rules = row.reading.rules.verdict
    if left_to_rules(row.reading, _LIMITS):
        return rules
    joint = joined(row.reading, row.found, rank)
    return settled(rules, chances_of(joint, judge), _LIMITS, met=meets(joint, _LIMITS))


def tell(name: str, told: Sequence[tuple[Row, str]]) -> None:
    """Print how many verdicts are allowed, of all and of those decided."""
    right = sum(verdict in row.label.allowed for row, verdict in told)
    decided = [(row, verdict) for row, verdict in told if verdict in VERDICTS[:3]]
    good = sum(verdict in row.label.allowed for row, verdict in decided)
    share = good / max(len(decided), 1)
    print(
        f"{name}: {right} of {len(told)} right; {len(decided)} decided, {good} right ({share:.2f})"
    )
    for kind in VERDICTS:
        own = [row for row, verdict in told if verdict == kind]
        print(f"  {kind}: {sum(kind in row.label.allowed for row in own)} of {len(own)}")


def main(arguments: list[str]) -> None:
    """Cross-validate and write the weights; with ``--last`` measure the fifth held out instead."""
    answers, pack = base()
    listed = pairs()
    mine = read([one for one in listed if not held_out(one)], answers, pack)
    more = read(others(), answers, pack)
    if "--last" in arguments:
        last = read([one for one in listed if held_out(one)], answers, pack)
        tell("rules alone, the fifth held out", [(row, row.reading.rules.verdict) for row in last])
        rank, judge = fit([*mine, *more])
        tell("model, the fifth held out", [(row, verdict_of(row, rank, judge)) for row in last])
        return
    told = []
    for fold in range(_FOLDS):
        test = [row for row in mine if _part(row.label.group) == fold]
        groups = {row.label.group for row in test}
        train = [row for row in (*mine, *more) if row.label.group not in groups
                 and not groups & set(row.label.about)]  # fmt: skip
        rank, judge = fit(train)
        told += [(row, verdict_of(row, rank, judge)) for row in test]
    tell("rules alone", [(row, row.reading.rules.verdict) for row, _ in told])
    tell("cross-validated", told)
    rank, judge = fit([*mine, *more])
    _WEIGHTS.write_text(_written(rank, judge), encoding="utf-8")


def _written(rank: dict[str, float], judge: dict[str, dict[str, float]]) -> str:
    lines = [
        "# Weights of the model that sets sentences beside evidence, written by make",
        "# train-alignment; docs/models/alignment.md says from what.",
        "",
        "[limits]",
        *(f"{name} = {value}" for name, value in _LIMITS.items()),
    ]
    parts = {"rank": rank, **{f"judge.{verdict}": judge[verdict] for verdict in VERDICTS}}
    for name, weights in parts.items():
        lines += ["", f"[{name}]"]
        kept = {key: value for key, value in sorted(weights.items()) if abs(value) > _SMALLEST}
        lines += [f'"{key}" = {value:.3f}' for key, value in kept.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])

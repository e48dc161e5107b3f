"""How good the model of stance is, on held-out labels of ours and on a clinical benchmark."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from validation.citations import Gold, gold, held_out, kilicoglu
from validation.floors import Figure
from validation.intervals import bootstrap, calibration_error, f1, macro_f1, wilson

from probatum.claims.stance import LABELS, Judgement, judge_all

_HELD = "held-out fifth of articles"
_PEER = "n-grams alone .72"
_ALL = "training part, all"
_PUBLISHED = "published best .721"


@dataclass(frozen=True, slots=True)
class _Run:
    found: NDArray[np.int64]
    true: NDArray[np.int64]
    confidence: NDArray[np.float64]
    groups: list[str]

    @property
    def right(self) -> NDArray[np.bool_]:
        same: NDArray[np.bool_] = self.found == self.true
        return same


def figures(path: Path) -> list[Figure]:
    """Measure on the held-out part of this project's labels."""
    rows = [row for row in gold(path) if held_out(row.pmcid)]
    start = time.process_time()
    judged = judge_all([row.context for row in rows])
    speed = len(rows) / (time.process_time() - start)
    run = _run(rows, judged)
    kept = np.array([not j.abstained for j in judged])
    correct = int(run.right[kept].sum())
    low, high = wilson(correct, int(kept.sum()))
    print(f"{'statements a CPU-second':44} {speed:9.0f}  goal 3,000")
    return [
        _macro("stance macro-F1", run, _HELD, ".80", _PEER),
        *(_label(run, k) for k in range(3)),
        _own(rows, judged),
        Figure("stance calibration error", calibration_error(run.confidence, run.right),
               len(rows), _HELD, goal="at most .05", higher_is_better=False),
        Figure("stance accuracy when not abstaining", correct / max(1, kept.sum()),
               int(kept.sum()), _HELD, low, high, goal=".94"),
        Figure("stance coverage", float(kept.mean()), len(rows), _HELD, goal=".70"),
        _supporting(run),
    ]  # fmt: skip


def clinical(path: Path) -> list[Figure]:
    """Measure on the clinical set, which is never trained on."""
    rows = kilicoglu(path)
    run = _run(rows, judge_all([row.context for row in rows]))
    return [
        _macro("stance macro-F1 clinical set", run, _ALL, ".70", _PUBLISHED)
    ]  # fmt: skip


def _run(rows: list[Gold], judged: list[Judgement]) -> _Run:
    return _Run(
        np.array([LABELS.index(j.stance) for j in judged]),
        np.array([LABELS.index(row.stance) for row in rows]),
        np.array([j.confidence for j in judged]),
        [row.pmcid for row in rows],
    )


def _macro(name: str, run: _Run, split: str, goal: str, peer: str) -> Figure:
    def measure(rows: NDArray[np.int64]) -> float:
        return macro_f1(run.found[rows], run.true[rows], 3)

    low, high = bootstrap(measure, run.groups)
    value = measure(np.arange(len(run.groups)))
    return Figure(name, value, len(run.groups), split, low, high, goal, peer)


def _label(run: _Run, label: int) -> Figure:
    def measure(rows: NDArray[np.int64]) -> float:
        return f1(run.found[rows], run.true[rows], label)

    low, high = bootstrap(measure, run.groups)
    value = measure(np.arange(len(run.groups)))
    goal = ".65" if LABELS[label] == "contrasting" else ""
    return Figure(f"stance F1 {LABELS[label]}", value, len(run.groups), _HELD, low, high, goal)


def _own(rows: list[Gold], judged: list[Judgement]) -> Figure:
    found = np.array([j.own_evidence for j in judged]).astype(np.int64)
    true = np.array([row.own_evidence for row in rows]).astype(np.int64)
    groups = [row.pmcid for row in rows]
    low, high = bootstrap(lambda i: f1(found[i], true[i], 1), groups)
    return Figure("own evidence F1", f1(found, true, 1), len(rows), _HELD, low, high, ".85")


def _supporting(run: _Run) -> Figure:
    """Give the best recall of supporting at a precision of at least .85."""
    taken = run.found == 1
    order = np.flatnonzero(taken)[np.argsort(-run.confidence[taken], kind="stable")]
    hits = np.cumsum(run.true[order] == 1)
    good = np.flatnonzero(hits / np.arange(1, len(order) + 1) >= 0.85)
    total = int((run.true == 1).sum())
    best = int(hits[good[-1]]) if len(good) else 0
    low, high = wilson(best, total)
    name = "stance supporting recall at precision .85"
    return Figure(name, best / total, total, _HELD, low, high, ".60")

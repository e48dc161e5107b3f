"""Train the model of stance on this project's labels: ``make train-stance``.

Needs scikit-learn (extra ``train``). Articles whose PMCID hashes to the held-out fifth are never
trained or tuned on; temperature, offsets and thresholds come from five-fold cross-validation by
article on the rest. The weights that ship are fitted on that rest, and on labels that were added
where earlier models were unsure (``stance_more.csv``, ``stance_own.csv``), at less weight: they
are no sample.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from validation.citations import Gold, added, gold, held_out, part_of
from validation.intervals import f1, macro_f1

from probatum.claims.stance import LABELS
from probatum.claims.stance_features import BITS, features

_WEIGHTS = Path(__file__).parent.parent / "src/probatum/claims/weights/stance.npz"
_FOLDS = 5
_OFFSETS = (1.0, 1.2, 1.5)  # chosen on the folds among 1, 1.2, 1.5, 2: the rarer, the more
_STRENGTH = 0.5  # chosen on the folds among .3, .5, 1, 2
_ADDED = 0.3  # weight of an added label; chosen on the folds among 0, .3, .4, .5, .6, .7, 1
# The precision from which a label counts: a little more than is asked of supporting, less of the
# rarer contrasting, and of mentioning what leaves few stances among them.
_PRECISION = {"mentioning": 0.92, "supporting": 0.88, "contrasting": 0.80}
_SMALLEST = 1e-3

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Data:
    """Rows as a sparse matrix, their labels, weights and folds; the first ``counted`` are gold."""

    matrix: Any
    stance: Labels
    own: Labels
    weights: Numbers
    folds: Labels
    counted: int


def main(arguments: list[str]) -> None:
    """Train, print what the folds say, and write the weights."""
    rows = [row for row in gold(Path(arguments[0])) if not held_out(row.pmcid)]
    data = _data(rows, added(Path(arguments[1])))
    kept = slice(data.counted)
    raw, raw_own = (_cross_validated(data, answers)[kept] for answers in (data.stance, data.own))
    stance, own = data.stance[kept], data.own[kept]
    temperature = _temperature(raw, stance)
    chances = _softmax(raw / temperature)
    chosen = (chances * _OFFSETS).argmax(axis=1)
    confidence = chances[np.arange(len(rows)), chosen]
    thresholds = tuple(_threshold(confidence, chosen, stance, label) for label in range(3))
    own_threshold, own_f1 = _own_threshold(raw_own[:, 0], own, chosen)
    print(f"{len(rows)} labels and {len(data.stance) - len(rows)} added")
    print(f"by cross-validation: macro-F1 {macro_f1(chosen, stance, 3):.3f}, F1 "
          + " ".join(f"{LABELS[k]} {f1(chosen, stance, k):.3f}" for k in range(3)))  # fmt: skip
    print(f"own evidence above {own_threshold:.2f}: F1 {own_f1:.3f}")
    print(f"temperature {temperature:.3f}; counted from {thresholds}")
    confusion = np.zeros((3, 3), dtype=np.int64)
    np.add.at(confusion, (stance, chosen), 1)
    print(f"true stance by row, found by column:\n{confusion}")
    _write(data, (temperature, *thresholds, own_threshold), confusion)


def _data(rows: list[Gold], more: list[Gold]) -> _Data:
    both = [*rows, *more]
    found = features([row.context for row in both])
    shape = (len(both), 1 << BITS)
    matrix = csr_matrix((found.values, (found.rows, found.indices)), shape=shape)
    matrix.sum_duplicates()
    return _Data(
        matrix,
        np.array([LABELS.index(row.stance) for row in both]),
        np.array([row.own_evidence for row in both]).astype(np.int64),
        np.array([1.0] * len(rows) + [_ADDED] * len(more)),
        np.array([part_of(row.pmcid + "fold", _FOLDS) for row in both]),
        len(rows),
    )


def _fitted(data: _Data, answers: Labels, inside: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Fit on the features that occur twice: (weights over all features, intercepts)."""
    matrix = data.matrix[inside]
    kept = np.flatnonzero(np.asarray((matrix != 0).sum(axis=0)).ravel() >= 2)
    model = LogisticRegression(C=_STRENGTH, max_iter=500, tol=1e-4)
    model.fit(matrix[:, kept], answers[inside], sample_weight=data.weights[inside])
    weights = np.zeros((1 << BITS, len(model.intercept_)))
    weights[kept] = model.coef_.T
    return weights, model.intercept_


def _cross_validated(data: _Data, answers: Labels) -> Numbers:
    outputs = 1 if answers.max() == 1 else int(answers.max()) + 1
    raw = np.zeros((len(answers), outputs))
    for fold in range(_FOLDS):
        inside = data.folds != fold
        weights, bias = _fitted(data, answers, inside)
        raw[~inside] = data.matrix[~inside] @ weights + bias
    return raw


def _softmax(raw: Numbers) -> Numbers:
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    chances: Numbers = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _temperature(raw: Numbers, answers: Labels) -> float:
    def loss(log_temperature: float) -> float:
        chances = _softmax(raw / np.exp(log_temperature))
        return float(-np.log(chances[np.arange(len(answers)), answers] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 3), method="bounded").x))


def _threshold(confidence: Numbers, chosen: Labels, stance: Labels, label: int) -> float:
    """Give the lowest confidence from which a label is as often right as it must be."""
    taken = chosen == label
    order = np.flatnonzero(taken)[np.argsort(-confidence[taken])]
    share = np.cumsum(stance[order] == label) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(share >= _PRECISION[LABELS[label]])
    return round(float(confidence[order[good[-1]]]), 3) if len(good) else 1.0


def _own_threshold(raw: Numbers, own: Labels, chosen: Labels) -> tuple[float, float]:
    """Give the threshold with the best F1, and that F1."""
    chances = 1 / (1 + np.exp(-raw))
    scores = {
        float(t): f1(((chances > t) & (chosen > 0)).astype(np.int64), own, 1)
        for t in np.arange(0.05, 0.7, 0.05)
    }
    best = max(scores, key=lambda t: scores[t])
    return best, scores[best]


def _write(data: _Data, settings: tuple[float, ...], confusion: Labels) -> None:
    everything = np.ones(len(data.stance), dtype=np.bool_)
    stance, stance_bias = _fitted(data, data.stance, everything)
    own, own_bias = _fitted(data, data.own, everything)
    weights = np.hstack([stance, own])
    index = np.flatnonzero(np.abs(weights).max(axis=1) > _SMALLEST)
    np.savez_compressed(
        _WEIGHTS,
        index=index.astype(np.uint32),
        weights=weights[index].astype(np.float16),
        bias=np.concatenate([stance_bias, own_bias]),
        offsets=np.array(_OFFSETS),
        settings=np.array(settings),
        confusion=confusion,
    )
    print(f"{len(index)} features, {_WEIGHTS.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])

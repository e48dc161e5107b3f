"""Train the model of stance on this project's labels: ``make train-stance``.

Needs scikit-learn (extra ``train``). Articles whose PMCID hashes to the held-out fifth are never
trained or tuned on; temperature, offsets and thresholds come from five-fold cross-validation by
article on the rest. The weights that ship are fitted on that rest alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from validation.citations import Gold, gold, held_out, part_of

from probatum.claims.stance import LABELS
from probatum.claims.stance_features import BITS, features

_WEIGHTS = Path(__file__).parent.parent / "src/probatum/claims/weights/stance.npz"
_FOLDS = 5
_OFFSETS = (1.0, 1.2, 1.5)  # chosen on the folds among 1, 1.2, 1.5, 2: the rarer, the more
_STRENGTH = 4.0
# The precision from which a label counts: what the project asks of supporting, a little less of
# the rarer contrasting, and of mentioning what leaves few stances among them.
_PRECISION = {"mentioning": 0.90, "supporting": 0.85, "contrasting": 0.80}
_SMALLEST = 1e-3

Numbers = NDArray[np.float64]


def main(arguments: list[str]) -> None:
    """Train, print what the folds say, and write the weights."""
    rows = [row for row in gold(Path(arguments[0])) if not held_out(row.pmcid)]
    matrix = _matrix(rows)
    stance = np.array([LABELS.index(row.stance) for row in rows])
    own = np.array([row.own_evidence for row in rows]).astype(np.int64)
    folds = np.array([part_of(row.pmcid + "fold", _FOLDS) for row in rows])
    raw = _cross_validated(matrix, stance, folds)
    raw_own = _cross_validated(matrix, own, folds)
    temperature = _temperature(raw, stance)
    chances = _softmax(raw / temperature)
    chosen = (chances * _OFFSETS).argmax(axis=1)
    confidence = chances[np.arange(len(rows)), chosen]
    thresholds = tuple(_threshold(confidence, chosen, stance, label) for label in range(3))
    own_threshold = _own_threshold(raw_own[:, 0], own, chosen)
    print(f"{len(rows)} rows; temperature {temperature:.3f}; counted from {thresholds}")
    print(f"own evidence above {own_threshold:.2f}")
    confusion = np.zeros((3, 3), dtype=np.int64)
    np.add.at(confusion, (stance, chosen), 1)
    print(f"true stance by row, found by column:\n{confusion}")
    _write(matrix, (stance, own), (temperature, *thresholds, own_threshold), confusion)


def _matrix(rows: list[Gold]) -> Any:
    found = features([row.context for row in rows])
    shape = (len(rows), 1 << BITS)
    matrix = csr_matrix((found.values, (found.rows, found.indices)), shape=shape)
    matrix.sum_duplicates()
    return matrix


def _fitted(matrix: Any, answers: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Fit on the features that occur twice: (weights over all features, intercepts)."""
    kept = np.flatnonzero(np.asarray((matrix != 0).sum(axis=0)).ravel() >= 2)
    model = LogisticRegression(C=_STRENGTH, max_iter=500, tol=1e-4)
    model.fit(matrix[:, kept], answers)
    weights = np.zeros((1 << BITS, len(model.intercept_)))
    weights[kept] = model.coef_.T
    return weights, model.intercept_


def _cross_validated(matrix: Any, answers: NDArray[np.int64], folds: NDArray[np.int64]) -> Numbers:
    outputs = 1 if answers.max() == 1 else int(answers.max()) + 1
    raw = np.zeros((len(answers), outputs))
    for fold in range(_FOLDS):
        inside = folds != fold
        weights, bias = _fitted(matrix[inside], answers[inside])
        raw[~inside] = matrix[~inside] @ weights + bias
    return raw


def _softmax(raw: Numbers) -> Numbers:
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    chances: Numbers = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _temperature(raw: Numbers, answers: NDArray[np.int64]) -> float:
    def loss(log_temperature: float) -> float:
        chances = _softmax(raw / np.exp(log_temperature))
        return float(-np.log(chances[np.arange(len(answers)), answers] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 3), method="bounded").x))


def _threshold(
    confidence: Numbers, chosen: NDArray[np.int64], stance: NDArray[np.int64], label: int
) -> float:
    """Give the lowest confidence from which a label is as often right as it must be."""
    taken = chosen == label
    order = np.flatnonzero(taken)[np.argsort(-confidence[taken])]
    share = np.cumsum(stance[order] == label) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(share >= _PRECISION[LABELS[label]])
    return round(float(confidence[order[good[-1]]]), 3) if len(good) else 1.0


def _own_threshold(raw: Numbers, own: NDArray[np.int64], chosen: NDArray[np.int64]) -> float:
    chances = 1 / (1 + np.exp(-raw))
    tried = np.arange(0.05, 0.7, 0.05)
    return float(max(tried, key=lambda t: _f1((chances > t) & (chosen > 0), own == 1)))


def _f1(found: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    return float(2 * (found & true).sum() / max(1, found.sum() + true.sum()))


def _write(
    matrix: Any,
    answers: tuple[NDArray[np.int64], NDArray[np.int64]],
    settings: tuple[float, ...],
    confusion: NDArray[np.int64],
) -> None:
    (stance, stance_bias), (own, own_bias) = (_fitted(matrix, a) for a in answers)
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

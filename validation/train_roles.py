"""Train the model of sentence roles on trial abstracts with headings: ``make train-roles``.

Needs scikit-learn (extra ``train``). Fitted on the part "train"; how much the transitions count is
chosen on "validation"; "test" is only measured on.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from validation.abstracts import Abstract, abstracts

from probatum.claims.role_features import BITS, role_features
from probatum.claims.roles import ROLES, Chain, best_path, emissions

_WEIGHTS = Path(__file__).parent.parent / "src/probatum/claims/weights/roles.npz"
_STRENGTH = 4.0
_SMALLEST = 0.02
_SHARES = (0.3, 0.6, 1.0, 1.4)


def main(arguments: list[str]) -> None:
    """Train, choose the weight of the transitions, write the weights."""
    parts = abstracts(Path(arguments[0]))
    train, dev = parts["train"], parts["validation"]
    table, bias = _emission_weights(train)
    kept = np.flatnonzero(np.abs(table).max(axis=1) > _SMALLEST)
    rounded = np.zeros(table.shape, dtype=np.float32)
    rounded[kept] = table[kept].astype(np.float16)
    chains = [_chain(train, rounded, bias, share) for share in _SHARES]
    scores = [_accuracy(dev, chain) for chain in chains]
    print(dict(zip(_SHARES, scores, strict=True)))
    best = chains[int(np.argmax(scores))]
    np.savez_compressed(
        _WEIGHTS, index=kept.astype(np.uint32), weights=table[kept].astype(np.float16),
        bias=bias, start=best.start, step=best.step, end=best.end,
    )  # fmt: skip
    print(f"{len(kept)} features, {_WEIGHTS.stat().st_size / 1e6:.2f} MB")


def _emission_weights(train: list[Abstract]) -> tuple[Any, NDArray[np.float64]]:
    parts, offset = [], 0
    for sentences, _ in train:
        rows, indices, values = role_features(sentences)
        parts.append((rows + offset, indices, values))
        offset += len(sentences)
    rows, indices, values = (np.concatenate(c) for c in zip(*parts, strict=True))
    matrix = csr_matrix((values, (rows, indices)), shape=(offset, 1 << BITS))
    matrix.sum_duplicates()
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=1 << BITS) >= 3)
    answers = np.concatenate([labels for _, labels in train])
    model = LogisticRegression(C=_STRENGTH, max_iter=120, tol=1e-3)
    model.fit(matrix[:, used], answers)
    table = np.zeros((1 << BITS, len(ROLES)))
    table[used] = model.coef_.T
    return table, model.intercept_


def _chain(train: list[Abstract], table: Any, bias: Any, share: float) -> Chain:
    """Count starts, steps and ends; steps against how common a role is, to the power ``share``."""
    start, step, end = np.ones(5), np.ones((5, 5)), np.ones(5)
    common = np.ones(5)
    for _, labels in train:
        start[labels[0]] += 1
        end[labels[-1]] += 1
        np.add.at(step, (labels[:-1], labels[1:]), 1)
        np.add.at(common, labels, 1)
    usual = np.log(common / common.sum())
    return Chain(
        table,
        bias,
        share * (np.log(start / start.sum()) - usual),
        share * (np.log(step / step.sum(axis=1, keepdims=True)) - usual),
        share * (np.log(end / end.sum()) - usual),
    )


def _accuracy(part: list[Abstract], chain: Chain) -> float:
    right = total = 0
    for sentences, labels in part:
        found = best_path(emissions(role_features(sentences), len(sentences), chain), chain)
        right += int((np.array(found) == labels).sum())
        total += len(labels)
    return right / total


if __name__ == "__main__":
    main(sys.argv[1:])

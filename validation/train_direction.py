"""Train the model of an effect's direction on Evidence Inference: ``make train-direction``.

Needs scikit-learn (extra ``train``) and the unpacked archive. Fitted on the official training
split; the validation split chose the strength of the penalty; the test split is only measured on.
"""

from __future__ import annotations

import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from validation.evidence_inference import Labelled, evidence

from probatum.claims.effect_direction import BITS, direction_features

_WEIGHTS = Path(__file__).parent.parent / "src/probatum/claims/weights/direction.npz"
_STRENGTHS = (0.5, 2.0)
_SMALLEST = 0.02


def main(arguments: list[str]) -> None:
    """Train and write the weights."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(arguments[0]) as archive:
        archive.extractall(folder, filter="data")
        parts = evidence(Path(folder) / "evidence_inference")
    train, dev = (_matrix(parts[name]) for name in ("train", "validation"))
    answers = [np.array([row.label for row in parts[n]]) for n in ("train", "validation")]
    used = np.flatnonzero(np.asarray((train != 0).sum(axis=0)).ravel() >= 2)
    fitted = []
    for strength in _STRENGTHS:
        model = LogisticRegression(C=strength, max_iter=150, tol=1e-3)
        model.fit(train[:, used], answers[0])
        score = f1_score(answers[1], model.predict(dev[:, used]), average="macro")
        print(f"C {strength}: validation macro-F1 {score:.3f}")
        fitted.append((score, strength, model))
    best = max(fitted, key=lambda each: each[:2])[2]
    weights = best.coef_.T
    kept = np.abs(weights).max(axis=1) > _SMALLEST
    np.savez_compressed(
        _WEIGHTS, index=used[kept].astype(np.uint32), weights=weights[kept].astype(np.float16),
        bias=best.intercept_,
    )  # fmt: skip
    print(f"{kept.sum()} features, {_WEIGHTS.stat().st_size / 1e6:.2f} MB")


def _matrix(rows: list[Labelled]) -> Any:
    found, indices, values = direction_features([row.asked for row in rows])
    matrix = csr_matrix((values, (found, indices)), shape=(len(rows), 1 << BITS))
    matrix.sum_duplicates()
    return matrix


if __name__ == "__main__":
    main(sys.argv[1:])

"""Fit the weights of trust/data/spun_model.toml: clean paragraphs against spins made of them.

Usage: python -m validation.spun_model CLEAN_DIR [THESAURUS.json]. CLEAN_DIR is what
validation/clean_texts.py wrote. Every sixth article is fitted on; of every tenth nothing is ever
fitted on, and the areas under the ROC curve are printed for it. The weights are printed, rounded.
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from validation.spins import spin, ways

from bench.trust import auc
from probatum.text.sentences import segment
from probatum.trust.spun import features
from probatum.trust.wording import places

HELD, FITTED = 10, 6
SHORTEST, LONGEST, EACH = 60, 250, 6
STRENGTHS = (0.2, 0.35)
RIDGE = 1.0


def paragraphs(article: dict[str, list[str]]) -> list[str]:
    """Choose a few paragraphs, spread over the article."""
    usual = [p for p in article["paragraphs"] if SHORTEST < p.count(" ") < LONGEST]
    return usual[:: max(1, len(usual) // EACH)][:EACH]


def measured(text: str) -> np.ndarray:
    """Give the means of a paragraph."""
    found = places([(a, text[a:b]) for a, b, _ in segment(text, [(0, len(text))], [])])
    return features(found, np.ones(len(found.gain), dtype=np.bool_))


def fit(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit a logistic model with a small ridge; clean and spun weigh the same."""
    weight = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    design = np.column_stack([x, np.ones(len(x))])
    sign = np.where(y, 1.0, -1.0)

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (design @ beta)
        value = weight @ np.logaddexp(0, -margin) + RIDGE / 2 * (beta[:-1] @ beta[:-1])
        slope = design.T @ (-weight * sign * expit(-margin))
        slope[:-1] += RIDGE * beta[:-1]
        return float(value), slope

    best = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x
    return best[:-1], float(best[-1])


def main(folder: Path, thesaurus: Path | None) -> None:
    """Fit and print."""
    lines = (folder / "trials.jsonl").read_text(encoding="utf-8").splitlines()
    made_in = ways(thesaurus)
    rows: list[tuple[bool, str, float, np.ndarray]] = []
    for number, line in enumerate(lines):
        if number % HELD and number % FITTED:
            continue
        for at, text in enumerate(paragraphs(json.loads(line))):
            rows.append((number % HELD == 0, "clean", 0.0, measured(text)))
            for name, way in made_in.items():
                strength = STRENGTHS[(number + at) % 2]
                made = spin(text, way, strength=strength, seed=number + at)
                rows.append((number % HELD == 0, name, strength, measured(made.text)))
    x = np.array([row[3] for row in rows])
    y = np.array([row[1] != "clean" for row in rows])
    held = np.array([row[0] for row in rows])
    fitted = ~held & np.array([row[1] != "thesaurus" for row in rows])
    weights, intercept = fit(x[fitted], y[fitted])
    odds = x @ weights + intercept
    sys.stdout.write(f"weights = {[round(float(w), 2) for w in weights]}\n")
    sys.stdout.write(f"intercept = {intercept:.2f}\n")
    for name, strength in product(made_in, STRENGTHS):
        chosen = held & np.array([row[1:3] == (name, strength) for row in rows])
        area = auc(odds[chosen].tolist(), odds[held & ~y].tolist())
        sys.stdout.write(f"held out, {name} {strength}: AUC {area:.3f} (n {chosen.sum()})\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)

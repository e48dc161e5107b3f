"""Train the network of trust/replaced.py: which words of a text were put for others.

Usage: python -m validation.replaced_model CLEAN_DIR. CLEAN_DIR is what validation/clean_texts.py
wrote; every sixth CC-BY article is learnt from, of every tenth nothing is ever learnt. Each is cut
into documents of one to twenty paragraphs, clean or spun in one way and strength.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from validation.spins import Spin, spin, ways
from validation.wording_tables import OUT

from probatum.text.sentences import segment
from probatum.trust.replaced import features, gain
from probatum.trust.tokens import tokens
from probatum.trust.wording import DOUBTFUL, evidence, seen_around

HELD, FITTED = 10, 6
STRENGTHS = (0.15, 0.25, 0.35, 0.5)
SIZES = (3, 8, 20, 1)
HIDDEN, EPOCHS, BATCH, RATE, RIDGE = 32, 14, 512, 0.005, 1e-5
Rows = tuple[np.ndarray, np.ndarray]


def measured(parts: list[Spin]) -> Rows:
    """Give what the network weighs in one document, and which words were put for others."""
    sentences, changed, at = [], [], 0
    for part in parts:
        text = part.text
        sentences += [(at + a, text[a:b]) for a, b, _ in segment(text, [(0, len(text))], [])]
        changed += [(at + a, at + b) for a, b, _ in part.changed]
        at += len(text) + 2
    row = tokens(sentences)
    weighed = np.flatnonzero(row.weighed)
    seen = seen_around(row, weighed)
    given = evidence(row, weighed, np.flatnonzero(seen <= DOUBTFUL), seen)
    where = row.start[given.at]
    number = np.searchsorted([a for a, _ in changed], where, side="right") - 1
    ends = np.array([b for _, b in changed] or [0])
    return features(given, gain(given)), (number >= 0) & (where < ends[number])


def documents(folder: Path) -> Iterator[list[Spin]]:
    """Give clean documents and spun ones, three of the latter for one of the former."""
    every = list(ways(None).values())
    made = 0
    for number, line in enumerate((folder / "trials.jsonl").read_text("utf-8").splitlines()):
        if number % HELD == 0 or number % FITTED:
            continue
        paragraphs, at = json.loads(line)["paragraphs"], 0
        while at < len(paragraphs):
            size = SIZES[made % len(SIZES)]
            parts = paragraphs[at : at + size]
            yield [Spin(part, ()) for part in parts]
            for turn in range(3):
                way = every[(made + turn) % len(every)]
                strength = STRENGTHS[(made * 3 + turn) % len(STRENGTHS)]
                yield [spin(p, way, strength=strength, seed=made + i) for i, p in enumerate(parts)]
            made += 1
            at += size


def learnt(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Fit a network of one hidden layer by Adam (Kingma & Ba 2015); rows as it is shipped."""
    chance = np.random.default_rng(11)
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    x = (x - mean) / deviation
    net = chance.normal(size=(x.shape[1] + 3, HIDDEN)) * 0.2
    net[-1] = 0.0
    first, second, step = np.zeros_like(net), np.zeros_like(net), 0
    for turn in range(EPOCHS):
        rate = RATE * (1 - turn / EPOCHS)
        for batch in np.array_split(chance.permutation(len(x)), len(x) // BATCH):
            step += 1
            slope = slopes(net, x[batch], y[batch])
            first += 0.1 * (slope - first)
            second += 0.001 * (slope**2 - second)
            scale = np.sqrt(second / (1 - 0.999**step)) + 1e-8
            net -= rate * first / (1 - 0.9**step) / scale
    net[-3] -= mean / deviation @ net[:-3]
    net[:-3] /= deviation[:, None]
    return net.astype(np.float32)


def slopes(net: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Give the slope of the mean log loss."""
    hidden = np.tanh(x @ net[:-3] + net[-3])
    error = (1 / (1 + np.exp(-(hidden @ net[-2] + net[-1, 0]))) - y) / len(y)
    back = error[:, None] * net[-2] * (1 - hidden**2)
    slope = np.zeros_like(net)
    slope[:-3], slope[-3], slope[-2] = x.T @ back, back.sum(0), hidden.T @ error
    slope[-1, 0] = error.sum()
    return slope + RIDGE * net


def main(folder: Path) -> None:
    """Learn and save; print the share of words put for others, which the odds presume."""
    rows = [measured(parts) for parts in documents(folder)]
    x, y = np.concatenate([a for a, _ in rows]), np.concatenate([b for _, b in rows])
    np.save(OUT / "network.npy", learnt(x, y.astype(np.float64)))
    sys.stdout.write(f"{len(y):,} words, {y.mean():.3f} put for others\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

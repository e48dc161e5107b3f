"""Train the network of trust/replaced.py: which words of a text were put for others.

Usage: python -m validation.replaced_model CLEAN_DIR PASSAGES SHARED_DATA WORDNET_DICT MOBY.
CLEAN_DIR is what validation/clean_texts.py wrote; of the CC-BY trials every sixth is learnt from,
of every tenth nothing ever, and all articles of other fields. PASSAGES holds our own passages, by
writer (validation/labels, read by validation/own_passages.py; two writers are left for
measuring): plain English in many registers, which scholars' articles lack. Each is cut into
documents of one to twenty paragraphs, clean or spun in one way and strength. Two of the ways break
bound terms by usual words (validation/bound_terms.py, which takes the other arguments).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from validation.bound_terms import broken_terms
from validation.own_passages import own_passages
from validation.spins import Spin, Way, from_tables, spin, ways
from validation.wording_tables import OUT

from probatum.text.sentences import segment
from probatum.trust.counted import counted
from probatum.trust.replaced import features, gain, register
from probatum.trust.tokens import tokens
from probatum.trust.wording import DOUBTFUL, evidence

HELD, FITTED = 10, 6
STRENGTHS, HEAVY = (0.15, 0.25, 0.35, 0.5), (0.75, 1.0)
SIZES = (3, 8, 20, 1)
OWN_SIZES, TURNS = (1, 3, 5, 12), 3
MOST = 24  # paragraphs of an article of another field
HIDDEN, EPOCHS, BATCH, RATE, RIDGE = 48, 12, 512, 0.005, 1e-5
# Learnt as well, the passages of the first cost recall of milder spins, of the second gain none.
LEFT_OUT = frozenset({"remarks_4", "honest_5"})
FEWER = 0.8  # share of words left alone more, where terms are broken too


@dataclass(frozen=True, slots=True)
class Row:
    """What the network weighs in a document, which words were put for others; its like as a whole.

    That is the number of different words of content, and the register.
    """

    columns: np.ndarray
    changed: np.ndarray
    distinct: int
    register: float


def measured(parts: list[Spin]) -> Row:
    """Weigh one document."""
    sentences, changed, at = [], [], 0
    for part in parts:
        text = part.text
        sentences += [(at + a, text[a:b]) for a, b, _ in segment(text, [(0, len(text))], [])]
        changed += [(at + a, at + b) for a, b, _ in part.changed]
        at += len(text) + 2
    row = tokens(sentences)
    weighed = np.flatnonzero(row.weighed)
    counts = counted(row)
    doubtful = np.flatnonzero(counts.seen(weighed) <= DOUBTFUL)
    given = evidence(row, counts, weighed, doubtful)
    where = row.start[given.at]
    number = np.searchsorted([a for a, _ in changed], where, side="right") - 1
    ends = np.array([b for _, b in changed] or [0])
    put = (number >= 0) & (where < ends[number])
    distinct = len(np.unique(row.keys[weighed]))
    return Row(features(given, gain(given)), put, distinct, register(row, counts))


def every_way(broken: Mapping[str, Sequence[str]]) -> list[Way]:
    """Give all ways of spinning, and two that break bound terms, one with other words."""
    return [*ways(None).values(), Way(from_tables(), broken, FEWER), Way({}, broken)]


def documents(folder: Path, every: list[Way]) -> Iterator[list[Spin]]:
    """Give clean documents and spun ones, of trials and of articles of other fields."""
    trials, fields = (
        [
            json.loads(line)["paragraphs"]
            for line in (folder / name).read_text("utf-8").splitlines()
        ]
        for name in ("trials.jsonl", "fields.jsonl")
    )
    learnt_from = [paragraphs for number, paragraphs in enumerate(trials) if fitted(number)]
    learnt_from += [paragraphs[:MOST] for paragraphs in fields]
    made = 0
    for paragraphs in learnt_from:
        for parts in cut(paragraphs, SIZES):
            yield from clean_and_spun(parts, every, made)
            made += 1


def fitted(number: int) -> bool:
    """Whether a trial is learnt from: every sixth, but for those that are held out."""
    return number % HELD != 0 and number % FITTED == 0


def own_documents(passages: list[str], every: list[Way]) -> Iterator[list[Spin]]:
    """Give the like of our own passages, several times in other company."""
    made = 0
    for turn in range(TURNS):
        order = list(passages)
        if turn:
            Random(turn).shuffle(order)  # noqa: S311 (repeatable on purpose)
        for parts in cut(order, OWN_SIZES):
            yield from clean_and_spun(parts, every, made)
            made += 1


def cut(paragraphs: list[str], sizes: tuple[int, ...]) -> Iterator[list[str]]:
    """Cut a text into documents of so many paragraphs, by turns."""
    made = at = 0
    while at < len(paragraphs):
        yield paragraphs[at : at + sizes[made % len(sizes)]]
        at += sizes[made % len(sizes)]
        made += 1


def clean_and_spun(parts: list[str], every: list[Way], made: int) -> Iterator[list[Spin]]:
    """Give a document as it is, and spun three times; some beyond what any page reads like.

    Without these last ones a text of which half is replaced is taken for another register.
    """
    yield [Spin(part, ()) for part in parts]
    for turn in range(3):
        way = every[(made + turn) % len(every)]
        strength = STRENGTHS[(made // 4 + turn) % len(STRENGTHS)]
        yield [spin(p, way, strength=strength, seed=31 * made + i) for i, p in enumerate(parts)]
    for turn, strength in enumerate(HEAVY if made % 2 == 0 else ()):
        way = every[(made // 2 + turn) % len(every)]
        yield [spin(p, way, strength=strength, seed=7 * made + i) for i, p in enumerate(parts)]


def learnt(rows: Sequence[Row]) -> np.ndarray:
    """Fit a network of one hidden layer by Adam (Kingma & Ba 2015); rows as it is shipped."""
    x = np.concatenate([row.columns for row in rows])
    y = np.concatenate([row.changed for row in rows]).astype(np.float64)
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


def main(folder: Path, passages: Path, *tables: Path) -> None:
    """Learn and save; print the share of words put for others, which the odds presume."""
    every = every_way(broken_terms(*tables))
    rows = [measured(parts) for parts in documents(folder, every)]
    for writer, found in own_passages(passages).items():
        if writer not in LEFT_OUT:
            texts = [text for _, text in found]
            rows += [measured(parts) for parts in own_documents(texts, every)]
    np.save(OUT / "network.npy", learnt(rows))
    changed = np.concatenate([row.changed for row in rows])
    sys.stdout.write(f"{len(changed):,} words, {changed.mean():.3f} put for others\n")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:6]))

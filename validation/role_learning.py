"""How the networks of sentence roles learn: slopes by hand, Adam (Kingma & Ba 2015), dropout.

The forward pass is that of ``claims.role_network`` over many abstracts at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from probatum.claims.role_network import (
    EDGE,
    KNOWN,
    PLACES,
    STATE_WAYS,
    WIDTH,
    Floats,
    Wholes,
    beside,
    unfolded,
)

Weights = dict[str, Floats]
_STATES, _LINEAR = len(STATE_WAYS), 5
_SIZE, _FILTERS, _HIDDEN = 40, 96, 96
_DROPPED = {"word": 0.1, "vector": 0.25, "answer": 0.3, "layer": 0.3}
_APART = np.where(STATE_WAYS[:, None] == STATE_WAYS[None, :], 0, -30).astype(np.float32)
_SLOW, _SLOWER = 0.9, 0.999


class Batch(NamedTuple):
    """Abstracts end to end: words, starts of sentences, what is known of them, their states.

    ``firsts`` is the first sentence of each abstract.
    """

    numbers: Wholes
    starts: Wholes
    firsts: Wholes
    place: Floats
    linear: Floats
    states: Wholes


@dataclass(eq=False)
class Learner:
    """Weights, the means that Adam keeps of their slopes, and a source of chance."""

    weights: Weights
    chance: np.random.Generator
    means: Weights = field(default_factory=dict)
    squares: Weights = field(default_factory=dict)
    turn: int = 0

    def kept(self, shape: tuple[int, ...], share: float) -> Floats:
        """Draw what dropout keeps, scaled so that sums stay the same."""
        drawn = self.chance.random(shape, dtype=np.float32)
        kept: Floats = (drawn >= share).astype(np.float32)
        return kept / np.float32(1 - share)

    def move(self, slopes: Weights, rate: float) -> None:
        """Take one step against the slopes."""
        self.turn += 1
        for name, slope in slopes.items():
            mean = self.means.setdefault(name, np.zeros_like(slope))
            square = self.squares.setdefault(name, np.zeros_like(slope))
            mean += (1 - _SLOW) * (slope - mean)
            square += (1 - _SLOWER) * (slope * slope - square)
            size = np.sqrt(square / np.float32(1 - _SLOWER**self.turn)) + np.float32(1e-8)
            step = mean / np.float32(1 - _SLOW**self.turn) / size
            self.weights[name] -= np.float32(rate) * step


def beginning(words: int, seed: int) -> Learner:
    """Give small random weights."""
    chance = np.random.default_rng(seed)

    def drawn(rows: int, columns: int, size: float) -> Floats:
        return (chance.normal(size=(rows, columns)) * size).astype(np.float32)

    wide = 3 * (_FILTERS + _LINEAR) + PLACES
    vectors = drawn(words + KNOWN, _SIZE, 0.3)
    vectors[EDGE] = 0
    shapes = {"filters_bias": _FILTERS, "hidden_bias": _HIDDEN, "output_bias": _STATES}
    none = {name: np.zeros(size, np.float32) for name, size in shapes.items()}
    chain = {name: np.zeros(_STATES, np.float32) for name in ("start", "end")}
    return Learner(
        {
            "vectors": vectors,
            "filters": drawn(WIDTH * _SIZE, _FILTERS, (2 / (WIDTH * _SIZE)) ** 0.5),
            "hidden": drawn(wide, _HIDDEN, (2 / wide) ** 0.5),
            "output": drawn(4 * _HIDDEN, _STATES, 0.3 * (2 / (4 * _HIDDEN)) ** 0.5),
            **none, **chain, "step": np.zeros((_STATES, _STATES), np.float32) + _APART,
        },
        chance,
    )  # fmt: skip


def learn_sections(
    learner: Learner, draw: Callable[[Wholes], tuple[Wholes, Wholes]], answers: Wholes, turns: int
) -> None:
    """Learn vectors and filters by telling from one sentence the section that it stands in."""
    sections = int(answers.max()) + 1
    head: Weights = {"head": np.zeros((_FILTERS, sections), np.float32)}
    learner.weights |= head
    for turn in range(turns):
        order, total = learner.chance.permutation(len(answers)), 0.0
        for rows in np.split(order, np.arange(128, len(order), 128)):
            read, back = _read(learner, *draw(rows))
            raw = read @ learner.weights["head"]
            powers = np.exp(raw - raw.max(axis=1, keepdims=True))
            slope = powers / powers.sum(axis=1, keepdims=True)
            total -= float(np.log(slope[np.arange(len(rows)), answers[rows]] + 1e-9).sum())
            slope[np.arange(len(rows)), answers[rows]] -= 1
            slope /= np.float32(len(rows))
            slopes = back(slope @ learner.weights["head"].T)
            learner.move(slopes | {"head": read.T @ slope}, 1e-3)
        print(f"sections, turn {turn}: loss {total / len(order):.4f}", flush=True)
    del learner.weights["head"]


def learn_roles(
    learner: Learner, draw: Callable[[Sequence[int]], Batch], count: int, turns: int
) -> None:
    """Learn everything from the states of whole abstracts, sixteen at a time."""
    steps, done = turns * -(-count // 16), 0
    for turn in range(turns):
        order, total = learner.chance.permutation(count), 0.0
        for rows in np.split(order, np.arange(16, count, 16)):
            batch = draw(rows.tolist())
            read, read_back = _read(learner, batch.numbers, batch.starts)
            scores, back = _together(learner, np.hstack([read, batch.linear]), batch)
            loss, slope, slopes = _chain(scores, batch, learner.weights)
            more, down = back(slope)
            slopes |= more | read_back(down[:, :_FILTERS])
            learner.move(slopes, 1e-3 * (1 - done / steps) + 1e-5)
            done += 1
            total += loss
        print(f"roles, turn {turn}: loss an abstract {total / count:.4f}", flush=True)


def _read(
    learner: Learner, numbers: Wholes, starts: Wholes
) -> tuple[Floats, Callable[[Floats], Weights]]:
    """Read sentences one by one, shape (n, filters); and what gives the slopes."""
    weights = learner.weights
    vectors = weights["vectors"][numbers]
    kept = learner.kept(vectors.shape, _DROPPED["vector"])
    kept *= learner.chance.random((len(numbers), 1)) >= _DROPPED["word"]
    kept[numbers == EDGE] = 0
    wide = unfolded(vectors * kept)
    answers = np.maximum(wide @ weights["filters"] + weights["filters_bias"], 0)
    most = np.maximum.reduceat(answers, starts)
    dropped = learner.kept(most.shape, _DROPPED["answer"])

    def back(slope: Floats) -> Weights:
        owners = np.repeat(np.arange(len(starts)), np.diff([*starts, len(numbers)]))
        strongest = (answers == most[owners]) & (answers > 0)
        raw = np.where(strongest, (slope * dropped)[owners], np.float32(0))
        down = raw @ weights["filters"].T
        before, here, after = np.split(down, WIDTH, axis=1)
        here[:-1] += before[1:]
        here[1:] += after[:-1]
        n = len(numbers)
        each = csr_matrix(
            (np.ones(n, np.float32), (numbers, np.arange(n))), shape=(len(weights["vectors"]), n)
        )
        return {
            "vectors": each @ (here * kept),
            "filters": wide.T @ raw,
            "filters_bias": raw.sum(axis=0),
        }

    return most * dropped, back


def _together(
    learner: Learner, read: Floats, batch: Batch
) -> tuple[Floats, Callable[[Floats], tuple[Weights, Floats]]]:
    """Score the states of the sentences of abstracts; and what gives the slopes."""
    weights, count = learner.weights, len(batch.starts)
    joined = np.ones(count - 1, dtype=np.bool_)
    joined[batch.firsts[1:] - 1] = False
    lengths = np.diff([*batch.firsts, count])
    owners = np.repeat(np.arange(len(lengths)), lengths)
    wide = np.hstack([beside(read, joined), batch.place])
    layer = np.maximum(wide @ weights["hidden"] + weights["hidden_bias"], 0)
    kept = learner.kept(layer.shape, _DROPPED["layer"])
    share = lengths[:, None].astype(np.float32)
    whole = (np.add.reduceat(layer * kept, batch.firsts) / share)[owners]
    last = np.hstack([beside(layer * kept, joined), whole])

    def back(slope: Floats) -> tuple[Weights, Floats]:
        down = slope @ weights["output"].T
        around, whole = down[:, : 3 * _HIDDEN], down[:, 3 * _HIDDEN :]
        inner = _unbeside(around, joined)
        inner += (np.add.reduceat(whole, batch.firsts) / share)[owners]
        inner *= kept * (layer > 0)
        slopes = {
            "output": last.T @ slope, "output_bias": slope.sum(axis=0),
            "hidden": wide.T @ inner, "hidden_bias": inner.sum(axis=0),
        }  # fmt: skip
        return slopes, _unbeside((inner @ weights["hidden"].T)[:, :-PLACES], joined)

    return last @ weights["output"] + weights["output_bias"], back


def _unbeside(slope: Floats, joined: NDArray[np.bool_]) -> Floats:
    """Bring the slopes of neighbours back to the sentences themselves."""
    before, here, after = np.split(slope, 3, axis=1)
    here = here.copy()
    here[:-1] += before[1:] * joined[:, None]
    here[1:] += after[:-1] * joined[:, None]
    return here


def _chain(scores: Floats, batch: Batch, weights: Weights) -> tuple[float, Floats, Weights]:
    """Give the loss of the true chains and its slopes, a sentence's share each."""
    chain = {name: weights[name].astype(np.float64) for name in ("start", "step", "end")}
    sums = {name: np.zeros_like(values) for name, values in chain.items()}
    slope, loss = np.empty(scores.shape), 0.0
    for low, high in pairwise([*batch.firsts, len(scores)]):
        true = batch.states[low:high]
        rows = scores[low:high].astype(np.float64)
        total, states, pairs = _expected(rows, chain)
        at = np.arange(len(true))
        loss += total - rows[at, true].sum() - chain["step"][true[:-1], true[1:]].sum()
        loss -= chain["start"][true[0]] + chain["end"][true[-1]]
        states[at, true] -= 1
        np.add.at(pairs, (true[:-1], true[1:]), -1)
        slope[low:high] = states
        sums["start"] += states[0]
        sums["step"] += pairs
        sums["end"] += states[-1]
    share = 1 / len(scores)
    narrow = {name: (value * share).astype(np.float32) for name, value in sums.items()}
    return loss, (slope * share).astype(np.float32), narrow


def _expected(
    rows: NDArray[np.float64], chain: dict[str, NDArray[np.float64]]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Sum over all chains of an abstract: the logarithm, states (n, 13) and pairs expected."""
    step = chain["step"]
    forward, backward = rows.copy(), np.empty_like(rows)
    forward[0] += chain["start"]
    backward[-1] = chain["end"]
    for at in range(1, len(rows)):
        forward[at] += np.logaddexp.reduce(forward[at - 1][:, None] + step, axis=0)
    for at in range(len(rows) - 2, -1, -1):
        backward[at] = np.logaddexp.reduce(step + rows[at + 1] + backward[at + 1], axis=1)
    total = float(np.logaddexp.reduce(forward[-1] + backward[-1]))
    ahead = (rows + backward)[1:, None, :] + forward[:-1, :, None] + step - total
    return total, np.exp(forward + backward - total), np.exp(ahead).sum(axis=0)

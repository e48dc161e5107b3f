"""Train the vectors of trust/data/wording: does a word fit the words round it.

Usage: python -m validation.context_vectors SHARED_DATA CLEAN_DIR WORDNET_DICT GENERAL_DIR SPOKEN.
A word that stands in a text is told from a near word of it and from a random one, by a bilinear
score (noise-contrastive estimation, Mnih & Kavukcuoglu 2013; replaced-token detection, Clark et
al. 2020). Texts: CC-BY articles of trials (of every tenth and of every sixth none), glosses of
WordNet, and n-grams drawn from our counts and from those of general and of spoken English.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numba import njit
from validation.spoken_english import spoken
from validation.wording_tables import OUT, counts, general

from probatum.text.sentences import segment
from probatum.trust.context import SPAN
from probatum.trust.expectation import near_table, vocabulary, vocabulary_keys
from probatum.trust.tokens import AROUND, EDGE, NOTHING, may_be_replaced, tokens

SIZE, EPOCHS, BAG, RATE = 40, 7, 12, 0.15
WITH_GRAMS = 3  # turns that see the n-grams too; the later ones see whole sentences only
DRAWN = 900_000  # n-grams of each table
SPOKEN, PAIRS, TRIPLES = 1_800_000, 1, 1_600_000  # drawn from spoken English, and from how many
CORRUPT = 0.12  # of the words round the one that is judged
GLOSS = re.compile(r'[;"]')


class Text(NamedTuple):
    """Numbers of words, end to end, and which of them are judged."""

    words: np.ndarray
    judged: np.ndarray


class Near(NamedTuple):
    """The near words of each word, as in the shipped tables, and random ones."""

    starts: np.ndarray
    flat: np.ndarray
    random: np.ndarray


class Model(NamedTuple):
    """Vectors of words round a place, of words in it, weights of the places, sums of squares."""

    around: np.ndarray
    word: np.ndarray
    bias: np.ndarray
    place: np.ndarray
    passage: np.ndarray
    squares_around: np.ndarray
    squares_word: np.ndarray
    squares_bias: np.ndarray


@njit(cache=True)
def a_near_word(near, word):  # type: ignore[no-untyped-def]
    """Choose one of the first ten near words, or the word itself where there is none."""
    some = min(10, near.starts[word + 1] - near.starts[word])
    return near.flat[near.starts[word] + np.random.randint(some)] if some > 0 else word  # noqa: NPY002 (all that numba knows)


@njit(cache=True)
def fill(text, near, at, around, usual):  # type: ignore[no-untyped-def]
    """Note the words round a place, some of them replaced, up to the edge of the sentence."""
    around[:] = -1
    for side in range(2):
        for step in range(1, AROUND + 1):
            place = at + step if side else at - step
            if place < 0 or place >= len(text.words) or text.words[place] == usual + NOTHING:
                break
            word = text.words[place]
            if word < usual and text.judged[place] and np.random.random() < CORRUPT:  # noqa: NPY002 (all that numba knows)
                word = a_near_word(near, word)
            around[side * AROUND + step - 1] = word
            if word == usual + EDGE:
                break


@njit(cache=True)
def gather(text, at, bag):  # type: ignore[no-untyped-def]
    """Draw words of the passage; give how many."""
    held = 0
    for _ in range(BAG):
        place = at + np.random.randint(2 * SPAN + 1) - SPAN  # noqa: NPY002 (all that numba knows)
        if 0 <= place < len(text.words) and place != at and text.judged[place]:
            bag[held] = text.words[place]
            held += 1
    return held


@njit(fastmath=True, cache=True)
def judge(model, candidate, hidden, back, right):  # type: ignore[no-untyped-def]
    """Move a candidate's vector; add to ``back`` what the words round it owe."""
    word, rate = candidate
    score = model.bias[word] + model.word[word] @ hidden
    slope = 1.0 / (1.0 + np.exp(-score)) - right
    loss = np.log1p(np.exp(-score if right else score))
    slope *= 1.0 + right
    model.squares_bias[word] += slope * slope
    model.bias[word] -= rate * slope / np.sqrt(model.squares_bias[word])
    model.squares_word[word] += slope * slope * (hidden @ hidden) / SIZE + 1e-8
    back += slope * model.word[word]
    model.word[word] -= rate * slope / np.sqrt(model.squares_word[word]) * hidden
    return loss


@njit(fastmath=True, cache=True)
def learn(model, around, bag, back, rate):  # type: ignore[no-untyped-def]
    """Move the vectors of the words round a place."""
    size = (back @ back) / SIZE + 1e-8
    for place in range(2 * AROUND):
        word = around[place]
        if word >= 0:
            model.squares_around[word] += size
            old = model.around[word].copy()
            step = rate / np.sqrt(model.squares_around[word])
            model.around[word] -= step * back * model.place[place]
            model.place[place] -= 0.0005 * rate * back * old
    for word in bag:
        model.squares_around[word] += size / len(bag) ** 2
        step = rate / np.sqrt(model.squares_around[word]) / len(bag)
        model.around[word] -= step * back * model.passage


@njit(fastmath=True, cache=True)
def epoch(text, near, model, order, rate):  # type: ignore[no-untyped-def]
    """See every judged place once; give the mean loss."""
    usual = len(model.bias)
    around, bag = np.zeros(2 * AROUND, np.int64), np.zeros(BAG, np.int64)
    total, judged = 0.0, 0
    for at in order:
        fill(text, near, at, around, usual)
        some = bag[: gather(text, at, bag)]
        hidden, mean, back = np.zeros(SIZE), np.zeros(SIZE), np.zeros(SIZE)
        for place in range(2 * AROUND):
            if around[place] >= 0:
                hidden += model.place[place] * model.around[around[place]]
        for word in some:
            mean += model.around[word] / len(some)
        hidden += model.passage * mean
        stands = text.words[at]
        for turn in range(4):
            other = near.random[np.random.randint(len(near.random))]  # noqa: NPY002 (all that numba knows)
            word = stands if turn == 0 else (other if turn == 1 else a_near_word(near, stands))
            if turn == 0 or word != stands:
                total += judge(model, (word, rate), hidden, back, 1.0 if turn == 0 else 0.0)
                judged += 1
        learn(model, around, some, back, rate)
        model.passage[:] -= 0.0005 * rate * back * mean
    return total / judged


def passages(clean: Path, wordnet: Path) -> Iterator[list[str]]:
    """Give the texts to learn from, as paragraphs."""
    lines = (clean / "trials.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if number % 10 and number % 6:
            yield json.loads(line)["paragraphs"]
    for part in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{part}").read_text(encoding="utf-8").splitlines():
            pieces = GLOSS.split(line.partition(" | ")[2])
            yield [piece.strip() for piece in pieces if piece.count(" ") > 1]


def row_of(paragraphs: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Read paragraphs as the trust room does."""
    at, sentences = 0, []
    for part in paragraphs:
        sentences += [(at + a, part[a:b]) for a, b, _ in segment(part, [(0, len(part))], [])]
        at += len(part) + 2
    found = tokens(sentences)
    judged = np.zeros(len(found.row), dtype=np.bool_)
    judged[found.place[found.weighed & (found.number < len(vocabulary_keys()))]] = True
    return found.row, judged


def drawn(grams: dict[tuple[str, ...], float], many: int = DRAWN) -> tuple[np.ndarray, np.ndarray]:
    """Draw n-grams, by the count to the power of three quarters, each parted from the next."""
    chance = np.random.default_rng(7)
    index = {word: at for at, word in enumerate(vocabulary())}
    known = [(gram, n) for gram, n in sorted(grams.items()) if all(w in index for w in gram)]
    weight = np.array([n for _, n in known]) ** 0.75
    chosen = chance.choice(len(known), many, p=weight / weight.sum())
    table = np.array([[index[w] for w in gram] for gram, _ in known])[chosen]
    content = np.array([may_be_replaced(word) for word in vocabulary()])
    nothing = np.full((many, 1), len(vocabulary()) + NOTHING)
    judged = np.column_stack([content[table], np.zeros((many, 1), dtype=np.bool_)])
    return np.column_stack([table, nothing]).ravel(), judged.ravel()


def text(folders: Sequence[Path]) -> tuple[Text, int]:
    """Put everything that is learnt from end to end; give how much of it stands in sentences."""
    shared, clean, wordnet, dictionaries, model = folders
    triples = {
        tuple(w): float(n) for w, n in counts(shared / "trust/trigrams.tsv.gz") if len(w) == 3
    }
    books = general(next(dictionaries.glob("frequency_bigramdictionary_en*.txt")), 2)
    parts = [row_of(paragraphs) for paragraphs in passages(clean, wordnet)]
    sentences = sum(len(words) for words, _ in parts)
    parts += [drawn(triples), drawn(books), drawn(spoken(model, PAIRS, TRIPLES)[2], SPOKEN)]
    every = Text(np.concatenate([a for a, _ in parts]), np.concatenate([b for _, b in parts]))
    return every, sentences


def start(usual: int) -> Model:
    """Give the vectors to begin with: small and random; farther places weigh less."""
    chance = np.random.default_rng(1)
    nearer = np.array([1.0, 0.6, 0.4, 0.3] * 2)[:, None]
    return Model(
        around=chance.normal(size=(usual + 4, SIZE)) * 0.1,
        word=np.zeros((usual, SIZE)),
        bias=np.zeros(usual),
        place=np.ones((2 * AROUND, SIZE)) * nearer,
        passage=np.full(SIZE, 0.5),
        squares_around=np.full(usual + 4, 1e-3),
        squares_word=np.full(usual, 1e-3),
        squares_bias=np.ones(usual),
    )


def save(model: Model) -> None:
    """Save each table as bytes, with its step."""
    steps = []
    model.around[-1] = 0.0
    for name in ("around", "word", "bias", "place", "passage"):
        values = getattr(model, name)
        steps.append(np.abs(np.quantile(values, [1e-5, 1 - 1e-5])).max() / 127)
        stored = np.clip(np.round(values / steps[-1]), -127, 127).astype(np.int8)
        np.save(OUT / f"{name}_vectors.npy", stored)
    np.save(OUT / "steps.npy", np.array(steps, dtype=np.float32))


def main(*folders: Path) -> None:
    """Learn and save."""
    given, length = text(folders)
    starts, flat = (table.astype(np.int64) for table in near_table())
    model = start(len(starts) - 1)
    often = np.bincount(given.words[given.judged], minlength=len(starts) - 1) ** 0.75
    drawn_ones = (np.arange(2_000_000) + 0.5) / 2_000_000
    near = Near(starts, flat, np.searchsorted(np.cumsum(often) / often.sum(), drawn_ones))
    every = np.flatnonzero(given.judged)
    sentences = every[every < length]
    chance = np.random.default_rng(3)
    for turn in range(EPOCHS):
        order = every if turn < WITH_GRAMS else sentences
        chance.shuffle(order)
        seeded(turn)
        loss = epoch(given, near, model, order, RATE * (1 - turn / EPOCHS) + 0.01)
        sys.stdout.write(f"{len(order):,} places: loss {loss:.4f}\n")
        sys.stdout.flush()
    save(model)


@njit(cache=True)
def seeded(seed):  # type: ignore[no-untyped-def]
    """Fix the numbers that numba draws."""
    np.random.seed(seed)  # noqa: NPY002 (all that numba knows)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:6]))

"""Remarks that an editor would make, learned from marked text: a probability a kind and sentence.

A linear model over :mod:`probatum.trust.remark_features`, trained by ``make train-remarks``
(docs/models/remarks.md). It stands beside the rules and says which words spoke for a remark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from probatum.text.hashed import word_hash
from probatum.trust.remark_features import (
    Floats,
    Grams,
    Ints,
    Read,
    around,
    class_counts,
    class_names,
    class_pairs,
    classes,
    grams,
    letters,
    read,
    tells_topic,
)

# The norm of each block of features of a sentence; chosen by leaving a writer out.
GRAMS, LETTERS, CLASSES, PAIRS, TOPIC = 3.0, 3.0, 2.0, 2.0, 2.0
_FAR = 30.0  # log odds: beyond, a float of 32 bits overflows
_MOST_WORDS = 1 << 14  # whose rows are kept: 6 MB
_MOST = 4_000  # sentences that are read at a time: bounds the memory


@dataclass(frozen=True, slots=True)
class Table:
    """Weights (n, kinds) by sorted keys (n,)."""

    keys: NDArray[np.uint32]
    weights: Floats

    def of(self, keys: Ints) -> Floats:
        """Give the weights of keys, shape (len(keys), kinds); 0 for those that are unknown."""
        wanted = keys.astype(np.uint32)  # of another type, the whole table would be converted
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        result: Floats = self.weights[at] * (self.keys[at] == wanted)[:, None]
        return result

    def of_kind(self, keys: Ints, kind: int) -> Floats:
        """Give the weights of keys for one kind, shape (len(keys),)."""
        wanted = keys.astype(np.uint32)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        result: Floats = self.weights[at, kind] * (self.keys[at] == wanted)
        return result


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the blocks, and what makes a score a probability and a remark.

    ``grams``, ``letters`` and ``topics`` are weights by hash; ``one``, ``two``, ``three``
    (classes, kinds) those of a class that stands once, twice, thrice; ``pairs`` (classes ** 2,
    kinds) those of two that follow each other; ``shape`` (shapes, kinds), ``bias`` (kinds,). A
    probability is 1 / (1 + exp(-(slope * score + offset))); from ``least`` (kinds,) on it is a
    remark.
    """

    kinds: tuple[str, ...]
    grams: Table
    letters: Table
    topics: Table
    one: Floats
    two: Floats
    three: Floats
    pairs: Floats
    shape: Floats
    bias: Floats
    slope: Floats
    offset: Floats
    least: Floats


@dataclass(frozen=True, slots=True)
class Remarks:
    """Probabilities (sentences, kinds) of a document's sentences, with what they were read as.

    ``made`` are the runs of words, as :func:`grams` gives them.
    """

    chances: Floats
    given: Read
    made: Grams


@lru_cache(maxsize=1)
def shipped() -> Model:
    """Load the weights of the package, once a process."""
    with as_file(files("probatum.trust").joinpath("data/remarks.npz")) as path, np.load(path) as a:
        stored = {name: a[name] for name in a.files}
    tables = {
        name: Table(
            stored[f"{name}_keys"],
            stored[f"{name}_weights"].astype(np.float32) * stored[f"{name}_steps"],
        )
        for name in ("grams", "letters", "topics")
    }
    dense = ("one", "two", "three", "pairs", "shape", "bias", "slope", "offset", "least")
    rest = {name: stored[name].astype(np.float32) for name in dense}
    return Model(
        tuple(stored["kinds"].tolist()),
        tables["grams"],
        tables["letters"],
        tables["topics"],
        **rest,
    )


def remarks(sentences: Sequence[str]) -> Remarks:
    """Weigh the sentences of a document, in order; of the first 4,000 at most.

    >>> found = remarks(["Call now and save 20% on your first infusion!"])
    >>> model = shipped()
    >>> model.kinds[int((found.chances[0] - model.least).argmax())]
    'sales_link'
    """
    model, given = shipped(), read(sentences[:_MOST])
    if not given.count:
        return Remarks(np.zeros((0, len(model.kinds)), dtype=np.float32), given, grams(given))
    made = grams(given)
    power = np.clip(model.slope * scores(given, made, model) + model.offset, -_FAR, _FAR)
    chances: Floats = 1.0 / (1.0 + np.exp(-power))
    return Remarks(chances, given, made)


def scores(given: Read, made: Grams, model: Model) -> Floats:
    """Give the raw scores of sentences by their :func:`grams`, shape (sentences, kinds)."""
    keys, firsts, _ = made
    number, row = given.count, given.row
    weights = model.grams.of(keys)
    order = np.argsort(row[firsts], kind="stable")
    total = _mean(weights[order], row[firsts][order], number, GRAMS)
    known = _known(given.words)
    total += _weighed(
        _by_row(known.letters, row, number), _by_row(known.length, row, number), LETTERS
    )
    total += _weighed(
        around(_by_row(known.topic, row, number)), around(_by_row(known.tells, row, number)), TOPIC
    )
    members = known.members
    counts = class_counts(given, members)
    total += _of_classes(counts, model) + _of_pairs(class_pairs(given, members), model)
    result: Floats = total + given.shape @ model.shape + model.bias
    return result


def word_weights(found: Remarks, row: int, kind: int) -> Floats:
    """Give what each word of a sentence adds to the score of a kind, edges included."""
    model, given = shipped(), found.given
    low, high = given.part(row)
    mine = Read(
        given.words[low:high], given.start[low:high], given.end[low:high],
        np.zeros(high - low, dtype=np.int64), given.shape[row : row + 1],
    )  # fmt: skip
    inside = np.flatnonzero((found.made[1] >= low) & (found.made[1] < high))
    keys, firsts, sizes = (column[inside] for column in found.made)
    firsts = firsts - low
    each = model.grams.of_kind(keys, kind) * GRAMS / np.sqrt(len(keys)) / sizes
    total = np.zeros(high - low, dtype=np.float32)
    for step in range(3):
        wide = sizes > step
        np.add.at(total, firsts[wide] + step, each[wide])
    known = _known(mine.words)
    length = max(1.0, float(known.length.sum()))
    result: Floats = total + known.letters[:, kind] * LETTERS / np.sqrt(length)
    counts = class_counts(mine, known.members)
    share = CLASSES / np.sqrt(max(1.0, float(_steps(counts).sum())))
    of_class = model.one[:, kind] * share / np.maximum(1.0, counts[0])
    whole: Floats = (result + known.members @ of_class).astype(np.float32)
    return whole


@dataclass(frozen=True, slots=True)
class _Known:
    """What the model holds of words, wherever they stand: a row a word."""

    letters: Floats
    topic: Floats
    length: Floats
    tells: Floats
    members: Floats


def _known(words: Sequence[str]) -> _Known:
    distinct = {word: at for at, word in enumerate(dict.fromkeys(words))}
    table = _table_of(list(distinct))[[distinct[word] for word in words]]
    size = len(shipped().kinds)
    edges = [size, 2 * size, 2 * size + 1, 2 * size + 2]
    return _Known(*np.split(table, edges, axis=1))


_ROWS: dict[str, Floats] = {}  # of words seen before: a page repeats words, pages do too


def _table_of(words: list[str]) -> Floats:
    """Give the row of each word; those of new words are made together, a tenth of the cost."""
    if len(_ROWS) > _MOST_WORDS:
        _ROWS.clear()
    found = ((word, _ROWS.get(word)) for word in words)  # another thread may clear them
    held = {word: row for word, row in found if row is not None}
    new = [word for word in words if word not in held]
    if new:
        held.update(zip(new, _made(new), strict=True))
        _ROWS.update((word, held[word]) for word in new)
    return np.stack([held[word] for word in words])


def _made(words: list[str]) -> Floats:
    model = shipped()
    pieces = [letters(word) for word in words]
    lengths = np.array([len(each) for each in pieces])
    tells = np.array([tells_topic(word) for word in words], dtype=np.float32)[:, None]
    of_letters = np.zeros((len(words), len(model.kinds)), dtype=np.float32)
    some = np.flatnonzero(lengths)
    if len(some):
        found = model.letters.of(np.array([key for each in pieces for key in each]))
        of_letters[some] = np.add.reduceat(found, (np.cumsum(lengths) - lengths)[some], axis=0)
    members = np.zeros((len(words), len(class_names())), dtype=np.float32)
    for at, word in enumerate(words):
        members[at, list(classes(word))] = 1.0
    topics = model.topics.of(np.array([word_hash(word) for word in words])) * tells
    return np.hstack([of_letters, topics, lengths[:, None], tells, members]).astype(np.float32)


def _mean(values: Floats, row: Ints, number: int, norm: float) -> Floats:
    lengths = np.bincount(row, minlength=number).astype(np.float32)
    return _weighed(_by_row(values, row, number), lengths[:, None], norm)


def _by_row(values: Floats, row: Ints, number: int) -> Floats:
    """Sum rows of one sentence; every sentence has one."""
    result: Floats = np.add.reduceat(values, np.searchsorted(row, np.arange(number)), axis=0)
    return result


def _weighed(summed: Floats, lengths: Floats, norm: float) -> Floats:
    scale = norm / np.sqrt(np.maximum(lengths, 1.0))
    result: Floats = (summed * scale).astype(np.float32)
    return result


def _steps(counts: Floats) -> Floats:
    result: Floats = np.hstack([counts > 0, counts > 1, counts > 2]).astype(np.float32)
    return result


def _of_classes(counts: Floats, model: Model) -> Floats:
    steps = _steps(counts)
    return _weighed(steps @ _stacked(), steps.sum(axis=1, keepdims=True), CLASSES)


@cache
def _stacked() -> Floats:
    model = shipped()
    result: Floats = np.vstack([model.one, model.two, model.three])
    return result


def _of_pairs(found: Floats, model: Model) -> Floats:
    row, pair = np.nonzero(found)  # one in fifty: a product would wake all threads of the library
    total = np.zeros((len(found), len(model.kinds)), dtype=np.float32)
    edges = np.searchsorted(row, np.arange(len(found)))
    held = np.flatnonzero(np.bincount(row, minlength=len(found)))
    if len(held):
        total[held] = np.add.reduceat(model.pairs[pair], edges[held], axis=0)
    lengths = np.bincount(row, minlength=len(found)).astype(np.float32)
    return _weighed(total, lengths[:, None], PAIRS)

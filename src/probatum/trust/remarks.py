"""Remarks that an editor would make, learned from marked text: a probability a kind and sentence.

A linear model over :mod:`probatum.trust.remark_features`, trained by ``make train-remarks``
(docs/models/remarks.md). It stands beside the rules and says which words spoke for a remark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from probatum.text.hashed import word_hash
from probatum.trust.dangers import signs
from probatum.trust.remark_features import (
    Floats,
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
GRAMS, LETTERS, CLASSES, PAIRS, TOPIC, SIGNS = 3.0, 3.0, 2.0, 2.0, 2.0, 4.0
# The kinds that weigh the signs of dangers, and from which log odds on without them.
SIGNED = ("safety_contradiction",)
_WORTH = -2.5  # of 1,513 invented sentences with a flag the lowest stood at -2.0
_FAR = 30.0  # log odds: beyond, a float of 32 bits overflows
_MOST_WORDS = 1 << 16  # whose rows are kept: 26 MB, taken as they fill
_MOST = 4_000  # sentences that are read at a time: bounds the memory


@dataclass(frozen=True, slots=True)
class Table:
    """Weights (n, kinds) by sorted keys (n,)."""

    keys: NDArray[np.uint32]
    weights: Floats

    def find(self, keys: Ints) -> tuple[Ints, Ints]:
        """Give which of the keys are known, and where in the table."""
        wanted = keys.astype(np.uint32)  # of another type, the whole table would be converted
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known: Ints = (self.keys[at] == wanted).nonzero()[0]
        return known, at[known]

    def of(self, keys: Ints) -> Floats:
        """Give the weights of keys, shape (len(keys), kinds); 0 for those that are unknown."""
        result: Floats = np.zeros((len(keys), self.weights.shape[1]), dtype=np.float32)
        known, at = self.find(keys)
        result[known] = self.weights[at]
        return result


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the blocks, and what makes a score a probability and a remark.

    ``grams``, ``letters`` and ``topics`` are weights by hash; ``one``, ``two``, ``three``
    (classes, kinds) those of a class that stands once, twice, thrice; ``pairs`` (classes ** 2,
    kinds) those of two that follow each other; ``shape`` (shapes, kinds), ``bias`` (kinds,);
    ``signs`` (signs, kinds of ``SIGNED``) those of :mod:`probatum.trust.dangers`. A
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
    signs: Floats
    bias: Floats
    slope: Floats
    offset: Floats
    least: Floats


@dataclass(frozen=True, slots=True)
class Hits:
    """Runs of words that the model knows: first word, number of words, place in its table."""

    firsts: Ints
    sizes: Ints
    at: Ints


@dataclass(frozen=True, slots=True)
class Remarks:
    """Probabilities (sentences, kinds) of a document's sentences, with what they were read as."""

    chances: Floats
    given: Read
    hits: Hits


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
    dense = ("one", "two", "three", "pairs", "shape", "signs", "bias", "slope", "offset", "least")
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
    hits = known_runs(given, model)
    if not given.count:
        return Remarks(np.zeros((0, len(model.kinds)), dtype=np.float32), given, hits)
    power = np.clip(model.slope * scores(given, hits, model) + model.offset, -_FAR, _FAR)
    chances: Floats = 1.0 / (1.0 + np.exp(-power))
    return Remarks(chances, given, hits)


def scores(given: Read, hits: Hits, model: Model) -> Floats:
    """Give the raw scores of sentences, shape (sentences, kinds)."""
    number, row = given.count, given.row
    known = _known(given.words)
    total = _of_grams(given, hits, model)
    total += _weighed(
        _by_row(known.letters, row, number), _by_row(known.length, row, number), LETTERS
    )
    total += _weighed(
        around(_by_row(known.topic, row, number)), around(_by_row(known.tells, row, number)), TOPIC
    )
    members = known.members
    counts = class_counts(given, members)
    total += _of_classes(counts, model)
    total += _of_pairs(*class_pairs(given, members), number, model)
    total += given.shape @ model.shape + model.bias
    for column, kind in enumerate(SIGNED):
        at = model.kinds.index(kind)
        for sentence in np.flatnonzero(model.slope[at] * total[:, at] + model.offset[at] > _WORTH):
            total[sentence, at] += _of_signs(given, int(sentence), model.signs[:, column])
    return total


def with_before(given: Read, sentence: int) -> tuple[list[str], list[str]]:
    """Give the words of a sentence, and of the one before it, without their edges."""
    low, high = given.part(sentence)
    first = given.part(sentence - 1)[0] if sentence else low
    return given.words[low + 1 : high - 1], given.words[first + 1 : low - 1]


def _of_signs(given: Read, sentence: int, weights: Floats) -> float:
    found = np.flatnonzero(signs(*with_before(given, sentence)))
    return float(weights[found].sum() * SIGNS / np.sqrt(max(1, len(found))))


def known_runs(given: Read, model: Model) -> Hits:
    """Look up the runs of words of sentences; most of two or three words are unknown."""
    keys, firsts, sizes = grams(given)
    known, at = model.grams.find(keys)
    return Hits(firsts[known], sizes[known], at)


def _of_grams(given: Read, hits: Hits, model: Model) -> Floats:
    row, number = given.row[hits.firsts], given.count
    order = np.argsort(row, kind="stable")
    total = _by_some_rows(model.grams.weights[hits.at[order]], row[order], number)
    lengths = np.bincount(given.row, minlength=number)
    return _weighed(total, _runs_in(lengths).astype(np.float32)[:, None], GRAMS)


def _runs_in(words: Ints) -> Ints:
    """Count the runs of one to three words in sentences of so many, edges included."""
    runs: Ints = sum(
        (np.maximum(words - less, 0) for less in range(3)), start=np.zeros_like(words)
    )
    return runs


def word_weights(found: Remarks, row: int, kind: int) -> Floats:
    """Give what each word of a sentence adds to the score of a kind, edges included."""
    model, given, hits = shipped(), found.given, found.hits
    low, high = given.part(row)
    words = given.words[low:high]
    inside = np.flatnonzero((hits.firsts >= low) & (hits.firsts < high))
    firsts, sizes = hits.firsts[inside] - low, hits.sizes[inside]
    scale = GRAMS / np.sqrt(float(_runs_in(np.array([high - low]))[0]))
    each = model.grams.weights[hits.at[inside], kind] * scale / sizes
    total = np.zeros(high - low, dtype=np.float32)
    for step in range(3):
        wide = sizes > step
        np.add.at(total, firsts[wide] + step, each[wide])
    known = _known(words)
    length = max(1.0, float(known.length.sum()))
    result: Floats = total + known.letters[:, kind] * LETTERS / np.sqrt(length)
    counts = known.members.sum(axis=0, keepdims=True)
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
    size = len(shipped().kinds)
    edges = [size, 2 * size, 2 * size + 1, 2 * size + 2]
    return _Known(*np.split(_kept().of(words), edges, axis=1))


class _Kept:
    """Rows of words seen before: a page repeats words, pages do too."""

    def __init__(self) -> None:
        width = 2 * len(shipped().kinds) + 2 + len(class_names())
        self._at: dict[str, int] = {}
        self._rows: Floats = np.zeros((_MOST_WORDS, width), dtype=np.float32)
        self._lock = Lock()

    def of(self, words: Sequence[str]) -> Floats:
        """Give a row a word; those of new words are made together, a tenth of the cost."""
        new = [word for word in dict.fromkeys(words) if word not in self._at]
        if len(self._at) + len(new) > _MOST_WORDS:
            _kept.cache_clear()  # a thread that still holds this one may read it
            return _made(list(words)) if len(new) > _MOST_WORDS else _kept().of(words)
        if new:
            self._add(new)
        at = self._at
        rows: Floats = self._rows[[at[word] for word in words]]
        return rows

    def _add(self, words: list[str]) -> None:
        made = _made(words)
        with self._lock:
            first = len(self._at)
            self._rows[first : first + len(words)] = made
            self._at.update((word, first + at) for at, word in enumerate(words))


@lru_cache(maxsize=1)
def _kept() -> _Kept:
    return _Kept()


def _made(words: list[str]) -> Floats:
    model = shipped()
    pieces, of = letters(words)
    lengths = np.bincount(of, minlength=len(words))
    tells = np.array([tells_topic(word) for word in words], dtype=np.float32)[:, None]
    of_letters = np.zeros((len(words), len(model.kinds)), dtype=np.float32)
    some = np.flatnonzero(lengths)
    if len(some):
        found = model.letters.of(pieces)
        of_letters[some] = np.add.reduceat(found, (np.cumsum(lengths) - lengths)[some], axis=0)
    members = np.zeros((len(words), len(class_names())), dtype=np.float32)
    for at, word in enumerate(words):
        members[at, list(classes(word))] = 1.0
    topics = model.topics.of(np.array([word_hash(word) for word in words])) * tells
    return np.hstack([of_letters, topics, lengths[:, None], tells, members]).astype(np.float32)


def _by_row(values: Floats, row: Ints, number: int) -> Floats:
    """Sum rows of one sentence; every sentence has one."""
    result: Floats = np.add.reduceat(values, np.searchsorted(row, np.arange(number)), axis=0)
    return result


def _by_some_rows(values: Floats, row: Ints, number: int) -> Floats:
    """Sum rows of one sentence, not decreasing; a sentence may have none."""
    total = np.zeros((number, values.shape[1]), dtype=np.float32)
    held = np.flatnonzero(np.bincount(row, minlength=number))
    if len(held):
        total[held] = np.add.reduceat(values, np.searchsorted(row, held), axis=0)
    return total


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


def _of_pairs(row: Ints, pair: Ints, number: int, model: Model) -> Floats:
    total = _by_some_rows(model.pairs[pair], row, number)
    lengths = np.bincount(row, minlength=number).astype(np.float32)
    return _weighed(total, lengths[:, None], PAIRS)

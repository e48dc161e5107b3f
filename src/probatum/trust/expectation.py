"""Expected wording: how probable a word is after one or two others, and its near words.

Counts of words, pairs and triples of trial texts (our own) and of general and spoken English;
neighbours from WordNet. Made by validation/wording_tables.py, mapped into memory.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from probatum.text.lexicon import array, load
from probatum.text.ngrams import Counts, pair_keys, triple_keys, word_key

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Keys = NDArray[np.uint32]
_PACKAGE, _FOLDER = "probatum.trust", "data/wording"
_PAIR, _TRIPLE = 60.0, 15.0  # how much a shorter context weighs against a longer one


def known(word: str) -> bool:
    """Whether a word in lower case is in the vocabulary of some 42,000 usual words.

    >>> known("therapy"), known("therappy")
    (True, False)
    """
    keys, key = vocabulary_keys(), word_key(word)
    at = int(np.searchsorted(keys, np.uint32(key)))
    return at < len(keys) and int(keys[at]) == key


def alone(words: Keys) -> Floats:
    """Give the probability of each word by itself."""
    return chance(count(words))


def chance(counts: Floats) -> Floats:
    """Give the probability of words that are counted so often."""
    result: Floats = counts / _size()
    return result


def share(word: str) -> float:
    """Give the probability of one word, in lower case, by itself.

    >>> share("patients") > share("ketosis")
    True
    """
    return max(_table("all_words").one(word_key(word)), 1.0) / _size()


def pair_count(left: Keys, right: Keys) -> Floats:
    """Count pairs in trial texts and, on the same scale, in other English; 0 for unseen."""
    return _table("all_pairs").of(pair_keys(left, right))


def usual(words: Keys) -> tuple[Floats, Floats]:
    """Give counts of words in trial texts, and in these with general English on their scale."""
    return _table("words").of(words), count(words)


@cache
def usual_in_vocabulary() -> tuple[Floats, Floats]:
    """Give the counts of :func:`usual` for the whole vocabulary, in the order of its keys."""
    return usual(vocabulary_keys())


def triple_count(first: Keys, second: Keys, third: Keys) -> Floats:
    """Count triples in trial texts and in spoken English; 0 for rare ones."""
    return _table("triples").of(triple_keys(first, second, third))


def after_one(pairs: Floats, left: Floats, shorter: Floats) -> Floats:
    """Give the probability of a word after another, smoothed by that of the word alone.

    ``pairs`` and ``left`` count both words and the first.
    """
    result: Floats = (pairs + _PAIR * shorter) / (left + _PAIR)
    return result


def after_two(triples: Floats, pairs: Floats, shorter: Floats) -> Floats:
    """Give the probability of a word after two others, smoothed by the shorter one.

    ``triples`` and ``pairs`` count all three words and the first two.
    """
    result: Floats = (triples + _TRIPLE * shorter) / (np.maximum(pairs, triples) + _TRIPLE)
    return result


def neighbours(words: Keys) -> tuple[Ints, Ints]:
    """Give the neighbours of each word as numbers in the vocabulary, end to end, and counts."""
    keys, (starts, flat) = vocabulary_keys(), near_table()
    at = np.minimum(np.searchsorted(keys, words), len(keys) - 1)
    first = starts[at]
    counts: Ints = np.where(keys[at] == words, starts[at + 1] - first, 0)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return flat[np.repeat(first, counts) + offsets].astype(np.int64), counts


@cache
def vocabulary() -> tuple[str, ...]:
    """Give the words of the vocabulary in the order of their keys (30 ms once a process)."""
    data = files(_PACKAGE).joinpath(_FOLDER, "vocabulary.txt.gz").read_bytes()
    return tuple(gzip.decompress(data).decode().split("\n"))


@cache
def vocabulary_keys() -> Keys:
    """Give the sorted keys of the vocabulary."""
    return np.asarray(array(_PACKAGE, f"{_FOLDER}/vocabulary_keys.npy"))


@cache
def grammar() -> frozenset[str]:
    """Give the words of grammar, which are not weighed."""
    return frozenset(load(_PACKAGE, "data/phrases.toml")["grammar"])


@cache
def near_table() -> tuple[Ints, NDArray[np.uint16]]:
    """Give where the neighbours of each word of the vocabulary start, and their numbers."""
    held, flat = (array(_PACKAGE, f"{_FOLDER}/{n}.npy") for n in ("neighbours_held", "neighbours"))
    starts: Ints = np.concatenate([[0], np.cumsum(held, dtype=np.int64)])
    return starts, np.asarray(flat)


def count(words: Keys) -> Floats:
    """Count words in trial texts and general English, one at least."""
    result: Floats = np.maximum(_table("all_words").of(words), 1.0)
    return result


@cache
def _table(name: str) -> Counts:
    return Counts(_PACKAGE, f"{_FOLDER}/{name}")


@cache
def _size() -> float:
    """Give the number of words that the counts stand for."""
    table = _table("all_words")
    return float(table.of(table.keys).sum())

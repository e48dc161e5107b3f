"""What the learned remarks count in sentences: words, runs of them, their letters, their classes.

Classes are lists of ``data/remark_classes.toml``: what a word may be about (a harm, a regulator,
money, certainty ...), whoever writes it. Everything is an array over all sentences of a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from probatum.text.hashed import letter_hashes, runs, word_hash, word_hashes
from probatum.text.kept import Kept
from probatum.text.lexicon import load

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Grams = tuple[Ints, Ints, Ints]  # keys, first word of each, how many words
OPENS, CLOSES, NUMBER, YEAR = "<s>", "</s>", "<0>", "<y>"
LONGEST = 2_000  # characters of a sentence that are read
SHAPES = 10
KEY_BITS = 32
_REACH = 4  # words behind a word that a pair of classes may span
_AROUND = 4  # sentences before and after that tell what the passage is about
_LETTERS = (3, 4, 5)
_ONE = np.uint64(1)
_LONGEST_WORD = 30
_TOKEN = re.compile(
    r"\d[\d.,]*\d|\d|[^\W\d_]+(?:'[^\W\d_]+)*|\.{3}|[!?$\xa3\u20ac%\u2122\xae\"\u2026:;()\[\]\xb7\u2192>/&\u2014\u2013-]"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FOLD = str.maketrans("\u2019\u2018\u201c\u201d", "''\"\"")


@dataclass(frozen=True, slots=True)
class Read:
    """Sentences as words in a row, an edge before and behind each.

    ``words`` are in small letters, figures all alike; ``row`` is the sentence, not decreasing;
    ``shape`` (sentences, SHAPES) is what the signs of a sentence tell.
    """

    words: list[str]
    row: Ints
    shape: Floats

    @property
    def count(self) -> int:
        """The number of sentences."""
        return len(self.shape)

    def part(self, row: int) -> tuple[int, int]:
        """Give where the words of a sentence begin and end."""
        low, high = np.searchsorted(self.row, (row, row + 1)).tolist()
        return low, high


def read(sentences: Sequence[str]) -> Read:
    """Read sentences, of each its first 2,000 characters.

    >>> read(["Pain fell by 30%."]).words
    ['<s>', 'pain', 'fell', 'by', '<0>', '%', '</s>']
    """
    words: list[str] = []
    tokens: list[str] = []
    lengths, signs = [], []
    for text in sentences:
        folded = _folded(text)
        found = _TOKEN.findall(folded)
        tokens += found
        words.append(OPENS)
        words += map(_word, found)
        words.append(CLOSES)
        lengths.append(len(found))
        signs.append(_signs(folded))
    rows = np.repeat(np.arange(len(lengths)), np.array(lengths, dtype=np.int64) + 2)
    shape = _shapes(np.array(lengths, dtype=np.int64), _marks(tokens), signs)
    return Read(words, rows, shape)


def where(text: str) -> list[tuple[int, int]]:
    """Give the places of the words of one sentence, its edges too, as :func:`read` has them.

    >>> where("Pain fell.")
    [(0, 0), (0, 4), (5, 9), (10, 10)]
    """
    folded = _folded(text)
    inside = [match.span() for match in _TOKEN.finditer(folded)]
    return [(0, 0), *inside, (len(folded), len(folded))]


def _folded(text: str) -> str:
    text = text[:LONGEST]
    return text if text.isascii() else text.translate(_FOLD)


def plain_words(text: str) -> list[str]:
    """Give the words of one sentence as :func:`read` does, without its edges.

    >>> plain_words("Pain fell by 30%.")
    ['pain', 'fell', 'by', '<0>', '%']
    """
    return [_word(token) for token in _TOKEN.findall(_folded(text))]


def grams(given: Read) -> Grams:
    """Hash the runs of one to three words: (keys, first word of each, how many words)."""
    hashes = word_hashes(given.words)
    keys, firsts, sizes = [], [], []
    for size in (1, 2, 3):
        found, _ = runs(hashes, given.row, size, "r", KEY_BITS)
        count = len(hashes) - size + 1
        inside = given.row[: max(count, 0)] == given.row[size - 1 :]
        keys.append(found)
        firsts.append(np.flatnonzero(inside))
        sizes.append(np.full(len(found), size))
    return np.concatenate(keys), np.concatenate(firsts), np.concatenate(sizes)


def letters(words: Sequence[str]) -> tuple[Ints, Ints]:
    """Hash the runs of letters of words, none of a sign or a figure: (hashes, which word).

    >>> letters(["<0>", "pain"])[1].tolist()
    [1, 1, 1, 1, 1, 1, 1, 1, 1]
    """
    plain = [at for at, word in enumerate(words) if word[0].isalpha() and word.isascii()]
    others = [at for at, word in enumerate(words) if word[0].isalpha() and not word.isascii()]
    hashes, of = letter_hashes([_edged(words[at]) for at in plain], _LETTERS, "#")
    keys, which = [hashes], [np.array(plain, dtype=np.int64)[of]]
    for at in others:
        edged = _edged(words[at])
        found = [
            word_hash(f"#{edged[start : start + size]}")
            for size in _LETTERS
            for start in range(len(edged) - size + 1)
        ]
        keys.append(np.array(found, dtype=np.int64))
        which.append(np.full(len(found), at, dtype=np.int64))
    told = np.concatenate(which)
    order = told.argsort(kind="stable")
    return np.concatenate(keys)[order], told[order]


def _edged(word: str) -> str:
    return f" {word[:_LONGEST_WORD]} "


@cache
def class_names() -> tuple[str, ...]:
    """Name the classes of words, in order."""
    return tuple(load("probatum.trust", "data/remark_classes.toml"))


@lru_cache(maxsize=1 << 15)
def classes(word: str) -> tuple[int, ...]:
    """Give the classes of a word by number.

    >>> [class_names()[at] for at in classes("risky")]
    ['harm']
    """
    exact, beginnings = _class_tables()
    found = set(exact.get(word, ()))
    for length in range(2, len(word) + 1):
        found.update(beginnings.get(word[:length], ()))
    return tuple(sorted(found))


def class_counts(given: Read, members: Floats) -> Floats:
    """Count the words of each class in each sentence; ``members`` (words, classes) is 0 or 1."""
    return _summed(members, given)


def class_pairs(given: Read, members: Floats) -> tuple[Ints, Ints]:
    """Tell which class stands at most four words before which, each once a sentence.

    Returns (sentences, pairs), sorted; a pair is the first class times their number, plus the
    second.
    """
    size = members.shape[1]
    word, of = np.divmod(np.flatnonzero(members), size)  # of two axes it takes three times as long
    held = np.zeros(len(members), dtype=np.uint64)  # the classes of a word as bits: 64 at most
    np.add.at(held, word, _ONE << of.astype(np.uint64))
    behind = np.zeros_like(held)
    for step in range(1, _REACH + 1):
        same = given.row[step:] == given.row[:-step]
        behind[:-step] |= np.where(same, held[step:], 0)
    first = given.row[word] * size + of
    order = first.argsort(kind="stable")
    first, follow = first[order], behind[word[order]]
    starts = np.flatnonzero(np.diff(first, prepend=-1))
    if not len(starts):
        return first, first
    after = np.bitwise_or.reduceat(follow, starts)
    bits = (after[:, None] >> np.arange(size, dtype=np.uint64)) & _ONE
    at, second = np.divmod(np.flatnonzero(bits), size)
    sentence, leading = np.divmod(first[starts[at]], size)
    return sentence, leading * size + second


def around(summed: Floats) -> Floats:
    """Sum rows of sentences over the four before, the sentence and the four behind."""
    total = np.vstack(
        [np.zeros((1, summed.shape[1])), np.cumsum(summed, axis=0, dtype=np.float64)]
    )
    at = np.arange(len(summed))
    low, high = np.maximum(at - _AROUND, 0), np.minimum(at + _AROUND + 1, len(summed))
    result: Floats = (total[high] - total[low]).astype(np.float32)
    return result


def tells_topic(word: str) -> bool:
    """Whether a word is none of grammar, so that it tells what a passage is about."""
    return word not in _grammar() and (word[0].isalpha() or word in "$\xa3\u20ac%!?")


def _summed(values: Floats, given: Read) -> Floats:
    edges = np.searchsorted(given.row, np.arange(given.count))
    result: Floats = np.add.reduceat(values, edges, axis=0)
    return result


@lru_cache(maxsize=1 << 15)
def _word(token: str) -> str:
    if token[0].isdigit():
        return YEAR if _YEAR.fullmatch(token) else NUMBER
    return token.lower()


_FIGURE, _SHOUTED, _CAPITAL = 1, 2, 4  # what a token is, in one number


def _mark(token: str) -> int:
    shouted = len(token) > 1 and token.isupper()
    first = token[0]
    return _FIGURE * first.isdigit() + _SHOUTED * shouted + _CAPITAL * first.isupper()


_MARKS = Kept(_mark, most=1 << 15)


def _marks(tokens: Sequence[str]) -> NDArray[np.uint8]:
    return np.array(_MARKS.each(tokens), dtype=np.uint8)


def _signs(text: str) -> tuple[bool, ...]:
    """Tell what stands first, last and anywhere in a sentence."""
    last = text.rstrip()[-1:]
    return text[:1] == '"', last not in '.!?")', "!" in text, "?" in text, last == ":"


def _shapes(lengths: Ints, marks: NDArray[np.uint8], signs: Sequence[tuple[bool, ...]]) -> Floats:
    """Give the shape of sentences of so many tokens, whose marks stand end to end."""
    of = np.repeat(np.arange(len(lengths)), lengths)
    figures, shouted, capitals = (
        np.bincount(of, weights=(marks & mark) > 0, minlength=len(lengths))
        for mark in (_FIGURE, _SHOUTED, _CAPITAL)
    )
    opens, unclosed, cries, asks, colon = np.array(signs, dtype=np.float64).reshape(-1, 5).T
    count = np.maximum(1, lengths)
    columns = (
        np.minimum(lengths, 60) / 30, lengths < 6, opens, unclosed, cries, asks,
        figures > 0, shouted / count, capitals / count, colon,
    )  # fmt: skip
    result: Floats = np.column_stack(columns).astype(np.float32)
    return result


@cache
def _class_tables() -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    exact: dict[str, list[int]] = {}
    beginnings: dict[str, list[int]] = {}
    for number, name in enumerate(class_names()):
        for word in load("probatum.trust", "data/remark_classes.toml")[name].split():
            table = beginnings if word.endswith("*") else exact
            table.setdefault(word.rstrip("*"), []).append(number)
    return exact, beginnings


@cache
def _grammar() -> frozenset[str]:
    return frozenset(load("probatum.trust", "data/phrases.toml")["grammar"])

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

from probatum.text.hashed import runs, word_hash, word_hashes
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
_LONGEST_WORD = 30
_TOKEN = re.compile(
    r"\d[\d.,]*\d|\d|[^\W\d_]+(?:'[^\W\d_]+)*|\.{3}|[!?$\xa3\u20ac%\u2122\xae\"\u2026:;()\[\]\xb7\u2192>/&\u2014\u2013-]"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FOLD = str.maketrans("\u2019\u2018\u201c\u201d", "''\"\"")


@dataclass(frozen=True, slots=True)
class Read:
    """Sentences as words in a row, an edge before and behind each.

    ``words`` are in small letters, figures all alike; ``start`` and ``end`` count code points of
    the sentence; ``row`` is the sentence, not decreasing; ``shape`` (sentences, SHAPES) is what
    the signs of a sentence tell.
    """

    words: list[str]
    start: Ints
    end: Ints
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
    spans: list[tuple[int, int]] = []
    lengths, shapes = [], []
    for text in sentences:
        folded = text[:LONGEST].translate(_FOLD)
        found = list(_TOKEN.finditer(folded))
        tokens = [match.group() for match in found]
        words += [OPENS, *map(_word, tokens), CLOSES]
        spans += [(0, 0), *[match.span() for match in found], (len(folded), len(folded))]
        lengths.append(len(found) + 2)
        shapes.append(_shape(folded, tokens))
    at = np.array(spans, dtype=np.int64).reshape(-1, 2)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    shape = np.array(shapes, dtype=np.float32).reshape(-1, SHAPES)
    return Read(words, at[:, 0], at[:, 1], rows, shape)


def plain_words(text: str) -> list[str]:
    """Give the words of one sentence as :func:`read` does, without its edges.

    >>> plain_words("Pain fell by 30%.")
    ['pain', 'fell', 'by', '<0>', '%']
    """
    return [_word(token) for token in _TOKEN.findall(text[:LONGEST].translate(_FOLD))]


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


@lru_cache(maxsize=1 << 15)
def letters(word: str) -> tuple[int, ...]:
    """Hash the runs of letters of a word; none for a sign or a figure.

    >>> len(letters("pain")), letters("<0>")
    (9, ())
    """
    if not word[0].isalpha():
        return ()
    edged = f" {word[:_LONGEST_WORD]} "
    pieces = (edged[at : at + n] for n in _LETTERS for at in range(len(edged) - n + 1))
    return tuple(word_hash(f"#{piece}") for piece in pieces)


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


def class_pairs(given: Read, members: Floats) -> Floats:
    """Tell which class stands at most four words before which, (sentences, classes ** 2)."""
    size = members.shape[1]
    behind = np.zeros_like(members)
    for step in range(1, _REACH + 1):
        same = given.row[step:] == given.row[:-step]
        behind[:-step] += members[step:] * same[:, None]
    found = np.zeros((given.count, size, size), dtype=np.float32)
    edges = np.searchsorted(given.row, np.arange(given.count + 1))
    for at in range(given.count):
        mine = slice(edges[at], edges[at + 1])
        found[at] = members[mine].T @ behind[mine]
    result: Floats = np.minimum(found, 1.0).reshape(given.count, size * size)
    return result


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


def _shape(text: str, tokens: Sequence[str]) -> list[float]:
    count = max(1, len(tokens))
    stripped = text.rstrip()
    firsts = [token[0] for token in tokens]  # lists: generators take twice as long here
    return [
        min(len(tokens), 60) / 30,
        len(tokens) < 6,
        text[:1] == '"',
        stripped[-1:] not in '.!?")',
        "!" in text,
        "?" in text,
        any(first.isdigit() for first in firsts),
        sum([token.isupper() for token in tokens if len(token) > 1]) / count,
        sum([first.isupper() for first in firsts]) / count,
        stripped[-1:] == ":",
    ]


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

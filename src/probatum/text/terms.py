"""A vocabulary matcher: longest match over words, exact offsets, linear time.

A trie over word sequences, as in Aho & Corasick 1975 with words for letters. Work per word is
bounded by the longest surface form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Literal

_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one term: a space, a hyphen, the bracket of "(S)-", "(+)-".
_DASH = "[-\u2010-\u2015\u2212]"
_GAP = re.compile(
    rf"[ \t\n\u00a0]{{0,2}}|[-\u2010-\u2015/'\u2019][ \n]?|\.|[ \n]?[-\u2010-\u2015/]"
    rf"|,|\){_DASH}?|\((?:\+|{_DASH}|\u00b1)\){_DASH}?"
)
_ACRONYM = 5
_Case = Literal["any", "capitals", "initial"]
_GREEK = {
    "\u03b1": "alpha",
    "\u03b2": "beta",
    "\u03b3": "gamma",
    "\u03ba": "kappa",
    "\u03bc": "mu",
    "\u00b5": "mu",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a vocabulary's words stand: code points [start, end), (kind, id) pairs."""

    start: int
    end: int
    terms: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    terms: list[tuple[str, str, _Case]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as itself
class Matcher:
    """A compiled vocabulary; make it once with :func:`matcher`."""

    root: _Node
    forms: int
    alone: frozenset[str]  # words that are a term, with and without a plural "s"
    opening: frozenset[tuple[str, str]]  # two words that may begin one, likewise

    def may_match(self, held: Held) -> bool:
        """Whether a text of these words may hold a term: a look at sets, for a whole document."""
        return not (self.alone.isdisjoint(held.words) and self.opening.isdisjoint(held.pairs))

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Match]:
        """Find the longest matches in ``text[start:end]``, left to right, none overlapping.

        Shape: a list sorted by start; offsets count code points of ``text``.
        """
        lowered = text.lower()
        if len(lowered) != len(text):  # a few capitals become two characters
            lowered = text
        last = len(text) if end is None else end
        folded = _folded(lowered, start, last)
        if self.alone.isdisjoint(folded) and self.opening.isdisjoint(pairwise(folded)):
            return []  # so are most sentences, at a tenth of the cost
        words = [token.span() for token in _WORD.finditer(lowered, start, last)]
        found = []
        at = 0
        for index, pair in enumerate(zip(folded, [*folded[1:], ""], strict=True)):
            if index < at or not (pair[0] in self.alone or pair in self.opening):
                continue
            hit = self._longest(text, words, folded, index)
            if hit is not None:
                found.append(hit[0])
                at = hit[1]
        return found

    def _longest(
        self, text: str, words: list[tuple[int, int]], folded: list[str], at: int
    ) -> tuple[Match, int] | None:
        node: _Node | None = self.root
        best: tuple[Match, int] | None = None
        first = words[at][0]
        index = at
        while node is not None and index < len(words):
            node = node.after.get(folded[index]) or node.after.get(_singular(folded[index]))
            if index > at and not (
                node and _GAP.fullmatch(text, words[index - 1][1], words[index][0])
            ):
                break
            index += 1
            if node is not None and node.terms:
                last = words[index - 1][1]
                terms = tuple(_fitting(node.terms, text[first:last]))
                best = (Match(first, last, terms), index) if terms else best
        return best


@dataclass(frozen=True, slots=True)
class Held:
    """The words of a text, folded as terms are, and its pairs of words that follow each other."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def held(text: str) -> Held:
    """Read what a text holds, for several matchers to look at.

    >>> words = matcher([("drug", "x", "drug X")])
    >>> words.may_match(held("Of Drug-X.")), words.may_match(held("A drug."))
    (True, False)
    """
    lowered = text.lower()
    words = _folded(lowered, 0, len(lowered))
    if len(lowered) != len(text):  # then Matcher.find reads it as it is, or its parts in small
        words += _folded(text, 0, len(text))
    return Held(frozenset(words), frozenset(pairwise(words)))


def _folded(lowered: str, start: int, end: int) -> list[str]:
    words = _WORD.findall(lowered, start, end)
    if lowered.isascii():  # nothing to fold: half the cost on English
        return words
    return [word if word.isascii() else _fold(word) for word in words]


def matcher(forms: Iterable[tuple[str, str, str]]) -> Matcher:
    """Compile (kind, id, surface form) triples.

    A form of up to five capitals ("IV", "MADRS") matches capitals only; all others match in any
    case, with hyphens for spaces and with a plural "s".

    >>> forms = [("drug", "x", "drug X"), ("scale", "vas", "VAS"), ("harm", "n", "side effect")]
    >>> m = matcher(forms)
    >>> [(h.start, h.end, h.terms) for h in m.find("Drug-X: VAS, side effects; vas")]
    [(0, 6, (('drug', 'x'),)), (8, 11, (('scale', 'vas'),)), (13, 25, (('harm', 'n'),))]
    """
    root = _Node()
    count = 0
    for kind, name, surface in sorted(set(forms)):
        words = [_fold(word) for word in _WORD.findall(surface)]
        if not words:
            continue
        node = root
        for word in words:
            known = node.after.get(word)
            if known is None:
                known = node.after[word] = _Node()
            node = known
        node.terms.append((kind, name, _case(surface)))
        count += 1
    alone = (word for word, node in root.after.items() if node.terms)
    opening = (
        pair
        for word, node in root.after.items()
        for behind in node.after
        for pair in product(_written(word), _written(behind))
    )
    return Matcher(
        root, count, frozenset(w for word in alone for w in _written(word)), frozenset(opening)
    )


def _written(word: str) -> tuple[str, str]:
    return word, f"{word}s"


def _fitting(terms: list[tuple[str, str, _Case]], found: str) -> Iterator[tuple[str, str]]:
    capitals = found.rstrip("s").isupper() or "." in found
    seen = set()
    for kind, name, case in terms:
        fits = case == "any" or capitals or (case == "initial" and found[0].isupper())
        if fits and (kind, name) not in seen:
            seen.add((kind, name))
            yield kind, name


def _case(surface: str) -> _Case:
    """Tell how a form must be written: "IV" in capitals, the S of "S-form" as a capital."""
    if surface.islower():  # most forms, at a tenth of the cost
        return "any"
    letters = [c for c in surface if c.isalpha()]
    if 0 < len(letters) <= _ACRONYM and all(c.isupper() for c in letters):
        return "capitals"
    first = _WORD.search(surface)
    return "initial" if first and len(first.group()) == 1 and first.group().isupper() else "any"


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    spelled = "".join(_GREEK.get(c, c) for c in word.lower())
    plain = unicodedata.normalize("NFKD", spelled)
    return "".join(c for c in plain if not unicodedata.combining(c))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word

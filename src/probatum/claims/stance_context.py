"""One citation as the model of stance sees it: words, with citations and cited authors as signs.

A sentence is split once, however many citations stand in it, and so are its neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

_LONGEST = 3_000  # characters read on either side of the citation
_AROUND = 600  # characters read of the sentence before and after: nearly always all of it
OTHER, NAMED, TARGET = "\u29d6", "\u220e", "TARGET"
# The space before a word is read with it, and words of small letters come first, as most are (no
# other branch begins with one): two thirds of the time.
_TOKEN = re.compile(
    r" ?([a-z]+(?![^\W\d_])(?:['\u2019][a-z]+)?"
    r"|\[\s?\d{1,3}(?:\s?[-\u2013\u2014,;]\s?\d{1,3}){0,12}\s?\]"
    r"|\(\d{1,3}(?:\s?[-\u2013,]\s?\d{1,3}){0,10}\)"
    r"|\([^()\d]{3,60}(?:19|20)\d\d[a-z]?(?:[;,][^()\d]{0,60}(?:19|20)\d\d[a-z]?){0,7}\)"
    r"|\b[A-Z][\w'\u2019-]{1,25}(?: [A-Z]{1,2}\b)?,? (?:et al\b\.?"
    r"|and (?:colleagues|co-?workers|co-?authors|associates|others)\b"
    r"|and [A-Z][\w'\u2019-]{1,25}(?= ?[\[(\u27e6]))(?:['\u2019]s)?"
    r"|\d+(?:[.\u00b7]\d+)?|[^\W\d_]+(?:['\u2019][a-z]+)?|[;,:()])"
)
BREAKS = frozenset(
    {";", ":", "but", "whereas", "although", "though", "while", "however", "yet", "because"}
    | {"which", "whilst"}
)


@dataclass(frozen=True, slots=True)
class Context:
    """One citation: its sentence, where the target stands in it, what is around, its section."""

    sentence: str
    target: tuple[int, int]
    previous: str = ""
    section: str = "other"
    next: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A text as words in lower case: signs for citations and authors, "0" for a number.

    ``printed`` are the words as they stand in ``source``; ``text`` joins the words by spaces.
    """

    source: str
    printed: tuple[str, ...]
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A context as words: the target is ``said.words[first:last]``, its clause ``[low:high]``."""

    said: Said
    first: int
    last: int
    low: int
    high: int
    previous: Said
    next: Said
    section: str


# Documents cite several works in a sentence, and a sentence is the neighbour of two others.
@lru_cache(maxsize=1024)
def said(text: str) -> Said:
    """Split a text into words; time grows with its length.

    >>> said("Smith et al. [3] fell by 3.5, then").words
    ('\u220e', '\u29d6', 'fell', 'by', '0', ',', 'then')
    """
    printed = tuple(_TOKEN.findall(text))
    words = tuple(map(_word, printed))
    return Said(text, printed, words, " ".join(words))


@lru_cache(maxsize=1 << 16)
def _word(printed: str) -> str:
    if printed[0].isdigit():
        return "0"
    if len(printed) > 1 and printed[0] in "([":
        return OTHER
    return NAMED if " " in printed else printed.lower()


@lru_cache(maxsize=1024)
def _places(found: Said) -> tuple[list[int], list[int]]:
    """Give where each word starts and ends in the text."""
    starts, ends, at = [], [], 0
    for word in found.printed:
        at = found.source.find(word, at)
        starts.append(at)
        at += len(word)
        ends.append(at)
    return starts, ends


def look(context: Context) -> Seen:
    """Find the target and its clause among the words of its sentence.

    >>> seen = look(Context("Smith et al. [3] agree, but others [4] do not", (13, 16)))
    >>> seen.said.words[seen.low : seen.first], seen.said.words[seen.last : seen.high]
    (('\u220e',), ('agree', ','))
    """
    start, end = context.target
    sentence = context.sentence
    if len(sentence) > 2 * _LONGEST:
        cut = max(0, start - _LONGEST)
        sentence = sentence[cut : end + _LONGEST]
        start, end = start - cut, end - cut
    found = said(sentence)
    starts, ends = _places(found)
    first = bisect_right(ends, start)
    last = max(first, bisect_left(starts, end))
    return Seen(
        found,
        first,
        last,
        _clause_start(found.words, first),
        _clause_end(found.words, last),
        said(context.previous[-_AROUND:]),
        said(context.next[:_AROUND]),
        context.section,
    )


def _clause_start(words: tuple[str, ...], first: int) -> int:
    for k in range(first - 1, -1, -1):
        if words[k] in BREAKS or (words[k] == "," and words[k + 1 : k + 2] == ("and",)):
            return k
    return 0


def _clause_end(words: tuple[str, ...], last: int) -> int:
    for k in range(last, len(words)):
        if words[k] in BREAKS or (words[k] == "," and words[k + 1 : k + 2] == ("and",)):
            return k
    return len(words)

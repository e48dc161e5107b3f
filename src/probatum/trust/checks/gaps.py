"""Gaps of method in passing: who was left out, who judged, what was chosen once it was known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from probatum.text.beginnings import LETTERS, needed, plain_words
from probatum.text.lexicon import load
from probatum.trust.phrases import NEGATED_BEFORE
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

Bits = NDArray[np.uint64]
_LISTED = re.compile(r"<([\w|]+)>")
_LONGEST = 600  # characters of a sentence that are read: every pattern is bounded, a table is not
_CLOSING = ".!\u201d\"' "
_MOST_WORDS = 1 << 14  # whose rows are kept: 1 MB
_WIDE = 64  # bits
_MOST_SETS = 3
_AT_A_TIME = 500  # sentences: bounds the memory
_NO_WORDS = ("",)
_BEFORE = 40  # characters in which a negation takes the wording back
# A page that owns up to the gap, tells of somebody who objects, or asks for better.
_OWNED = re.compile(
    r"\b(?:limitations?|limited|weakness\w*|(?<!risk of )bias(?:es|ed)?|caution\w*"
    r"|over-?(?:stat|estimat)\w*|(?:may|might|could) (?:well )?(?:have|be|explain|come)"
    r"|cannot (?:tell|say|know|rule|exclude)"
    r"|unfortunately|flaw(?:s|ed)?|sadly|regret\w*|drawback\w*|shortcoming\w*"
    r"|conced\w+|admit\w*|acknowledg\w+|concerns?|unclear|exploratory)\b",
    re.IGNORECASE,
)
_OBJECTED = re.compile(
    r"\b(?:watchdogs?|regulators?|critics?|critici[sz]\w*|object(?:ed|s|ions?)"
    r"|complain\w*|rul(?:ed|ing)|warn\w*|fault\w*|accus\w*|rejected|mislead\w*|dishonest|cherry-?pick\w*|auditors?|audited"
    r"|inspect(?:ors?|ed)|journalists?|wrote that|noted that|pointed out|should|must|ought|beware"
    r"|ask (?:how|whether|if|who|what)|check (?:how|whether|if|who)|inadequate|unacceptable)\b",
    re.IGNORECASE,
)
_SOUND = re.compile(
    r"sensitivity anal|imput(?:ed|ation)|intention[- ]to[- ]treat|independent|in duplicate"
    r"|second (?:reviewer|rater|reader)|pre-?specified|pre-?registered|did not change|unaware"
    r"|did not know|\bmasked|(?<!un)blinded (?:to|assess|rater)"
    r"|two (?:\w+ )?(?:reviewers|authors|raters)"
    r"|monitoring (?:board|committee)|interim analys|stopping rule|planned number",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\W*(?:if|when|whether|unless|suppose|imagine|(?:nobody|no one) (?:says|said|claims|claimed)"
    r"|it is (?:not true|untrue|a myth))\b",
    re.IGNORECASE,
)


class _Rows(dict[str, int]):
    """The row of each word by its beginning, kept for words seen before: a page repeats words."""

    def __init__(self, of_beginnings: dict[str, int]) -> None:
        super().__init__()
        self._of_beginnings = of_beginnings

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_WORDS:
            self.clear()
        row = self[word] = self._of_beginnings.get(word[:LETTERS], 0)
        return row


@dataclass(frozen=True, slots=True)
class _Table:
    """The row of a word in ``bits`` (rows, wide), which wordings need (wordings, wide).

    A bit stands for a set of beginnings of words.
    """

    rows: _Rows
    bits: Bits
    needs: Bits


@cache
def wordings() -> tuple[tuple[str, str], ...]:
    """Give (explanation, pattern) of ``data/gaps.toml``, with its lists of words put in."""
    table = load("probatum.trust", "data/gaps.toml")
    lists: dict[str, list[str]] = table["words"]

    def listed(match: re.Match[str]) -> str:
        names = match[1].split("|")
        return f"(?:{'|'.join(w for name in names for w in lists.get(name, [name]))})"

    def filled(pattern: str) -> str:  # a list may name another
        return _LISTED.sub(listed, _LISTED.sub(listed, pattern))

    rows = (row for name, row in table.items() if name not in {"words", "usual"})
    return tuple(
        (row["explanation"], filled(pattern)) for row in rows for pattern in row["patterns"]
    )


@cache
def _table() -> _Table:
    """Give the sets of words that wordings need a bit each, the three rarest of a wording."""
    frequent = frozenset(load("probatum.trust", "data/gaps.toml")["usual"]["frequent"])
    chosen = [
        sorted(needed(pattern), key=lambda each: (len(each & frequent), len(each)))[:_MOST_SETS]
        for _, pattern in wordings()
    ]
    every = {each: at for at, each in enumerate(dict.fromkeys(chain.from_iterable(chosen)))}
    known = {one: at + 1 for at, one in enumerate(sorted(set().union(*every)))}
    held = np.zeros((len(known) + 1, -(-len(every) // _WIDE) * _WIDE), dtype=bool)
    needs = np.zeros((len(chosen), held.shape[1]), dtype=bool)
    for each, at in every.items():
        held[[known[one] for one in each], at] = True
    for row, sets in zip(needs, chosen, strict=True):
        row[[every[each] for each in sets]] = True
    packed = (np.packbits(table, axis=1).view(np.uint64) for table in (held, needs))
    return _Table(_Rows(known), *packed)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)")


def gap_signs(subject: Subject) -> Iterator[Sign]:
    """Give one sign a sentence that tells a gap of method as if it were in order."""
    small, told = subject.small, -1
    if len(small) != len(subject.document.text):  # a few capitals become two characters
        return
    plain = plain_words(small)
    parts = [(s.start, min(s.end, s.start + _LONGEST)) for s in subject.sentences]
    for index, at in worth_reading([plain[start:end] for start, end in parts]):
        if index == told:
            continue
        start, end = parts[index]
        explanation, pattern = wordings()[at]
        match = _compiled(pattern).search(small[start:end].rstrip(_CLOSING))
        if match and not _excused(subject, index, match):
            told = index
            place = start + match.start(), start + match.end()
            quoted = subject.document.text[slice(*place)]
            yield Sign(explanation, f"the words {quoted!r}", *place)


def worth_reading(sentences: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give (sentence, wording), by their numbers, where a sentence holds all words needed.

    Sentences are given as plain words. Half of them are worth a look at one wording.
    """
    table = _table()
    for first in range(0, len(sentences), _AT_A_TIME):
        some = [one.split() or _NO_WORDS for one in sentences[first : first + _AT_A_TIME]]
        rows = np.fromiter(map(table.rows.__getitem__, chain.from_iterable(some)), dtype=np.intp)
        starts = np.cumsum([0, *map(len, some[:-1])])
        held = np.bitwise_or.reduceat(table.bits[rows], starts)
        found = np.ones((len(some), len(table.needs)), dtype=bool)
        for mine, need in zip(held.T, table.needs.T, strict=True):
            found &= (mine[:, None] & need) == need
        for index, at in np.argwhere(found).tolist():
            yield first + index, at


def _excused(subject: Subject, index: int, match: re.Match[str]) -> bool:
    """Whether the page denies the gap, asks, owns up to it, tells of an objection, or did well."""
    text = subject.sentences[index].text
    if text.rstrip().endswith("?") or _IF.match(text):
        return True
    if NEGATED_BEFORE.search(text[max(0, match.start() - _BEFORE) : match.start()]):
        return True
    next_one = subject.sentences[index + 1].text if index + 1 < len(subject.sentences) else ""
    return bool(
        _OWNED.search(text)
        or _OBJECTED.search(text)
        or _SOUND.search(text)
        or (_OWNED.search(next_one) and len(next_one) < _LONGEST)
    )

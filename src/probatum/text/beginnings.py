"""Beginnings of words that a pattern cannot do without: what settles most sentences at once.

:mod:`probatum.text.spotting` looks for one literal in a whole text; here every word that a pattern
needs counts, so that common words together are as good as a rare one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

LETTERS = 4  # of a word that are kept; a shorter one is kept whole
_PLAIN = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + b" " * 128
_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[^}]*\}|\(\?(?::|<?[!=])|.", re.DOTALL)
_LOOKS = ("(?!", "(?=", "(?<!", "(?<=")
Sets = list[frozenset[str]]


def plain_words(small: str) -> str:
    """Give a text in small letters with a space for each sign, of the same length.

    What is no letter of English is a sign here. Of bytes, which takes a tenth of the time.

    >>> plain_words("left out (of it), non-smokers").split()
    ['left', 'out', 'of', 'it', 'non', 'smokers']
    """
    return small.encode("ascii", "replace").translate(_PLAIN).decode("ascii")


@lru_cache(maxsize=512)
def needed(pattern: str) -> tuple[frozenset[str], ...]:
    r"""Give sets of beginnings of words, one of each of which stands in every match.

    A pattern is one that starts and ends at the edge of a word, in small letters; what is not
    understood of it needs nothing.

    >>> [sorted(each) for each in needed(r"(?:lost|missed) (?:\w+ )?visits?")]
    [['lost', 'miss'], ['visi']]
    """
    return tuple(dict.fromkeys(_walk(_ATOM.findall(pattern), at_edge=True, ends=True)))


def _walk(atoms: list[str], *, at_edge: bool, ends: bool) -> Iterator[frozenset[str]]:
    """Give the sets of one branch; ``at_edge`` whether it starts a word, ``ends`` ends one."""
    at, edge, word, starts = 0, at_edge, "", False
    while at < len(atoms):
        end = _end(atoms, at)
        after = _behind(atoms, end)
        element, optional = atoms[at:end], atoms[end : end + 1] and atoms[end][0] in "?*{"
        letter = len(element) == 1 and element[0].isalnum() and element[0].isascii()
        if letter and not optional and after == end:
            starts, word = (edge, element[0]) if not word else (starts, word + element[0])
            edge = False
        else:
            whole = element[0] in {" ", "\\b", "-"} and not optional
            yield from _key(word, starts=starts, whole=whole)
            word = ""
            if element[0] == "(?:" and not optional:
                close = ends if after == len(atoms) else atoms[after] in {" ", "\\b"}
                yield from _either(element, at_edge=edge, ends=close)
            edge = _edge_after(element, edge=edge, optional=bool(optional))
        at = after
    yield from _key(word, starts=starts, whole=ends)


def _either(group: list[str], *, at_edge: bool, ends: bool) -> Iterator[frozenset[str]]:
    """Give the union of one set a branch; nothing when a branch needs none."""
    found: set[str] = set()
    for branch in _branches(group[1:-1]):
        sets = list(_walk(branch, at_edge=at_edge, ends=ends))
        if not sets:
            return
        found |= min(sets, key=lambda each: (-min(map(len, each)), len(each)))
    yield frozenset(found)


def _key(word: str, *, starts: bool, whole: bool) -> Iterator[frozenset[str]]:
    if starts and word and (whole or len(word) >= LETTERS):
        yield frozenset({word[:LETTERS]})


def _edge_after(element: list[str], *, edge: bool, optional: bool) -> bool:
    """Whether a word starts behind an element."""
    if element[0] in _LOOKS:
        return edge
    if element[0] == "(?:":
        open_ended = all(branch[-1:] == [" "] for branch in _branches(element[1:-1]))
        return open_ended and (edge or not optional)
    return element[0] in {" ", "\\b", "-", "^"} and (not optional or edge)


def _branches(atoms: list[str]) -> Iterator[list[str]]:
    depth, start = 0, 0
    for at, atom in enumerate(atoms):
        depth += (atom[0] == "(") - (atom == ")")
        if atom == "|" and depth == 0:
            yield atoms[start:at]
            start = at + 1
    yield atoms[start:]


def _end(atoms: list[str], at: int) -> int:
    """Give the end of a group, or of the one atom."""
    depth = 0
    for place in range(at, len(atoms)):
        depth += (atoms[place][0] == "(") - (atoms[place] == ")")
        if depth == 0:
            return place + 1
    return len(atoms)


def _behind(atoms: list[str], at: int) -> int:
    """Give the place behind what says how often."""
    while at < len(atoms) and atoms[at][0] in "?*+{":
        at += 1
    return at

"""Patterns searched only where a literal stands that they cannot do without.

An alternation of phrases is tried at every place of a text; to look for a few words first is ten
times as fast (the prefilter of Cox 2012, "Regular expression matching with a trigram index").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Threes = NDArray[np.bool_]
_BITS = 5  # of a letter that are kept in a table of runs
_FEWEST = 2  # letters of a literal that is worth looking for
_MOST = 200  # literals of one pattern
_ANY = 1 << 3 * _BITS  # the mark, always set, of a literal that is shorter than a run of three
# Words that most sentences hold: nothing is settled by looking for them.
_COMMON_WORDS = """
and are been but for from had has have its more not one our she some than that the their them they
this was were what when which who will with would you your by in is it of on or to
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_CAPITAL = re.compile(r"(?<!\\)[A-Z]")
_ATOM = re.compile(
    r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[^}]*\}|[()|?*+^$.]|[^\\]",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Spotter:
    """Literals, in small letters, one of which stands in every match; none where not known.

    A long s or a dotless i, which match s and i where case does not count, are not looked for.
    """

    literals: tuple[str, ...]

    def may_match(self, small: str) -> bool:
        """Whether a text, given in small letters, holds one of the literals."""
        return not self.literals or any(literal in small for literal in self.literals)

    def spans(self, small: str, starts: Sequence[int], held: Threes | None = None) -> list[int]:
        """Give the indices of the spans of a text, in small letters, that may hold a match.

        ``starts`` are sorted; a span reaches to the next start. ``held`` is the table
        :func:`threes` of the text: it settles most literals without a search.
        """
        if not self.literals:
            return list(range(len(starts)))
        found: set[int] = set()
        for literal in self.literals if held is None else _held(self.literals, held):
            at = small.find(literal)
            while at >= 0:
                behind = bisect_right(starts, at)
                found.add(behind - 1)
                at = small.find(literal, starts[behind]) if behind < len(starts) else -1
        return sorted(found - {-1})


def threes(small: str) -> Threes:
    """Mark the runs of three letters of a text in a table of 32 KB; others may share a mark.

    The last mark is always set.

    >>> int(threes("pains").sum()), int(threes("pa").sum())
    (4, 1)
    """
    table = np.zeros(_ANY + 1, dtype=np.bool_)
    table[_runs_of_three(small)] = True
    table[_ANY] = True
    return table


def _held(literals: tuple[str, ...], held: Threes) -> Iterator[str]:
    """Give the literals all of whose runs are marked: a twentieth of the cost of looking each."""
    runs, starts = _threes_of(literals)
    likely = np.logical_and.reduceat(held[runs], starts)
    return (literals[at] for at in likely.nonzero()[0].tolist())


@lru_cache(maxsize=512)
def _threes_of(literals: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the runs of each literal end to end, and where those of each begin."""
    each = [_runs_of_three(one).tolist() or [_ANY] for one in literals]
    starts = np.cumsum([0, *map(len, each)])[:-1]
    return np.array(list(chain.from_iterable(each)), dtype=np.int64), starts.astype(np.int64)


def _runs_of_three(text: str) -> NDArray[np.integer[Any]]:
    """Give five bits of each of three letters that follow each other; a to z differ in these."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = points.astype(np.uint32) & ((1 << _BITS) - 1)
    if len(letters) < 3:
        return letters[:0]
    return (letters[:-2] << 2 * _BITS) | (letters[1:-1] << _BITS) | letters[2:]


@lru_cache(maxsize=512)
def in_small_letters(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    r"""Compile a pattern for text in small letters, which is searched in a third of the time.

    None for one that minds case; classes as \W and names of groups are left alone.

    >>> in_small_letters(re.compile("Side effects?", re.IGNORECASE)).pattern
    'side effects?'
    """
    if not pattern.flags & re.IGNORECASE or "(?P" in pattern.pattern:
        return None
    return re.compile(_CAPITAL.sub(lambda m: m.group().lower(), pattern.pattern))


@lru_cache(maxsize=512)
def spotter(pattern: str) -> Spotter:
    r"""Read the literals of a pattern; none when some branch can do without.

    >>> spotter(r"\b(?:side[- ]effects?|harm(?:s|ful)|risks? of)\b").literals
    ('effect', 'harm', 'risk')
    >>> spotter(r"\w+y|certain").literals
    ()
    """
    found = _of_branches(_ATOM.findall(pattern))
    kept = {one for one in found or () if not any(o != one and o in one for o in found or ())}
    return Spotter(tuple(sorted(kept)) if len(kept) <= _MOST else ())


def _of_branches(atoms: list[str]) -> frozenset[str] | None:
    """Give one literal a branch at least; None where a branch has none."""
    found: set[str] = set()
    for branch in _branches(atoms):
        best = max(_of_branch(branch), key=_worth, default=None)
        if best is None:
            return None
        found |= best
    return frozenset(found)


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    """Prefer the set whose shortest literal is longest, then the smaller one."""
    return min(0 if one.strip() in _COMMON else len(one) for one in literals), -len(literals)


def _branches(atoms: list[str]) -> Iterator[list[str]]:
    depth, start = 0, 0
    for at, atom in enumerate(atoms):
        depth += (atom == "(") - (atom == ")")
        if atom == "|" and depth == 0:
            yield atoms[start:at]
            start = at + 1
    yield atoms[start:]


def _of_branch(atoms: list[str]) -> Iterator[frozenset[str]]:
    """Give the sets of literals of a branch: its runs of letters, its groups."""
    run, at = "", 0
    while at < len(atoms):
        end = _end(atoms, at)
        optional = end < len(atoms) and atoms[end][0] in "?*{"
        one = _plain(atoms[at]) if not optional and end == at + 1 else ""
        if not one and len(run) >= _FEWEST:
            yield frozenset({run})
        run = run + one if one else ""
        inner = _inside(atoms[at:end]) if not optional and atoms[at] == "(" else None
        if inner:
            yield inner
        at = end
    if len(run) >= _FEWEST:
        yield frozenset({run})


def _end(atoms: list[str], at: int) -> int:
    """Give the end of a group, or of the one atom."""
    depth = 0
    for place in range(at, len(atoms)):
        depth += (atoms[place] == "(") - (atoms[place] == ")")
        if depth == 0:
            return place + 1
    return len(atoms)


def _inside(group: list[str]) -> frozenset[str] | None:
    """Read a group that takes up text; None for one that only looks."""
    head = "".join(group[1:3])
    if head == "?:":
        return _of_branches(group[3:-1])
    return None if group[1:2] == ["?"] else _of_branches(group[1:-1])


def _plain(atom: str) -> str:
    """Give the letter that an atom stands for; "" for a class, a sign or a letter that folds."""
    if len(atom) == 2 and atom[0] == "\\" and not atom[1].isalnum():
        atom = atom[1]
    return (
        atom.lower() if len(atom) == 1 and atom.isascii() and atom not in "^$.()|?*+{}[]" else ""
    )

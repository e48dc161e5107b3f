"""Cautions that a page waves aside: for whom, with what, without which check, in place of what.

Warnings of medicines are alike whatever the medicine: pregnancy, the very young, weak organs,
sedating or narrow-dosed medicines beside it, driving, what is owed before a dose, and treatments
that must not be given up. A sentence that sets such a caution aside is read here by points; what a
pack says against it is looked up by who calls.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache

from probatum.text.lexicon import load
from probatum.text.lexicon import words as alternation

_LONGEST = 600  # characters: a longer sentence is a list, or several run together
_ENOUGH = 3  # points: a strong cue beside one to be cared for, or a weak one beside two


Spotted = Callable[[re.Pattern[str]], Iterable[int]]
_SAID = ("skipped", "given_up", "explained")
_CUES = frozenset({"strong", "weak"})


def likely_places(spotted: Spotted) -> dict[int, frozenset[str]]:
    """Give where a caution may be waved aside, and by which lists of patterns.

    ``spotted`` gives the places, of some kind, at which a pattern may match. One look for the
    words of each list in a whole document costs a tenth of trying all lists on every sentence.
    """
    held: dict[int, set[str]] = defaultdict(set)
    for name, pattern in _patterns().items():
        for place in spotted(pattern):
            held[place].add(name)
    return {place: frozenset(names) for place, names in held.items() if _may_be(names)}


def _may_be(names: set[str]) -> bool:
    by_points = not names.isdisjoint(_CUES) and not names.isdisjoint(_cared_for())
    return by_points or not names.isdisjoint(_SAID)


def waved_aside(text: str, lists: Collection[str] | None = None) -> str | None:
    """Give the words by which a sentence waves a caution aside; None where it does not.

    ``lists`` are those whose patterns may match, as :func:`likely_places` gives them.

    >>> waved_aside("People with kidney disease can take it in any amount.")
    'in any amount'
    """
    if len(text) > _LONGEST or text.rstrip().endswith("?"):
        return None
    small, patterns = text.lower(), _patterns()
    here = {n: p for n, p in patterns.items() if lists is None or n in lists}
    said = next(filter(None, (here[n].search(small) for n in _SAID if n in here)), None)
    found = said.group().strip(" ,;:") if said else _by_points(small, here)
    warned = found is not None and "warned" in here and here["warned"].search(small)
    return None if warned else found


def _by_points(small: str, here: Mapping[str, re.Pattern[str]]) -> str | None:
    """Give the words that set a caution aside for one who is to be cared for."""
    if _CUES.isdisjoint(here):
        return None
    cared = sum(here[n].search(small) is not None for n in _cared_for() if n in here)
    if not cared:
        return None
    strong = here["strong"].search(small) if "strong" in here else None
    if strong:
        return strong.group()  # two points, and one for whom it is said
    weak = {match.group() for match in here["weak"].finditer(small)} if "weak" in here else set()
    plain = any(not words.startswith("even") for words in weak)
    enough = min(2, len(weak)) + min(2, cared) >= _ENOUGH
    hedged = "hedged" in here and here["hedged"].search(small)
    return min(weak, key=small.find) if plain and enough and not hedged else None


@cache
def _cared_for() -> tuple[str, ...]:
    return tuple(load("probatum.trust", "data/permits.toml")["cared_for"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    read = load("probatum.trust", "data/permits.toml")
    lists = {**read["cared_for"], **read["aside"]}
    compiled = {name: re.compile(alternation(patterns)) for name, patterns in lists.items()}
    taken_back = read["taken_back"].items()
    return compiled | {name: re.compile("|".join(patterns)) for name, patterns in taken_back}

"""Cautions that a page waves aside: for whom, with what, without which check, in place of what.

Warnings of medicines are alike whatever the medicine: pregnancy, the very young, weak organs,
sedating or narrow-dosed medicines beside it, driving, what is owed before a dose, and treatments
that must not be given up. A sentence that sets such a caution aside is read here by points; what a
pack says against it is looked up by who calls.
"""

from __future__ import annotations

import re
from functools import cache

from probatum.text.lexicon import load
from probatum.text.lexicon import words as alternation
from probatum.text.spotting import spotter

_LONGEST = 600  # characters: a longer sentence is a list, or several run together
_ENOUGH = 3  # points: a strong cue beside one to be cared for, or a weak one beside two


def waved_aside(text: str, small: str) -> str | None:
    """Give the words by which a sentence waves a caution aside; None where it does not.

    ``small`` is the sentence in small letters.

    >>> said = "People with kidney disease can take it in any amount."
    >>> waved_aside(said, said.lower())
    'in any amount'
    """
    if len(text) > _LONGEST or text.rstrip().endswith("?"):
        return None
    said = next(
        filter(None, (_search(n, small) for n in ("skipped", "given_up", "explained"))), None
    )
    found = said.group().strip(" ,;:") if said else _by_points(small)
    return None if found is None or _search("warned", small) else found


def _by_points(small: str) -> str | None:
    """Give the words that set a caution aside for one who is to be cared for."""
    cared = sum(_search(name, small) is not None for name in _cared_for())
    if not cared:  # first: the other patterns have no words to look for beforehand
        return None
    strong = _search("strong", small)
    if strong:
        return strong.group()  # two points, and one for whom it is said
    weak = {match.group() for match in _all("weak", small)}
    plain = any(not words.startswith("even") for words in weak)
    enough = min(2, len(weak)) + min(2, cared) >= _ENOUGH
    return min(weak, key=small.find) if plain and enough and not _search("hedged", small) else None


def _search(name: str, small: str) -> re.Match[str] | None:
    pattern = _patterns()[name]
    return pattern.search(small) if spotter(pattern.pattern).may_match(small) else None


def _all(name: str, small: str) -> list[re.Match[str]]:
    pattern = _patterns()[name]
    return list(pattern.finditer(small)) if spotter(pattern.pattern).may_match(small) else []


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

"""What a text is: English prose or not, on health or on something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from math import ceil

from probatum.text.lexicon import load, words
from probatum.text.spotting import in_small_letters

_WORD = re.compile(r"[^\W\d_]+")
_COMMON_WORDS = """
the of and in to a is was were with for that are by as on be at from or this an it not we
have has which their these may can had been but than also between after you your i
"""
_COMMON = frozenset(_COMMON_WORDS.split())
# Brackets and signs of code and formulas: abstracts full of statistics stay below half of this.
_SIGNS = re.compile(r"[{}\[\]()=<>;_|\\]")
_MOST_SIGNS = 0.1
_SAMPLE = 40_000
_ENGLISH_SHARE = 0.15
_FEW_WORDS = 30
_HEALTH = re.compile(words(load("probatum.trust", "data/phrases.toml")["health"]), re.IGNORECASE)
_HEALTH_SHARE = 0.02


def sampled(text: str) -> list[str]:
    """Give the words, in small letters, of what is read of a text to tell what it is.

    >>> sampled("A drug.")
    ['a', 'drug']
    """
    return _WORD.findall(text[:_SAMPLE].lower())


def is_english(text: str, found: Sequence[str] | None = None) -> bool:
    """Tell English prose from other languages, code and tables by its commonest words.

    Texts of a few words are given the benefit of the doubt; ``found`` is what :func:`sampled`
    gives, if it is at hand.

    >>> is_english("Die Behandlung wurde von allen Patienten gut vertragen. " * 8)
    False
    """
    sample = text[:_SAMPLE]
    found = sampled(text) if found is None else found
    if len(found) < _FEW_WORDS:
        return True
    if len(_SIGNS.findall(sample)) > _MOST_SIGNS * len("".join(sample.split())):
        return False
    return sum(map(_COMMON.__contains__, found)) / len(found) >= _ENGLISH_SHARE


def is_on_health(text: str, found: Sequence[str] | None = None) -> bool:
    """Tell whether a text is on health: one word in fifty says so; ``found`` as above.

    >>> is_on_health("The patient was given a drug."), is_on_health("The forest burned.")
    (True, False)
    """
    sample = text[:_SAMPLE]
    small = in_small_letters(_HEALTH) or _HEALTH
    owed = ceil(_HEALTH_SHARE * len(sampled(text) if found is None else found))
    told = islice(small.finditer(sample.lower()), owed)  # the first third of most texts tells
    return sum(1 for _ in told) == owed

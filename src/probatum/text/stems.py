"""Stems of English words, for holding two wordings against each other."""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = (
    *("ational", "ations", "ation", "atory", "ative", "ments", "ment", "ness", "ities", "ity"),
    *("ions", "ion", "ings", "ing", "ives", "ive", "ies", "ied", "ers", "est", "ed", "er"),
    *("es", "ly", "al", "ic", "s", "e", "y"),
)
_LEAST = 4
_MOST = 8
# What their stem does not say: a small dose is not a smaller one.
_KEPT = frozenset(
    {"longer", "later", "lasting", "means", "stronger", "greater", "higher", "shorter"}
    | {"smaller", "milder", "poorer", "larger", "weaker", "deeper", "rarer"}
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cut the ending of a lower-case word; at least four letters stay.

    >>> [stem(word) for word in ("sedation", "sedated", "sedative", "driving", "drive")]
    ['sedat', 'sedat', 'sedat', 'driv', 'driv']
    """
    if word in _KEPT:
        return word
    cut = word
    for _ in range(2):
        fitting = (e for e in _ENDINGS if cut.endswith(e) and len(cut) - len(e) >= _LEAST)
        ending = "" if cut.endswith("ss") else next(fitting, "")
        cut = cut[: len(cut) - len(ending)]
    if len(cut) > _LEAST and cut[-1] == cut[-2] and cut[-1] not in "ls":
        cut = cut[:-1]
    return cut[:_MOST]

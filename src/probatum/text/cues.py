"""The words that tell what a sentence asserts: verbs of effect, negation, hedges, clause breaks.

The tables stand in ``cues.toml``. They are written from general knowledge of English medical
prose, after the ideas of NegEx (Chapman et al. 2001) for negation and of Yu, Li & Wang 2019 for
causal strength.
"""

from __future__ import annotations

import re

from probatum.text.lexicon import load, words

_CUES = load("probatum.text", "cues.toml")
_EFFECTS = [(row["direction"], row["strength"]) for row in _CUES["effect"]]


def _effects(*keys: str) -> re.Pattern[str]:
    """Compile the verbs of effect, one group a direction; the last key's patterns go last."""
    rows = enumerate(_CUES["effect"])
    listed = ((i, [p for key in keys for p in row.get(key, ())]) for i, row in rows)
    groups = (f"(?P<e{i}>{'|'.join(patterns)})" for i, patterns in listed)
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)


EFFECT = _effects("patterns")
CLAIMED = _effects("patterns", "claims")
NEGATION = re.compile(rf"{words(_CUES['negation'])}|n['\u2019]t\b", re.IGNORECASE)
HEDGE = re.compile(words(_CUES["hedge"]), re.IGNORECASE)
CLAUSE_BREAK = re.compile(rf"[;:]|,? {words(_CUES['clause_break'])}|, and\b", re.IGNORECASE)


def kind(match: re.Match[str]) -> tuple[str, str]:
    """Return the direction and the strength of a match of :data:`EFFECT`.

    >>> kind(EFFECT.search("X may reduce pain"))
    ('decreases', 'causal')
    """
    name = match.lastgroup or "e0"
    return _EFFECTS[int(name[1:])]

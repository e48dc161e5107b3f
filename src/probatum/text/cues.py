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

EFFECT = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<e{i}>{'|'.join(r['patterns'])})" for i, r in enumerate(_CUES["effect"]))
    + r")\b",
    re.IGNORECASE,
)
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

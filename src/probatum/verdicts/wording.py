"""How strongly a sentence speaks: words that no certainty bears, hedges, certainty levels."""

from __future__ import annotations

import re

STRONG = re.compile(
    r"\b(?:(?<!has )(?<!have )proven|prove[sn](?= (?:that|to))|proof|cures?|cured|guarantee[ds]?"
    r"|always|never fails?|permanent(?:ly)?|100 ?%|completely|definitely|certainly|reliably"
    r"|(?:all|every|each) (?:patients?|people|persons?|users?|cases?)|everyone"
    r"|for good|for ?ever|once and for all|hands down|obsolete|wip(?:es|ed|ing) out"
    r"|banish(?:es|ed)?"
    r"|(?:well-)?proven (?:treatment|remedy|therapy)|treatment of (?:first )?choice"
    r"|never (?:comes?|came) back|never returns?|far (?:superior|better)"
    r"|ends?(?= (?:\w+ ){0,2}(?:addiction|depression|suffering|anxiety|dependence|PTSD)\b)"
    r"|(?:without|beyond) (?:any |all |reasonable )*(?:doubt|question|dispute)|undoubtedly"
    r"|unquestionably|indisputabl[ey]|undeniabl[ey]|no question|(?:is|it['\u2019]s) a fact"
    r"|rock[- ]solid|eliminat(?:e|es|ed)"
    r"|(?<!not )(?<!not been )(?<!never been )(?<!yet been )(?<!yet to be )(?:firmly|definitively)"
    r" (?:established|shown|proven|demonstrated)"
    r"|(?<!not )(?<!not been )(?<!never been )(?<!yet been )(?<!yet to be )conclusively"
    r" (?:established|shown|proven?|demonstrated|prove[sd]?))\b",
    re.IGNORECASE,
)
HYPE = re.compile(
    r"\b(?:remarkabl[ey]|impressive(?:ly)?|revolution\w*|breakthroughs?|miracl\w*|miraculous"
    r"|game[- ]chang\w+|paradigm shift|unparalleled|amazing(?:ly)?|astonishing\w*|life-changing"
    r"|excellent|extraordinar\w+|unmatched)\b",
    re.IGNORECASE,
)
_PLAIN = frozenset({"high", "moderate"})


def too_strong(sentence: str, *, hedged: bool, certainty: str) -> str | None:
    """Say why a sentence is stronger than its evidence, or None.

    >>> too_strong("Drug X cures pain.", hedged=False, certainty="high")
    "'cures' is stronger than any certainty of evidence"
    >>> too_strong("Drug X may reduce pain.", hedged=True, certainty="low") is None
    True
    """
    strong = STRONG.search(sentence)
    if strong:
        return f"{strong.group()!r} is stronger than any certainty of evidence"
    hype = HYPE.search(sentence)
    if hype and certainty != "high":
        return f"{hype.group()!r} promises more than evidence of {certainty} certainty bears"
    if not hedged and certainty not in _PLAIN:
        return f"stated without reserve, while the certainty of the evidence is {certainty}"
    return None

"""Sentences that speak of a therapy without its name: "it", "this treatment"."""

from __future__ import annotations

import re

_LEAD = (
    r"[\W\d]*(?:(?:[a-z]+,|(?:in addition|for example|as a result|in short),?|also|thus|but|and"
    r"|while|although|though|because|since|when|if|however|additionally|moreover)\s)?"
)
_NAME = (
    r"(?:drug|medication|medicine|treatment|therapy|infusions?|compound|agent|an(?:a)?esthetic"
    r"|molecule|substance|sessions?|spray)\b(?! of\b)|(?:effects?|benefits?|antagonist|blocker)"
)
BARE = re.compile(rf"{_LEAD}(?:its?|it['\u2019]s|they|their)\b", re.IGNORECASE)
NOUN = re.compile(
    rf"{_LEAD}(?:this|these|such|the)(?: (?!of\b)[\w'\u2010\u2019-]+){{0,3}}? (?:{_NAME})\b"
    r"|[^.]{0,200}\b(?:during|after|with|following|from|by|before|between|of)"
    r" (?:the|an|each|this|these|their|such)"
    r" (?:drug|medication|medicine|infusions?|treatment|sessions?|spray|administration)"
    r"\b(?! of\b)",
    re.IGNORECASE,
)

"""Abbreviations that a text defines itself: "intensive care unit (ICU)", "BMI: body mass index".

The search for the long form follows Schwartz & Hearst 2003 (Pac Symp Biocomput 8:451-462).
"""

from __future__ import annotations

import re

_SHORT = re.compile(r"\(\s?([A-Za-z0-9][A-Za-z0-9+/-]{1,9})\s?[,;)]")
_NOTE = re.compile(
    r"(?:^|[;,.]\s|\s)([A-Z][A-Za-z0-9-]{1,9})\s?[:=,]\s?"
    r"([A-Za-z][A-Za-z'\u2019 /-]{4,80})(?=[;,.\n]|$)"
)
_LOOK_BACK = 160
_MOST = 400


def abbreviations(text: str) -> dict[str, str]:
    """Give the long form of each short form that a text defines; the first definition counts.

    >>> abbreviations("We measured body mass index (BMI) and visual acuity.")
    {'BMI': 'body mass index'}
    """
    made: dict[str, str] = {}
    for match in _SHORT.finditer(text):
        short = match[1]
        if short in made or not any(c.isupper() for c in short) or len(made) >= _MOST:
            continue
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        long = _long_form(short, re.split(r"[.;:()\n]", before)[-1])
        if long:
            made[short] = long
    return made


def noted(notes: str) -> dict[str, str]:
    """Give what the notes of a table spell out.

    >>> noted("BMI: body mass index; SD, standard deviation.")
    {'BMI': 'body mass index', 'SD': 'standard deviation'}
    """
    pairs = ((m[1], m[2].strip()) for m in _NOTE.finditer(notes[:4_000]))
    return {short: long for short, long in pairs if _long_form(short, long)}


def _long_form(short: str, before: str) -> str | None:
    """Match the letters of a short form from the right; its first must open a word."""
    letters = [c.lower() for c in short if c.isalnum()]
    words = before.split()
    candidate = " ".join(words[-min(len(letters) + 5, 2 * len(letters)) :])
    folded, at = candidate.lower(), len(candidate)
    for number, letter in enumerate(reversed(letters)):
        opens = number == len(letters) - 1
        at -= 1
        while at >= 0 and (folded[at] != letter or (opens and at and folded[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    long = candidate[at:].strip()
    return long if len(long) > len(short) and short not in long.split() else None

"""The title of a page without markup: its first line, when it can be nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.documents.bylines import byline
from probatum.documents.paragraphs import TextLine
from probatum.documents.printed_dates import labelled_date, whole_date
from probatum.documents.roles import role_of

_FURTHEST, _MOST_WORDS, _LONGEST, _INTERFACE_WORDS = 6, 30, 220, 6
_FEW = 4
# What kind of page it is, above the title.
_KICKER = re.compile(
    r"(?:for immediate release|(?:press|news|media)\s+release|fact\s?sheet"
    r"|patient (?:information|leaflet)|news|blog|opinion|feature|review|editorial|research|article"
    r"|(?:blog|news|health|original|research|review)\s+(?:article|post|news|story)|letter"
    r"|original (?:research|investigation)|short communication|brief report|open access)\s*:?",
    re.IGNORECASE,
)
_INTERFACE = re.compile(
    r"\b(?:skip to|cookies?|log ?in|sign (?:in|up)|subscribe|menu|newsletter|share (?:this|on)"
    r"|click|search|add to (?:cart|basket)|my account|read more|follow us|advertisement|toggle"
    r"|leave a reply|navigation|all rights reserved|contact us|view (?:all|in)|back to|download"
    r"|print this|basket|home ?page|javascript)\b|^home$|\u00a9|^\W*$",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"\s[>\u203a\u00bb\u2192]\s|(?:\s[|\u2022\u00b7]\s.*){2}")
_ADDRESS = re.compile(r"://|^www\.|\S@\S+\.\w|\bdoi:|^\d[\d.,/ -]*$", re.IGNORECASE)
_CHECKED = re.compile(
    r"(?:(?:medically|clinically|fact)[ -])?(?:reviewed|checked|approved|edited)\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:from|to|sent|cc|subject|re|by|date|authors?|written by|published|posted|updated|doi|pmid"
    r"|url|source|website|journal|keywords?|tags?|dear|hi|hello)\b\s*[:,]|\[\d|[\u2022*\u00b7]\s",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[a-z]{3,}[.]['\"\u201d)]?\s+[A-Z][a-z]|[a-z]{4,}\.\d")
# A line that begins with one of these and goes on at length tells, and does not name.
_TELLS = re.compile(
    r"(?:it|they|he|she|we|i|there|however|moreover|furthermore|although|because|therefore|thus|also"
    r"|additionally|while|since|in (?:this|these|our|addition|contrast|recent|a)|according to)\b",
    re.IGNORECASE,
)
_EMBARGO = re.compile(r"(?:for\s+immediate\s+release|embargo\w*)\b", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"en espa\u00f1ol|espa\u00f1ol|en fran\u00e7ais|english|deutsch", re.IGNORECASE
)
_BROKEN = re.compile(
    r"(?:as|and|but|or|which|that|of|to|in|with|was|were|is|are|be|been|by|for|from|than|then|it"
    r"|this|the|a|an|on|at|who|whose|such|so)\b|.*\b(?:is|are|was|were|has|have|had|will|can)\b"
)
_CLOSING = "\"'\u201d\u2019)] 0123456789"
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Ltd|vs|Jr|Sr|St)\.$")
_OPEN = (".", ",", ";", ":", "\u2026", "...", "\u2013", "-", "(")


def first_line_title(lines: Sequence[TextLine]) -> int | None:
    """Give the index of the line that is the title, or None when the text begins in its middle.

    Above it may stand only what pages print there: the kind of page, a date, an address, links.
    """
    for index, line in enumerate(lines[:_FURTHEST]):
        if _is_above(line.text):
            continue
        return index if _is_title(lines, index) else None
    return None


def _is_above(words: str) -> bool:
    if _KICKER.fullmatch(words) or _LANGUAGE.fullmatch(words) or _EMBARGO.match(words):
        return True
    if whole_date(words) or labelled_date(words):
        return True
    if len(words.split()) <= _INTERFACE_WORDS and _INTERFACE.search(words):
        return True
    return len(words) <= _LONGEST and bool(_TRAIL.search(words) or _ADDRESS.search(words))


def _is_title(lines: Sequence[TextLine], index: int) -> bool:
    words = lines[index].text
    if index + 1 == len(lines) or not title_like(words):
        return False
    after = lines[index + 1]
    named = words[:1].isupper() or words[:1].isdigit() or words[:1] in "\"'\u2018\u201c("
    if not named and (_BROKEN.match(words) or len(words.split()) > 12 or not after.apart):
        return False
    below = after.text
    return after.apart or _opens(below) or _is_prose(below, words) or _heads(lines, index)


def title_like(words: str) -> bool:
    """Tell whether words could be a title: short, no stop at the end, no label, no telling.

    >>> [title_like(t) for t in ("Gout: what helps", "It rained.", "By: Jane Roe")]
    [True, False, False]
    """
    count = len(words.split())
    if len(words) > _LONGEST or count > _MOST_WORDS or not re.search(r"[^\W\d_]{3}", words):
        return False
    ended = words.rstrip(_CLOSING).endswith(_OPEN) and not _ABBREVIATED.search(words)
    if ended or _LABEL.match(words) or _SENTENCES.search(words):
        return False
    signed = byline(words)
    if (count < 4 and role_of(words) != "other") or (signed and (signed.led or signed.signed)):
        return False
    return not (_TELLS.match(words) and count > 12)


def _opens(words: str) -> bool:
    """Tell whether a line is what stands below a title: a byline, a date, an address."""
    signed = byline(words)
    if signed and (signed.led or signed.signed):
        return True
    return _is_above(words) or bool(_LABEL.match(words) or _CHECKED.match(words))


def _heads(lines: Sequence[TextLine], index: int) -> bool:
    """Tell whether a line begins a few short lines, none a sentence, with a gap below them."""
    for line in lines[index + 1 : index + _FEW]:
        if line.apart:
            return True
        if len(line.text) > _LONGEST or line.text.endswith(_OPEN):
            return False
    return False


def _is_prose(words: str, title: str) -> bool:
    """Tell whether a line is a paragraph: longer than the title, and a sentence with its stop."""
    ended = words.rstrip("\"')\u201d\u2019]").endswith((".", "!", "?"))
    return ended and len(words) > len(title) and len(words.split()) > 8

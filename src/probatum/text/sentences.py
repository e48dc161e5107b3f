"""Sentence segmentation with exact offsets: citations masked, abbreviations and decimals known.

Linear in the length of the text: one scan for terminators, each judged by a bounded look around.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

MASK = "\ue000"

# A full stop after one of these never ends a sentence.
_NEVER_WORDS = """
e.g eg i.e ie vs v cf fig figs eq eqs ref refs dr prof mr mrs ms st approx ca viz resp
vol ed eds dept sect suppl ver p pp subsp sp spp var
"""
# After one of these it ends a sentence only before a word that commonly opens one.
_SELDOM_WORDS = """
al etc inc ltd co corp u.s u.k e.u a.m p.m mg kg ml mcg min max h hr hrs s sec wk wks mo yr
yrs i.v i.m s.c p.o q.d b.i.d jan feb mar apr jun jul aug sep sept oct nov dec univ
"""
_OPENER_WORDS = """
the a an this that these those it its they their there we our i he she his her in on at as of
for from with to by after before during however moreover furthermore although though while
when where if because since both all no none some many most such other another each one two
further additional finally overall thus therefore hence conversely similarly instead
patients participants studies results data treatment adverse
"""
_NEVER = frozenset(_NEVER_WORDS.split())
_SELDOM = frozenset(_SELDOM_WORDS.split())
_OPENERS = frozenset(_OPENER_WORDS.split())
# The run of MASK lets a superscript reference number stand between stop and space.
# Possessive and anchored at the start of a run: a line of full stops costs one look each.
_CLOSE = "[\"'\u201d\u2019»)\\]]{0,3}"
# The look behind stands after the sign, so that the search leaps from sign to sign.
_STOP = re.compile(rf"[.!?…](?<![.!?…].)[.!?…]*+{_CLOSE}{MASK}*+{_CLOSE}(?=\s|$)")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_LAST_WORD = re.compile(r"[\w.&/-]*$")
_NEXT_WORD = re.compile(r"[\"'\u201c\u2018«(\[]{0,3}(\w*)")
_LOOK_BACK = 24
_LIST_NUMBER = re.compile(r"^(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})$")


def mask(text: str, protected: Sequence[tuple[int, int]]) -> str:
    """Replace protected spans by a private character, so that offsets stay as they are.

    >>> mask("Seen [3]. Then", [(5, 8)]).count(MASK)
    3
    """
    pieces = []
    at = 0
    for start, end in sorted(protected):
        opens = max(start, at)
        if end > opens:
            pieces.append(text[at:opens])
            pieces.append(MASK * (end - opens))
            at = end
    pieces.append(text[at:])
    return "".join(pieces)


def sentences(text: str, protected: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Split a text into sentences: half-open spans without the white space around them.

    Parameters
    ----------
    text
        One paragraph, or several divided by blank lines.
    protected
        Spans in which nothing ends a sentence and which count as part of the sentence before:
        in-text citations.

    Examples
    --------
    >>> text = "Pain fell by 1.5 points (vs. placebo).12 Dr. A. Smith et al. agree."
    >>> [text[a:b] for a, b in sentences(text, [(38, 40)])]
    ['Pain fell by 1.5 points (vs. placebo).12', 'Dr. A. Smith et al. agree.']
    """
    masked = mask(text, protected) if protected else text
    spans: list[tuple[int, int]] = []
    at = 0
    ends = list(_stops(masked))
    if "\n" in masked:
        ends = sorted({*ends, *(m.end() for m in _BLANK_LINE.finditer(masked))})
    for end in ends:
        _append(spans, masked, at, end)
        at = end
    _append(spans, masked, at, len(masked))
    return spans


def segment(
    text: str, blocks: Sequence[tuple[int, int]], protected: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, int, int]]:
    r"""Split the blocks of a text: (start, end, index of the block), offsets in the whole text.

    Parameters
    ----------
    text
        The whole text.
    blocks
        Spans that no sentence crosses.
    protected
        Spans as in :func:`sentences`, sorted by start.

    Examples
    --------
    >>> list(segment("A title\nIt works. It helps.", [(0, 7), (8, 27)]))
    [(0, 7, 0), (8, 17, 1), (18, 27, 1)]
    """
    starts = [start for start, _ in protected]
    for index, (start, end) in enumerate(blocks):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        shifted = [(a - start, min(b, end) - start) for a, b in protected[first:last]]
        for a, b in sentences(text[start:end], shifted):
            yield start + a, start + b, index


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


def _stops(text: str) -> Iterator[int]:
    for match in _STOP.finditer(text):
        end = _trailing_citation(text, match.end())
        if end == len(text) or _ends(text, match.start(), match.group(), end):
            yield end


def _trailing_citation(text: str, end: int) -> int:
    """Take a citation that stands after the stop into the sentence before it."""
    at = end
    while at < len(text) and text[at] in " \u00a0":
        at += 1
    if at == end or at >= len(text) or text[at] != MASK:
        return end
    while at < len(text) and text[at] == MASK:
        at += 1
    after = text[at : at + 2]
    follows_capital = len(after) == 2 and after[0].isspace() and after[1].isupper()
    return at if at == len(text) or follows_capital else end


def _ends(text: str, start: int, stop: str, end: int) -> bool:
    following = _NEXT_WORD.match(text, _skip_space(text, end))
    word = following.group(1) if following else ""
    if stop[0] != "." or stop.startswith(".."):
        return not word[:1].islower() or stop[-1] in "!?"
    if word[:1].islower():
        return "\n" in text[end : end + 3] and len(_before(text, start)) > 3
    return _stop_after(text, start, word)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _before(text: str, start: int) -> str:
    word = text[max(0, start - _LOOK_BACK) : start].rpartition(" ")[2]
    if word.isalnum():  # as most are, and then the search of the pattern is not needed
        return word
    found = _LAST_WORD.search(word)
    return found.group() if found else ""


def _stop_after(text: str, start: int, following: str) -> bool:
    """Decide for a full stop at ``start`` that a capital, a digit or a sign follows."""
    before = _before(text, start)
    word = before.lower().strip("-/&")
    if word in _NEVER or (_LIST_NUMBER.match(before) and _opens_line(text, start, before)):
        return False
    if word in {"no", "nos"}:
        return not following[:1].isdigit()
    if word in _SELDOM or (len(before) == 1 and before.isupper()):
        return following.lower() in _OPENERS
    return True


def _opens_line(text: str, start: int, before: str) -> bool:
    """Whether the word before a stop opens the text, a line, or (a number) a sentence."""
    at = start - len(before)
    lead = text[max(0, at - 3) : at]
    numbered = before.isdigit() and lead.rstrip()[-1:] in {".", "!", "?", ";"} and lead[-1:] == " "
    return at == 0 or lead[-1:] == "\n" or numbered

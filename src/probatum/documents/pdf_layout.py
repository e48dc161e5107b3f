"""Lines of PDF pages become paragraphs: columns in order, no headers or footers, no hyphens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from probatum.documents.reference_list import opens_list

_DIGITS = re.compile(r"\d+")
_EDGE = 0.1
_OTHER_SIZE = 0.15
_ENDS = frozenset(".?!:)]")
_HYPHEN = re.compile(r"[\u00ad\x02]$|(?<=[^\W\d_])[-\u2010]$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ENTRY = re.compile(r"\[?(\d{1,3})(?:[.\])]\s?|\s{1,4})(?=[^\W\d_])")
_WORDS = re.compile(r"[^\W\d_]+-[^\W\d_]+")


class PdfLine(NamedTuple):
    """A piece of text with its rectangle in points; the origin is the lower left corner.

    ``size`` is that of the font in points, 0 where unknown; ``bold`` whether its strokes are.
    """

    left: float
    bottom: float
    right: float
    top: float
    text: str
    size: float = 0.0
    bold: bool = False

    @property
    def height(self) -> float:
        """Height of the letters in points: that of their font, else that of their rectangle."""
        return self.size or self.top - self.bottom


class PageLines(NamedTuple):
    """A page: number from 0, size in points, pieces of text in the order of the file."""

    number: int
    width: float
    height: float
    lines: list[PdfLine]


class Paragraph(NamedTuple):
    """A paragraph: text, whether it is large, its height, and (place in it, page) of each page."""

    text: str
    heading: bool
    height: float
    pages: tuple[tuple[int, int], ...]


class _Placed(NamedTuple):
    """A line in reading order, with its page and the left edge of its column."""

    line: PdfLine
    page: int
    edge: float


def page_paragraphs(pages: Sequence[PageLines]) -> list[Paragraph]:
    """Put the pieces of all pages into paragraphs in reading order."""
    whole = [page._replace(lines=_joined(page.lines)) for page in pages]
    repeated = _repeated(whole)
    placed: list[_Placed] = []
    for page in whole:
        kept = [line for line in page.lines if not _is_margin(line, page, repeated)]
        placed += _in_order(kept, page)
    hyphenated = {word for one in placed for word in _WORDS.findall(one.line.text.lower())}
    return [_paragraph(group, hyphenated, body) for group, body in _groups(placed)]


def _joined(pieces: Sequence[PdfLine]) -> list[PdfLine]:
    """Join the pieces of one line; raised numbers join without a space, as they stand."""
    lines: list[PdfLine] = []
    for piece in pieces:
        clean = piece._replace(text=_clean(piece.text))
        last = lines[-1] if lines else None
        if last is None or not _same_line(last, clean):
            lines.append(clean)
            continue
        gap = clean.left - last.right
        space = " " if gap > 0.18 * (last.top - last.bottom) else ""
        lines[-1] = PdfLine(
            last.left,
            min(last.bottom, clean.bottom),
            max(last.right, clean.right),
            max(last.top, clean.top),
            last.text.rstrip() + " " + clean.text.lstrip()
            if last.text[-1:].isspace() or clean.text[:1].isspace()
            else last.text + space + clean.text,
            *_style(last, clean),
        )
    return [line for line in lines if line.text.strip()]


def _style(left: PdfLine, right: PdfLine) -> tuple[float, bool]:
    """Size and weight of the longer of two pieces; bold only where both are."""
    longer = left if len(left.text) >= len(right.text) else right
    return longer.size, left.bold and right.bold


def _clean(text: str) -> str:
    return _CONTROL.sub(lambda c: "\x02" if c[0] == "\x02" else "", text)


def _same_line(left: PdfLine, right: PdfLine) -> bool:
    shared = min(left.top, right.top) - max(left.bottom, right.bottom)
    tall = max(left.top - left.bottom, right.top - right.bottom)
    near = -2 * tall < right.left - left.right < 1.6 * tall
    return near and shared > 0.4 * min(left.top - left.bottom, right.top - right.bottom)


def _repeated(pages: Sequence[PageLines]) -> frozenset[str]:
    """Texts at the edges of pages that come again on others, numbers apart."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_folded(line) for line in page.lines if _at_edge(line, page)})
    return frozenset(text for text, count in seen.items() if count > max(1, len(pages) // 4))


def _folded(line: PdfLine) -> str:
    return _DIGITS.sub("#", " ".join(line.text.lower().split()))


def _at_edge(line: PdfLine, page: PageLines) -> bool:
    return line.bottom > (1 - _EDGE) * page.height or line.top < _EDGE * page.height


def _is_margin(line: PdfLine, page: PageLines, repeated: frozenset[str]) -> bool:
    """Headers, footers and page numbers."""
    if not _at_edge(line, page):
        return False
    return _folded(line) in repeated or not any(c.isalpha() for c in line.text)


def _in_order(lines: Sequence[PdfLine], page: PageLines) -> Iterator[_Placed]:
    """Two columns are read one behind the other, between lines that cross the middle."""
    middle = page.width / 2
    band: list[PdfLine] = []
    sides = [line for line in lines if line.right < middle + 8 or line.left > middle - 8]
    right = sum(line.left > middle - 8 for line in sides)
    columns = right > 5 and len(sides) - right > 5 and len(sides) > 0.6 * len(lines)
    for line in sorted(lines, key=lambda one: (-round(one.top), one.left)):
        if columns and line.left < middle - 8 and line.right > middle + 8:
            yield from _columns(band, middle, page.number)
            band = []
            yield _Placed(line, page.number, line.left)
        else:
            band.append(line)
    yield from _columns(band, middle if columns else page.width, page.number)


def _columns(band: Sequence[PdfLine], middle: float, page: int) -> Iterator[_Placed]:
    for left in (True, False):
        side = [line for line in band if (line.left < middle - 8) == left]
        edge = min((line.left for line in side), default=0.0)
        yield from (_Placed(line, page, edge) for line in side)


class _Scale(NamedTuple):
    """Height of the running text's letters and distance of its lines, in points."""

    body: float
    pitch: float


def _scale(placed: Sequence[_Placed]) -> _Scale:
    steps = [
        a.line.bottom - b.line.bottom
        for a, b in pairwise(placed)
        if a.page == b.page and 0 < a.line.bottom - b.line.bottom < 40
    ]
    return _Scale(median([one.line.height for one in placed] or [0.0]), median(steps or [12.0]))


def _groups(placed: Sequence[_Placed]) -> Iterator[tuple[list[_Placed], float]]:
    """Divide lines into paragraphs; each with the height of the running text."""
    scale = _scale(placed)
    group: list[_Placed] = []
    listed = False
    for one in placed:
        if group and _begins(group, one, scale, listed=listed):
            yield group, scale.body
            listed = listed or opens_list(_text(group))
            group = []
        group.append(one)
    if group:
        yield group, scale.body


def _begins(group: Sequence[_Placed], one: _Placed, scale: _Scale, *, listed: bool) -> bool:
    if opens_list(one.line.text):
        return True
    if listed:
        return _begins_entry(group, one)
    return (
        opens_list(_text(group))
        or _other_font(group[-1].line, one.line, scale)
        or _begins_text(group[-1], one, scale)
    )


def _other_font(last: PdfLine, now: PdfLine, scale: _Scale) -> bool:
    """A heading, or the text behind one: another size, or bold where a sentence has ended."""
    ended = last.text.rstrip()[-1:] in _ENDS
    bold = last.bold != now.bold and (ended or last.bold)
    return bold or abs(last.height - now.height) > _OTHER_SIZE * scale.body


def _begins_entry(group: Sequence[_Placed], one: _Placed) -> bool:
    """Entries are numbered in order, or their further lines hang."""
    numbered = _ENTRY.match(group[0].line.text.strip())
    following = _ENTRY.match(one.line.text.strip())
    if numbered:
        return bool(following and 0 < int(following[1]) - int(numbered[1]) < 4)
    return one.line.left < one.edge + 4


def _begins_text(last: _Placed, one: _Placed, scale: _Scale) -> bool:
    before, now = last.line, one.line
    ended = before.text.rstrip()[-1:] in _ENDS
    if last.page != one.page or now.top > before.top:  # a column or a page further on
        return ended and now.left > one.edge + 5
    indented = one.edge + 5 < now.left < one.edge + 40 and before.left < now.left - 3
    return before.bottom - now.bottom > 1.4 * scale.pitch or (indented and ended)


def _text(group: Sequence[_Placed]) -> str:
    return " ".join(one.line.text.strip() for one in group)


def _paragraph(group: Sequence[_Placed], hyphenated: set[str], body: float) -> Paragraph:
    text, pages = "", list[tuple[int, int]]()
    for one in group:
        words = one.line.text.strip()
        text = _appended(text, words, hyphenated)
        if not pages or pages[-1][1] != one.page:
            pages.append((len(text) - len(words), one.page))
    large = len(text) < 300 and (group[0].line.height > 1.08 * body or group[0].line.bold)
    return Paragraph(text.replace("\x02", "-"), large, group[0].line.height, tuple(pages))


def _appended(text: str, words: str, hyphenated: set[str]) -> str:
    """Join two lines; a hyphen at the end goes unless the word has one elsewhere in the text."""
    if not text:
        return words
    if not _HYPHEN.search(text) or not words[:1].islower():
        return f"{text} {words}"
    head = re.split(r"\s", text[:-1])[-1].lower()
    tail = re.split(r"[^\w-]", words)[0].lower()
    kept = f"{head.rpartition('(')[2]}-{tail}" in hyphenated and text[-1] != "\u00ad"
    return f"{text[:-1]}-{words}" if kept else f"{text[:-1]}{words}"

"""JATS paragraphs: linear characters with citation markers and their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from lxml import etree

from probatum.documents.markup import Element, spoken, squeezed
from probatum.model.document import InTextCitation
from probatum.model.quick import maker

_SEPARATOR = re.compile(
    r"[\])]?\s{0,2}(?:[,;&/\u2010-\u2015\u2212-]|and|to|through)?\s{0,2}[\[(]?"
)
_DASH = re.compile(r"[\u2010-\u2015\u2212-]|to|through")
_NUMBER = re.compile(r"\D{0,3}(\d{1,4})\D{0,3}")
_RANGE = re.compile(r"\D{0,2}(\d{1,4})\s?[\u2010-\u2015\u2212-]\s?(\d{1,4})\D{0,2}")
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_BRACKETS = {"[": "]", "(": ")"}
_WIDEST_RANGE = 200
_citation_of = maker(InTextCitation)


@dataclass(frozen=True, slots=True)
class Keys:
    """The reference list: key by any id that a marker may name, number by key and back.

    ``others`` gives all ids of the article; it is asked only for markers that point elsewhere.
    """

    by_id: Mapping[str, str] = field(default_factory=dict)
    number: Mapping[str, int] = field(default_factory=dict)
    by_number: Mapping[int, str] = field(default_factory=dict)
    others: Callable[[], frozenset[str]] = frozenset


class Mark(NamedTuple):
    """One cross-reference to the reference list, before groups are merged."""

    start: int
    end: int
    keys: tuple[str, ...]


InlineHandlers = Mapping[str, Callable[["Inline", Element], None]]


class Inline:
    """Characters of one paragraph; elements met are handed to handlers.

    ``handlers`` are those of :func:`inline_handlers`; ``meet`` is given the elements that are no
    running text. Places of markers are numbers of parts until the paragraph ends, and white space
    is collapsed then, once for the whole of it: doing either piece by piece took twice the time.
    """

    __slots__ = ("_handlers", "_keys", "_marks", "_parts", "meet", "put")

    def __init__(
        self,
        keys: Keys,
        handlers: InlineHandlers,
        meet: Callable[[etree._Element], None] = lambda element: None,
    ) -> None:
        self._keys = keys
        self._handlers = handlers
        self._parts: list[str] = []
        self._marks: list[tuple[int, int, tuple[str, ...]]] = []
        self.meet = meet
        self.put = self._parts.append

    def take(self) -> tuple[str, list[Mark]]:
        """End a paragraph: its text with runs of white space as one space, and its markers."""
        parts = self._parts
        text = "".join(parts)
        marks: list[Mark] = []
        if self._marks:
            places = [0, *accumulate(map(len, parts))]
            marks = [Mark(places[start], places[end], keys) for start, end, keys in self._marks]
            self._marks = []
        parts.clear()
        if "\n" in text or "\t" in text:  # each becomes one space, and nothing moves
            text = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
        if "  " in text or text[:1] == " ":
            if marks:
                text, marks = _collapsed(text, marks)
            else:  # a tenth of the cost
                text = squeezed(text).lstrip(" ")
        return text.rstrip(" "), marks

    def walk(self, element: etree._Element) -> None:
        """Append the text of an element and of all below it."""
        put, handlers = self.put, self._handlers
        if text := element.text:
            put(text)
        if not len(element):  # a twelfth of the cost of an iterator over nothing
            return
        for child in element:
            tag = child.tag
            if tag in handlers:
                handlers[tag](self, child)
            elif len(child):
                self.walk(child)
            elif text := child.text:
                put(text)
            if text := child.tail:
                put(text)

    def cross_reference(self, element: etree._Element) -> None:
        """Append a marker and keep its place when it points to the reference list."""
        keys = self._pointed(element)
        if keys is None:
            self.walk(element)
            return
        marks, start = self._marks, len(self._parts)
        if not len(element):  # nearly always
            if text := element.text:
                self.put(text)
        elif not element.text and element[0].tag == "sup":
            self._bracketed(element)
        else:
            self.walk(element)
        end = len(self._parts)
        if marks is self._marks and start < end:  # not so when a list in it ended the paragraph
            marks.append((start, end, keys))

    def raised(self, element: etree._Element) -> None:
        """Append a superscript: a citation in brackets, a power behind ``^``."""
        if len(element) and any(map(self._is_citation, element)):
            self._bracketed(element)
            return
        before = self._parts[-1][-1:] if self._parts else ""
        if before.isdigit() and spoken(element).strip() not in _ORDINAL:
            self.put("^")
        self.walk(element)

    def formula(self, element: etree._Element) -> None:
        """Append the one of several forms of a formula that reads as text."""
        for child in element:
            if str(child.tag).endswith("math") and child.tag != "tex-math":
                self.walk(child)
                return
        for child in element:
            if child.tag not in {"tex-math", "graphic", "inline-graphic"}:
                self.walk(child)
                return

    def skip(self, element: etree._Element) -> None:
        """Leave an element out that is not text for a reader."""

    def apart(self, element: etree._Element) -> None:
        """Append an element that stands on lines of its own."""
        self.put(" ")
        self.walk(element)
        self.put(" ")

    def _is_citation(self, element: etree._Element) -> bool:
        return element.tag == "xref" and self._pointed(element) is not None

    def _pointed(self, element: etree._Element) -> tuple[str, ...] | None:
        """Keys that a marker names; None when it is not a citation whatever its type says."""
        named, by_id = element.get("rid", ""), self._keys.by_id
        if named in by_id:  # nearly always
            return (by_id[named],)
        names = named.split()
        keys = tuple(dict.fromkeys(by_id[name] for name in names if name in by_id))
        if keys:
            return keys
        if element.get("ref-type") != "bibr" or not self._keys.others().isdisjoint(names):
            return None
        return ()

    def _bracketed(self, element: etree._Element) -> None:
        bare = spoken(element).lstrip()[:1] not in _BRACKETS
        if bare:
            self.put("[")
        self.walk(element)
        if bare:
            self.put("]")


def inline_handlers(blocks: Iterable[str]) -> InlineHandlers:
    """Tell how an element in running text is read, by its name; ``blocks`` are no running text.

    What is not named here is text like any other.
    """
    return {
        **dict.fromkeys(blocks, lambda inline, element: inline.meet(element)),
        "xref": Inline.cross_reference,
        "sup": Inline.raised,
        "alternatives": Inline.formula,
        **dict.fromkeys(("tex-math", "object-id", "alt-text", "long-desc"), Inline.skip),
        **dict.fromkeys(("inline-graphic", "graphic"), Inline.skip),
        **dict.fromkeys(("break", "p", "title", "list-item", "def-item"), Inline.apart),
    }


def _collapsed(text: str, marks: Sequence[Mark]) -> tuple[str, list[Mark]]:
    """Make every run of white space one space, none in front, and move the markers along."""
    places = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    moved, length, spaced = {0: 0}, 0, True
    parts: list[str] = []
    for start, end in pairwise(places):
        piece = squeezed(text[start:end])
        if spaced and piece[:1] == " ":
            piece = piece[1:]
        if piece:
            parts.append(piece)
            length += len(piece)
            spaced = piece[-1] == " "
        moved[end] = length
    found = [Mark(moved[m.start], moved[m.end], m.keys) for m in marks]
    return "".join(parts), [mark for mark in found if mark.start < mark.end]


def citations(text: str, base: int, marks: Sequence[Mark], keys: Keys) -> list[InTextCitation]:
    """Merge the markers of one paragraph into citations; positions move by ``base``.

    Markers divided only by punctuation are one citation. "3-7" stands for all between when both
    ends are the numbers of the references that they point to.
    """
    found: list[InTextCitation] = []
    group: list[Mark] = []
    for mark in marks:
        if group and not _joined(text, group[-1], mark):
            found.append(_citation(text, base, group, keys))
            group = []
        group.append(mark)
    if group:
        found.append(_citation(text, base, group, keys))
    return found


def _joined(text: str, left: Mark, right: Mark) -> bool:
    between = right.start - left.end
    return 0 <= between <= 12 and bool(_SEPARATOR.fullmatch(text, left.end, right.start))


def _citation(text: str, base: int, group: Sequence[Mark], keys: Keys) -> InTextCitation:
    first, *others = group
    named = [*_of_mark(text, first, keys)]
    before = first
    for mark in others:
        # Some set the dash into a marker: <xref>4-</xref><xref>8</xref>.
        if _DASH.search(text, before.end - 1, mark.start + 1):
            left, right = _number(text, before, keys), _number(text, mark, keys)
            named.extend(_between(left, right, keys))
        named.extend(_of_mark(text, mark, keys))
        before = mark
    start, end = first.start, before.end
    if start and end < len(text) and _BRACKETS.get(text[start - 1]) == text[end]:
        start, end = start - 1, end + 1
    return _citation_of(base + start, base + end, tuple(dict.fromkeys(named)))


def _of_mark(text: str, mark: Mark, keys: Keys) -> Sequence[str]:
    """Keys of one marker; a range that stands within it is expanded when its ends verify."""
    if mark.end - mark.start < len("1-2") or not 1 <= len(mark.keys) <= 2:
        return mark.keys
    span = _RANGE.fullmatch(text, mark.start, mark.end)
    first, last = (int(span[1]), int(span[2])) if span else (0, 0)
    if not span or keys.number.get(mark.keys[0]) not in {first, last}:
        return mark.keys
    ends = (keys.by_number.get(first), keys.by_number.get(last))
    if None in ends or (len(mark.keys) == 2 and set(ends) != set(mark.keys)):
        return mark.keys
    return [str(ends[0]), *_between(first, last, keys), str(ends[1])]


def _number(text: str, mark: Mark, keys: Keys) -> int | None:
    """The printed number of a marker when it is the number of the reference it points to."""
    printed = _NUMBER.fullmatch(text, mark.start, mark.end)
    if not printed or len(mark.keys) != 1 or keys.number.get(mark.keys[0]) != int(printed[1]):
        return None
    return int(printed[1])


def _between(first: int | None, last: int | None, keys: Keys) -> list[str]:
    if first is None or last is None or not 1 < last - first <= _WIDEST_RANGE:
        return []
    inner = [keys.by_number.get(number) for number in range(first + 1, last)]
    return [key for key in inner if key] if all(inner) else []

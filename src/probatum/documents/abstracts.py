"""Abstracts: markup taken out, divided where labels stand."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from probatum.documents.roles import role_of
from probatum.model.document import AbstractSection
from probatum.model.quick import maker

# MEDLINE's upper-case labels ("MATERIALS AND METHODS: "), after a sentence or at the beginning.
_UPPER = re.compile(r"(?:^|(?<=[.?!)\]] )|(?<=\n))([A-Z][A-Z ,/&()'-]{2,70}):[ \n]")
_LONGEST_UPPER = 71
_LINE_LABEL = re.compile(r"^([A-Z][A-Za-z ,/&-]{2,60}):[ \t]+(?=\S)", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][\w:.-]*(?:\s[^<>]{0,500})?/?>")
_OF_LABEL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ ,/&()'-"
_LABEL_TAGS = frozenset({"strong", "b", "h2", "h3", "h4", "h5", "jats:title", "title"})
_BLOCK_TAGS = frozenset({"p", "div", "sec", "br", "li", "section", "jats:p", "jats:sec", "ul"})
_LONGEST_LABEL = 80
_section = maker(AbstractSection)


def abstract_sections(text: str) -> tuple[AbstractSection, ...]:
    """Divide an abstract by its labels; without labels it is one section without a label.

    >>> [s.label for s in abstract_sections("BACKGROUND: Why. METHODS: How.")]
    ['BACKGROUND', 'METHODS']
    >>> abstract_sections("<p><strong>Aim: </strong>To see.</p>")
    (AbstractSection(label='Aim', text='To see.'),)
    """
    return html_sections(text) if "<" in text and _TAG.search(text) else plain_sections(text)


def plain_sections(text: str) -> tuple[AbstractSection, ...]:
    """Divide an abstract without markup by its labels."""
    cuts = list(_upper_labels(text))
    if not cuts and "\n" in text and text.count(":") > 1:
        lines = list(_LINE_LABEL.finditer(text))
        cuts = lines if sum(role_of(found[1]) != "other" for found in lines) > 1 else []
    return _divided(text, cuts)


def _upper_labels(text: str) -> Iterator[re.Match[str]]:
    """Look back from each colon: the pattern at each character takes 30 times as long."""
    before, at = 0, text.find(":")
    while at >= 0:
        if text[at - 1] in _OF_LABEL and text[at + 1 : at + 2] in {" ", "\n"}:
            head = text[max(before, at - _LONGEST_UPPER) : at].rstrip(_OF_LABEL)
            start = max(before, at - _LONGEST_UPPER) + len(head)
            if found := _UPPER.search(text, start, at + 2):
                yield found
        before = at + 1
        at = text.find(":", before)


def _divided(text: str, cuts: list[re.Match[str]]) -> tuple[AbstractSection, ...]:
    if not cuts:
        return _sections([(None, text)])
    pieces: list[tuple[str | None, str]] = [(None, text[: cuts[0].start()])]
    ends = [found.start() for found in cuts[1:]] + [len(text)]
    pieces += [(found[1], text[found.end() : end]) for found, end in zip(cuts, ends, strict=True)]
    return _sections(pieces)


def _sections(pieces: list[tuple[str | None, str]]) -> tuple[AbstractSection, ...]:
    clean = [(label, one_spaced(text)) for label, text in pieces]
    return tuple([_section(label, text) for label, text in clean if text])


def one_spaced(text: str) -> str:
    r"""Make runs of white space one space.

    >>> one_spaced(" a\n  b c ")
    'a b c'
    """
    for space in "\n\xa0\t\r\f":  # a fifth of the cost of a regular expression
        if space in text:
            text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()


def without_markup(text: str) -> str:
    """Take tags and character references out of a line of text.

    >>> without_markup("Effects of <i>N</i>-acetyl &amp; p < 0.05")
    'Effects of N-acetyl & p < 0.05'
    """
    if "<" in text:
        text = _TAG.sub("", text)
    return html.unescape(text) if "&" in text else text


def html_sections(markup: str) -> tuple[AbstractSection, ...]:
    """Divide an abstract in HTML or JATS by its bold labels and headings; no markup is kept."""
    reader = _AbstractReader()
    reader.feed(markup)
    reader.close()
    pieces = [(label, "".join(parts)) for label, parts in reader.pieces]
    return plain_sections(pieces[0][1]) if len(pieces) == 1 else _sections(pieces)


class _AbstractReader(HTMLParser):
    """Text of a fragment, a new piece at each label; the standard parser resolves entities."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str | None, list[str]]] = [(None, [])]
        self._label: str | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._hidden += 1
        elif tag in _LABEL_TAGS:
            self._label = ""
        elif tag in _BLOCK_TAGS:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _LABEL_TAGS and self._label is not None:
            self._close_label(heading=tag not in {"strong", "b"})
        elif tag in _BLOCK_TAGS:
            self.handle_data("\n")

    def _close_label(self, *, heading: bool) -> None:
        words = one_spaced(self._label or "")
        self._label = None
        label = words.rstrip(" :.")
        is_label = heading or words.endswith(":") or role_of(label) != "other"
        if label.lower() == "abstract":
            return
        if label and is_label and len(label) <= _LONGEST_LABEL:
            self.pieces.append((label, []))
        else:
            self.handle_data(words)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._label is not None and len(self._label) <= _LONGEST_LABEL:
            self._label += data
            return
        parts = self.pieces[-1][1]
        if not parts:  # a colon may stand behind the label's tag
            data = data.lstrip(": ")
        if data:
            parts.append(data)

"""The linear text of a JATS article as it grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from probatum.documents.assemble import TextBuilder
from probatum.documents.formats.jats_inline import (
    Inline,
    InlineHandlers,
    Keys,
    citations,
    inline_handlers,
)
from probatum.documents.markup import Element
from probatum.model.document import BlockKind, InTextCitation, Reference, SectionRole, Table

Handler = Callable[["ArticleText", Element], None]
_FLOATING = frozenset({"fig", "table-wrap", "fig-group", "table-wrap-group", "fn"})
_FLOATING |= {"supplementary-material"}
_IN_CELLS = inline_handlers(())


class ArticleText:
    """Blocks, citations and tables, and where in the sections the walk is.

    ``handlers`` read the elements that are no running text. One that is found within a paragraph
    ends it, but a float waits until the paragraph is over. ``in_text`` are the inline handlers of
    running text.
    """

    def __init__(
        self,
        keys: Keys,
        references: Mapping[str, Reference],
        handlers: Mapping[str, Handler],
        in_text: InlineHandlers,
    ) -> None:
        self.builder = TextBuilder()
        self.citations: list[InTextCitation] = []
        self.tables: list[Table] = []
        self.places: dict[str, tuple[int, int]] = {}
        self.references = references
        self.keys = keys
        self.path: tuple[str, ...] = ()
        self.role: SectionRole = "other"
        self.kind: BlockKind = "paragraph"
        self.depth = 0
        self.handlers = handlers
        self._floats: list[etree._Element] = []
        self.inline = Inline(keys, in_text, self._meet)
        self.cells = Inline(keys, _IN_CELLS)

    def paragraph(self, element: etree._Element) -> None:
        """Read an element as one block; floats met on the way follow it."""
        self.inline.walk(element)
        self.flush()
        if self._floats:
            self.float()

    def float(self) -> None:
        """Write the floats that wait."""
        while self._floats:
            waiting = self._floats.copy()
            self._floats.clear()
            for element in waiting:
                self.handlers[str(element.tag)](self, element)

    def flush(self) -> str:
        """End a block: write it, place its citations, give its text."""
        text, marks = self.inline.take()
        if text:
            start, _ = self.builder.block(text, self.kind, self.path, self.role)
            if marks:
                self.citations.extend(citations(text, start, marks, self.keys))
        return text

    def _meet(self, element: etree._Element) -> None:
        if element.tag in _FLOATING:
            self._floats.append(element)
        else:
            self.flush()
            self.handlers[str(element.tag)](self, element)

    def within(self, kind: BlockKind, title: str = "", role: SectionRole | None = None) -> _Within:
        """Read what follows as blocks of this kind, in a section of this title and role."""
        before = _Within(self, self.kind, self.path, self.role)
        self.kind = kind
        if title:
            self.path = (*self.path, title)
        if role:
            self.role = role
        self.depth += 1
        return before


class _Within:
    """Where the walk was before it went into something; contextlib takes thrice the time."""

    __slots__ = ("kind", "path", "role", "text")

    def __init__(
        self, text: ArticleText, kind: BlockKind, path: tuple[str, ...], role: SectionRole
    ) -> None:
        self.text, self.kind, self.path, self.role = text, kind, path, role

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        text = self.text
        text.depth -= 1
        text.kind, text.path, text.role = self.kind, self.path, self.role

"""One sentence of a document to appraise."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.document import Block


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: code points [start, end) of the document's text, and its block."""

    start: int
    end: int
    text: str
    block: Block

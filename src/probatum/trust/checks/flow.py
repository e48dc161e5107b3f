"""An article's numbers of people against each other: randomised, allotted, in a table's header."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.text.arm_sizes import header_cells
from probatum.text.whole_flow import Said, whole_flow
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_KINDS = frozenset({"article", "record"})  # a page speaks of several trials
_EXPLANATION = "Another place of the document counts the same people otherwise."


def flow_numbers(subject: Subject) -> Iterator[Sign]:
    """Numbers of people that another place contradicts; each place once, with both quoted."""
    document = subject.document
    if document.kind not in _KINDS:
        return
    said = [
        Said(s.start, s.text, s.block.role)
        for s in subject.sentences
        if s.block.kind not in {"title", "heading"}
    ]
    tables = [header_cells(document.text, table.cells) for table in document.tables]
    marked: set[tuple[int, int]] = set()
    for found in whole_flow(said, tables):
        start, end = found.here.start, found.here.end
        if found.check.verdict == "disagrees" and (start, end) not in marked:
            marked.add((start, end))
            check = found.check
            evidence = f"{check.rule}: expected {check.expected}, found {check.found}"
            yield Sign(_EXPLANATION, evidence, start, end)

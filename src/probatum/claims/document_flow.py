"""Numbers of people over a whole document, as results whose checks quote both places."""

from __future__ import annotations

from collections.abc import Sequence

from probatum.claims.passages import Passage
from probatum.model.claim import NumberCheck, Result
from probatum.model.document import Document
from probatum.text.arm_sizes import header_cells
from probatum.text.digest import short_id
from probatum.text.whole_flow import FlowFinding, Said, whole_flow

_KINDS = frozenset({"article", "record"})  # a page speaks of several trials


def flow_results(document: Document, found: Sequence[Passage]) -> list[Result]:
    """Give a result for each number of people that another place bears out or contradicts.

    Its span is the later place; the check names both, with their characters. Linear in the text.
    """
    if document.kind not in _KINDS:
        return []
    said = [Said(p.start, p.text, p.block.role) for p in found if p.is_prose]
    tables = [header_cells(document.text, table.cells) for table in document.tables]
    return [_result(document, one) for one in whole_flow(said, tables)]


def _result(document: Document, found: FlowFinding) -> Result:
    start, end, check = found.here.start, found.here.end, found.check
    return Result(
        id=short_id(document.id, start, end, f"{check.rule} {found.other.start}"),
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        checks=(NumberCheck(check.rule, check.verdict, check.expected, check.found),),
    )

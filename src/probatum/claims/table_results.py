"""Results in tables: the arms of every data row whose columns are the arms of a trial."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from probatum.claims.arm_names import ArmNames, sides
from probatum.claims.grids import Grid, Row, Surroundings, cell_text, grid, surroundings
from probatum.claims.printed_rows import PrintedArm, PrintedRow
from probatum.claims.row_checks import row_checks
from probatum.claims.spread_checks import scale_checks
from probatum.claims.table_arms import Told, has_value, table_arm
from probatum.claims.words import Words
from probatum.model.claim import Arm, NumberCheck, Result
from probatum.model.document import Cell, Document
from probatum.model.pack import Scale
from probatum.text.cells import cell_value, group_size
from probatum.text.concepts import Concept, concepts, nearest
from probatum.text.digest import short_id
from probatum.text.group_numbers import Spread, stated_spread
from probatum.text.number_checks import Check
from probatum.text.numbers import Printed
from probatum.text.quantities import time_point
from probatum.text.rating_scales import rating_scale

_NO_ARM = re.compile(
    r"\bp\b|p[- ]?value|difference|\bci\b|confidence|odds|ratio|effect size|\btotal\b|overall"
    r"|\ball\b|statistic|\bdf\b|change from|reference|ref\.",
    re.IGNORECASE,
)
# A column of a time is no arm; "Drug X | Week 4" is one.
_TIME = re.compile(
    r"\W*(?:baseline|pre|post|before|after|end|final|initial|t\d|(?:day|week|month|year|visit)s?\W*\d{1,4}"
    r"|\d{1,4}\W*(?:min(?:ute)?s?|h(?:ours?|rs?)?|days?|weeks?|wks?|months?|mos?|years?|yrs?)\w?"
    r"|[-\s,|]|treatment|intervention|follow|up|at|to|\d)+\W*",
    re.IGNORECASE,
)
_P_COLUMN = re.compile(r"\bp\b|p[- ]?value", re.IGNORECASE)
_BASELINE = re.compile(
    r"characteristics|demographic|(?:at|pre-?) ?baseline\b|^baseline (?!and|to)", re.IGNORECASE
)
# Values that are no plain scores of persons: their means need not fit the scale.
_NO_SCORE = re.compile(
    r"change|differen|reduc|improve|adjust|least[- ]squares|\bLSM?\b|estimat|imput|model|percent|%"
    r"|\bitems?\b|subscale|standardi[sz]ed|\bz\b|auc|area under|log|average of|mean of",
    re.IGNORECASE,
)
_MOST = 400  # results of one table


@dataclass(frozen=True, slots=True)
class _Sheet:
    document: Document
    around: Surroundings
    words: Words
    arms: tuple[tuple[int, str, int | None], ...]
    p_column: int | None
    told: str
    names: ArmNames
    usual: Spread | None


def table_results(document: Document, words: Words) -> list[Result]:
    """Read the tables of a document but those of baseline values.

    A row gives a result when two or more columns are arms and their cells hold counts, shares,
    means or medians. A spread is what the table calls it, else what the document says of its
    values; one that has no name is kept out.
    """
    made: list[Result] = []
    names, usual = ArmNames(document, words), stated_spread(document.text)
    for table in document.tables:
        around = surroundings(document, table) if table.cells else None
        if around is None or _BASELINE.search(around.caption):
            continue
        laid = grid(document, table)
        sheet = _sheet(document, around, laid, (words, names, usual))
        if len(sheet.arms) >= 2:
            found = (result for row in laid.rows for result in _of_row(sheet, row))
            made.extend(result for result, _ in zip(found, range(_MOST), strict=False))
    return made


def _sheet(
    document: Document,
    around: Surroundings,
    laid: Grid,
    known: tuple[Words, ArmNames, Spread | None],
) -> _Sheet:
    words, names, usual = known
    sizes = _size_row(document, laid)
    arms = []
    for at, label in enumerate(laid.columns[1:], 1):
        valued = [r for r in laid.rows if has_value(cell_text(document, r.cells[at]))]
        if (
            label
            and not _TIME.fullmatch(label)
            and len(valued) * 2 >= len(laid.rows)
            and not _NO_ARM.search(label)
        ):
            arms.append((at, label, group_size(label) or sizes.get(at)))
    p_columns = [at for at, label in enumerate(laid.columns) if at and _P_COLUMN.search(label)]
    opening = laid.columns[0] if laid.columns else ""
    told = f"{around.caption} {opening} {around.notes}"
    p_column = p_columns[0] if len(p_columns) == 1 else None
    return _Sheet(document, around, words, tuple(arms), p_column, told, names, usual)


def _size_row(document: Document, laid: Grid) -> dict[int, int]:
    """Read group sizes from a first row such as "n | 30 | 31"."""
    for row in laid.rows[:2]:
        if re.fullmatch(
            r"(?:n|no\.? of (?:patients|subjects|participants)|number)", row.label.strip().lower()
        ):
            found = {
                at: cell_value(cell_text(document, cell))
                for at, cell in enumerate(row.cells[1:], 1)
            }
            return {at: int(v.first.value) for at, v in found.items() if v and v.form == "number"}
    return {}


def _of_row(sheet: _Sheet, row: Row) -> Iterator[Result]:
    arms, printed, seen = [], [], set[int]()
    for at, label, n in sheet.arms:
        cell = row.cells[at]
        if cell is None or cell.start in seen:  # a cell over several columns is one value
            continue
        seen.add(cell.start)
        told = Told(row.label, label, sheet.told, sheet.usual)
        found = table_arm(label, n, cell_text(sheet.document, cell), told)
        if found:
            arms.append(_given(found[0], sheet.names))
            printed.append(found[1])
    if len(arms) >= 2 and len({_measured(arm) for arm in arms}) == 1:
        yield _result(sheet, row, arms, printed)


def _given(arm: Arm, names: ArmNames) -> Arm:
    given = names.given(arm.label)
    return replace(arm, treatment=given.id, dose=given.dose)


def _measured(arm: Arm) -> str:
    """Name what an arm's numbers are: those of one row are of one kind."""
    if arm.median is not None:
        return "median"
    return "mean" if arm.mean is not None else "count"


def _result(sheet: _Sheet, row: Row, arms: list[Arm], printed: list[PrintedArm]) -> Result:
    document, words = sheet.document, sheet.words
    cells = [cell for cell in row.cells if cell is not None]
    start, end = min(c.start for c in cells), max(c.end for c in cells)
    told = concepts(words.matcher, f"{row.label} . {sheet.told}")
    drug, comparator = sides([sheet.names.given(arm.label) for arm in arms])
    scale = nearest(told, ("scale",), 0)
    outcome = nearest(told, ("outcome", "harm"), 0)
    cell = f"{sheet.around.label}, row {row.number + 1}: {row.label}"
    return Result(
        id=short_id(document.id, start, end, "cells"),
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        intervention=drug,
        comparator=comparator,
        outcome=_outcome(outcome, scale, words),
        scale=scale.id if scale else None,
        time_point=time_point(f"{row.label} {sheet.told}"),
        cell=cell[:200],
        arms=tuple(arms),
        checks=(*_checks(sheet, row, printed), *_of_scale(sheet, row, printed, scale)),
        label=row.label[:200] or None,
        p=_p_of(sheet, row),
    )


def _p_of(sheet: _Sheet, row: Row) -> str | None:
    cell = row.cells[sheet.p_column] if sheet.p_column else None
    text = cell_text(sheet.document, cell)
    return text if 0 < len(text) <= 12 and any(c.isdigit() for c in text) else None


def _outcome(outcome: Concept | None, scale: Concept | None, words: Words) -> str | None:
    return outcome.id if outcome else words.scales.get(scale.id) if scale else None


def _checks(sheet: _Sheet, row: Row, printed: list[PrintedArm]) -> tuple[NumberCheck, ...]:
    if len(printed) != 2:
        return ()
    p: Cell | None = row.cells[sheet.p_column] if sheet.p_column else None
    found = row_checks(PrintedRow(printed[0], printed[1], p=cell_text(sheet.document, p) or None))
    return tuple(_noted(check, printed) for check in found)


def _of_scale(
    sheet: _Sheet, row: Row, printed: list[PrintedArm], scale: Concept | None
) -> Iterator[NumberCheck]:
    """Hold means and SDs against the range and the whole numbers of their scale."""
    if _NO_SCORE.search(f"{sheet.told} {row.label}"):
        return
    rated, items = _rated(sheet, row, scale)
    if rated is None:
        return
    for arm in printed:
        for check in scale_checks(rated, arm, items):
            yield NumberCheck(check.rule, check.verdict, check.expected, check.found)


def _rated(sheet: _Sheet, row: Row, scale: Concept | None) -> tuple[Scale | None, int]:
    """Give the scale that row or caption names (notes name those of other rows), and its items.

    The vocabulary's comes first, then one in common use.
    """
    caption = sheet.around.caption
    near = concepts(sheet.words.matcher, f"{row.label} . {caption}") if scale else []
    if scale and scale.id in {c.id for c in near}:
        return sheet.words.rated[scale.id], 1
    common = rating_scale(row.label) or rating_scale(caption)
    if common is None:
        return None, 1
    name, items = common.name, common.items
    return Scale(name, name, low=common.low, high=common.high, whole=True), items


def _noted(check: Check, printed: list[PrintedArm]) -> NumberCheck:
    """Note a check; a share of fewer people than the column's n may be of those measured."""
    verdict = check.verdict
    if check.rule == "percentage-of-counts" and verdict == "disagrees" and _fewer(printed):
        verdict = "cannot_tell"
    return NumberCheck(check.rule, verdict, check.expected, check.found)


def _fewer(printed: list[PrintedArm]) -> bool:
    return any(
        100 * float(arm.events) / float(arm.n) < Printed(arm.percent).value
        for arm in printed
        if arm.events and arm.n and arm.percent
    )

"""Results in tables: the arms of every data row whose columns are the arms of a trial."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from probatum.claims.grids import Grid, Row, Surroundings, cell_text, grid, surroundings
from probatum.claims.printed_rows import PrintedArm, PrintedRow
from probatum.claims.row_checks import row_checks
from probatum.claims.spread_checks import scale_checks
from probatum.claims.words import Words
from probatum.model.claim import Arm, NumberCheck, Result
from probatum.model.document import Cell, Document
from probatum.model.pack import Scale
from probatum.text.cells import CellValue, cell_value, group_size
from probatum.text.concepts import Concept, concepts, nearest
from probatum.text.digest import short_id
from probatum.text.number_checks import Check
from probatum.text.numbers import Printed
from probatum.text.quantities import time_point
from probatum.text.rating_scales import rating_scale

_NO_ARM = re.compile(
    r"\bp\b|p[- ]?value|difference|\bci\b|confidence|odds|ratio|effect size|\btotal\b|overall"
    r"|\ball\b|statistic|\bdf\b|change from|reference|ref\.",
    re.IGNORECASE,
)
_P_COLUMN = re.compile(r"\bp\b|p[- ]?value", re.IGNORECASE)
_BASELINE = re.compile(
    r"characteristics|demographic|(?:at|pre-?) ?baseline\b|^baseline (?!and|to)", re.IGNORECASE
)
_OTHER_SPREAD = re.compile(
    r"\bmedians?\b|\bSEM?\b|standard errors?|\bs\.e\.|\bIQR\b|interquartile|\brange\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"%|\bno\.|number of|\bn\b|percent|frequency|incidence", re.IGNORECASE)
_DEVIATION = re.compile(r"\bSD\b|s\.d\.|standard deviations?|±", re.IGNORECASE)
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


def table_results(document: Document, words: Words) -> list[Result]:
    """Read the tables of a document but those of baseline values.

    A row gives a result when two or more columns are arms and their cells hold counts (with a
    share or a total) or means with SDs. Spreads that the table calls something else (SE, IQR,
    interval) are never taken for SDs.
    """
    made: list[Result] = []
    for table in document.tables:
        around = surroundings(document, table) if table.cells else None
        if around is None or _BASELINE.search(around.caption):
            continue
        laid = grid(document, table)
        sheet = _sheet(document, around, laid, words)
        if len(sheet.arms) >= 2:
            found = (result for row in laid.rows for result in _of_row(sheet, row))
            made.extend(result for result, _ in zip(found, range(_MOST), strict=False))
    return made


def _sheet(document: Document, around: Surroundings, laid: Grid, words: Words) -> _Sheet:
    sizes = _size_row(document, laid)
    arms = []
    for at, label in enumerate(laid.columns[1:], 1):
        valued = [r for r in laid.rows if cell_value(cell_text(document, r.cells[at]))]
        if label and len(valued) * 2 >= len(laid.rows) and not _NO_ARM.search(label):
            arms.append((at, label, group_size(label) or sizes.get(at)))
    p_columns = [at for at, label in enumerate(laid.columns) if at and _P_COLUMN.search(label)]
    opening = laid.columns[0] if laid.columns else ""
    told = f"{around.caption} {opening} {around.notes}"
    p_column = p_columns[0] if len(p_columns) == 1 else None
    return _Sheet(document, around, words, tuple(arms), p_column, told)


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
    read = [(arm, cell_value(cell_text(sheet.document, row.cells[arm[0]]))) for arm in sheet.arms]
    context = f"{sheet.told} {row.label} {' '.join(label for _, label, _ in sheet.arms)}"
    arms, printed = [], []
    for (_, label, n), value in read:
        pair = _arm(label, n, value, context) if value else None
        if pair:
            arms.append(pair[0])
            printed.append(pair[1])
    if len(arms) >= 2 and len({arm.events is None for arm in arms}) == 1:
        yield _result(sheet, row, arms, printed)


def _arm(
    label: str, n: int | None, value: CellValue, context: str
) -> tuple[Arm, PrintedArm] | None:
    first, second = value.first, value.second
    size = str(n) if n else None
    made = None
    if second is None:
        return made
    if value.form == "count-total":
        made = Arm(label, int(second.value), first.value), PrintedArm(second.text, first.text)
    elif value.form == "number-bracket" and _is_share(value, n, context):
        made = Arm(label, n, first.value), PrintedArm(size, first.text, second.text)
    elif _is_deviation(value, context):
        printed = PrintedArm(size, mean=first.text, sd=second.text)
        made = Arm(label, n, None, first.value, second.value), printed
    return made


def _is_deviation(value: CellValue, context: str) -> bool:
    """Whether a second number is an SD: the table says so, and names no other spread."""
    second = value.second
    if second is None or second.value < 0 or value.percent or _OTHER_SPREAD.search(context):
        return False
    return value.form == "plus-minus" or bool(_DEVIATION.search(context))


def _is_share(value: CellValue, n: int | None, context: str) -> bool:
    first, second = value.first, value.second
    if second is None or not first.value.is_integer() or first.value < 0 or second.value > 100:
        return False
    if n:
        near = abs(100 * first.value / n - second.value) <= 2 * second.half_unit + 1.0
        return near and first.value <= n
    return value.percent or bool(_SHARE.search(context) and not _DEVIATION.search(context))


def _result(sheet: _Sheet, row: Row, arms: list[Arm], printed: list[PrintedArm]) -> Result:
    document, words = sheet.document, sheet.words
    cells = [cell for cell in row.cells if cell is not None]
    start, end = min(c.start for c in cells), max(c.end for c in cells)
    told = concepts(words.matcher, f"{row.label} . {sheet.told}")
    drugs = [nearest(concepts(words.matcher, arm.label), ("drug",), 0) for arm in arms]
    drug = next((d for d in drugs if d), None)
    named = (nearest(concepts(words.matcher, arm.label), ("comparator",), 0) for arm in arms)
    comparator = next((c for c in named if c), None)
    scale = nearest(told, ("scale",), 0)
    outcome = nearest(told, ("outcome", "harm"), 0)
    cell = f"{sheet.around.label}, row {row.number + 1}: {row.label}"
    return Result(
        id=short_id(document.id, start, end, "cells"),
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        intervention=drug.id if drug else None,
        comparator=comparator.id if comparator else None,
        outcome=_outcome(outcome, scale, words),
        scale=scale.id if scale else None,
        time_point=time_point(f"{row.label} {sheet.told}"),
        cell=cell[:200],
        arms=tuple(arms),
        checks=(*_checks(sheet, row, printed), *_of_scale(sheet, row, printed, scale)),
    )


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

"""Study rows as a page shows them: arms in a line, everything printed, where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from probatum.atlas.page import Cell, DataTable
from probatum.atlas.wording import interval, number, printed
from probatum.model.effect import Effect, Pooled
from probatum.model.pack import SourceLink, StudyRow


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A study row with the effect that was made of it, or why none was."""

    row: StudyRow
    effect: Effect | None
    reason: str | None
    treated: str
    control: str
    told: tuple[tuple[str, str], ...]


def study_lines(rows: Sequence[StudyRow], pooled: Pooled) -> list[StudyLine]:
    """Join the rows of a question with what pooling made of them, in the pack's order."""
    effects = {effect.row_id: effect for effect in pooled.effects}
    reasons = {exclusion.row_id: exclusion.reason for exclusion in pooled.excluded}
    lines = []
    for row in rows:
        effect = effects.get(row.row_id)
        left_out = effect.left_out if effect else None
        reason = left_out or reasons.get(row.row_id) or (None if effect else row.not_pooled)
        arms = (
            arm(row.n_exp, row.events_exp, row.pct_exp, (row.mean_exp, row.sd_exp)),
            arm(row.n_ctl, row.events_ctl, row.pct_ctl, (row.mean_ctl, row.sd_ctl)),
        )
        lines.append(StudyLine(row, effect, reason, *arms, everything(row)))
    return lines


def arm(
    n: float | None,
    events: float | None,
    percent: float | None,
    spread: tuple[float | None, float | None],
) -> str:
    r"""Write one arm in a line.

    >>> arm(30, 12, None, (None, None)), arm(12, None, None, (56, 31.176915))
    ('12/30', '56.00 (SD\xa031.18), n\xa012')
    >>> arm(None, None, None, (None, None))
    '–'
    """
    told = []
    mean, sd = spread
    if events is not None:
        told.append(f"{printed(events)}/{printed(n)}")
    elif percent is not None:
        told.append(f"{printed(percent)}%")
    if mean is not None:
        told.append(number(mean) + (f" (SD\u00a0{number(sd)})" if sd is not None else ""))
    if n is not None and events is None:
        told.append(f"n\u00a0{printed(n)}")
    return ", ".join(told) or printed(None)


HIDDEN = frozenset({"sources", "reversed_in_source", "crossover"})


def everything(row: StudyRow) -> tuple[tuple[str, str], ...]:
    """Give every value of a row that is not empty, by field, as printed."""
    told = []
    for field in fields(row):
        value = getattr(row, field.name)
        if isinstance(value, tuple):
            value = ", ".join(map(str, value))
        if field.name not in HIDDEN and value not in (None, ""):
            told.append((field.name.replace("_", " "), printed(value)))
    told += [
        (f.replace("_", " "), "yes") for f in ("reversed_in_source", "crossover") if _is(row, f)
    ]
    return tuple(told)


def _is(row: StudyRow, name: str) -> bool:
    return getattr(row, name) is True


def printed_effect(row: StudyRow) -> str:
    """Write the effect as the source prints it."""
    if row.effect is None:
        return printed(None)
    bounds = ""
    if row.ci_low is not None and row.ci_high is not None:
        bounds = f" ({printed(row.ci_level or 95)}% {interval(row.ci_low, row.ci_high)})"
    return f"{row.effect_measure or ''} {number(row.effect)}{bounds}".strip()


def _flat(sources: Sequence[SourceLink]) -> str:
    return " | ".join(f"{s.url} ({s.locator or 'whole document'})" for s in sources)


def rows_table(rows: Sequence[StudyRow], name: str, title: str) -> DataTable:
    """Give study rows as a table with every column of the pack."""
    columns = tuple(field.name for field in fields(StudyRow))
    return DataTable(name, title, columns, (_cells(row, columns) for row in rows))


def _cells(row: StudyRow, columns: Sequence[str]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for column in columns:
        value = getattr(row, column)
        if column == "sources":
            value = _flat(row.sources)
        elif isinstance(value, tuple):
            value = " ".join(map(str, value))
        cells.append(value)
    return tuple(cells)

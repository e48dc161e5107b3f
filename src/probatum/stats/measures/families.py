"""How the fields of a call become what a formula takes: checks and the zero-cell rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from probatum.errors import UsageError
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.measures.binary import Table
from probatum.stats.measures.fields import Fields
from probatum.stats.measures.means import TwoMeans
from probatum.stats.measures.table import Measure
from probatum.stats.measures.zeros import adjusted


@dataclass(frozen=True, slots=True)
class Options:
    """The kind of variance, how zero cells are treated, how messages call the studies."""

    vtype: str | None = None
    add: float = 0.5
    to: str = "only0"
    drop00: bool = False
    labels: inputs.Labels = None


Made = tuple[Any, Floats]


def _take(row: Measure, fields: dict[str, Floats]) -> list[Floats]:
    missing = [name for name in row.needs if name not in fields]
    extra = sorted(set(fields) - set(row.needs))
    if missing or extra:
        told = f"missing: {', '.join(missing)}" if missing else f"not used: {', '.join(extra)}"
        raise UsageError(f"{row.name} needs {', '.join(row.needs)}; {told}")
    return [fields[name] for name in row.needs]


def _counts(names: Sequence[str], values: Sequence[Floats], labels: inputs.Labels) -> None:
    for name, column in zip(names, values, strict=True):
        good = ~(column < 0) & ~np.isinf(column)
        inputs.require(good, column, name, "a count of 0 or more", labels)


def _at_most(events: str, total: str, fields: dict[str, Floats], labels: inputs.Labels) -> None:
    good = ~(fields[events] > fields[total])
    inputs.require(good, fields[events], events, f"at most {total}", labels)


def _cells(row: Measure, fields: dict[str, Floats], options: Options) -> list[Floats]:
    """Return the four cell counts, from cells or from events and totals."""
    cells = dict(fields)
    for events, others, total in (("ai", "bi", "n1i"), ("ci", "di", "n2i")):
        if total in cells and events in cells:
            _at_most(events, total, cells, options.labels)
            n = cells.pop(total)
            cells.setdefault(others, n - cells[events])
    counts = _take(row, cells)
    _counts(row.needs, counts, options.labels)
    return counts


def _two_by_two(row: Measure, fields: dict[str, Floats], options: Options) -> Made:
    counts = _cells(row, fields, options)
    new = adjusted(counts, options.add, options.to)
    if options.drop00:
        a, b, c, d = counts
        empty = ((a == 0) & (c == 0)) | ((b == 0) & (d == 0))
        new = [np.where(empty, np.nan, values) for values in new]
        counts = [np.where(empty, np.nan, values) for values in counts]
    raw = (counts[0], counts[1], counts[2], counts[3])
    return Table(new[0], new[1], new[2], new[3], raw), _changed(counts, new)


def _paired(row: Measure, fields: dict[str, Floats], options: Options) -> Made:
    counts = _cells(row, fields, options)
    new = adjusted(counts, options.add, options.to)
    names = row.needs
    made = Fields(dict(zip(names, new, strict=True)), dict(zip(names, counts, strict=True)))
    return made, _changed(counts, new)


def _changed(old: Sequence[Floats], new: Sequence[Floats]) -> Floats:
    with np.errstate(invalid="ignore"):
        changed = np.nan_to_num(new[0] - old[0]) != 0
    return np.where(changed, 1.0, 0.0)


def _rates(row: Measure, fields: dict[str, Floats], options: Options) -> Made:
    taken = dict(zip(row.needs, _take(row, fields), strict=True))
    events = [name for name in row.needs if name.startswith("x")]
    _counts(events, [taken[name] for name in events], options.labels)
    for name in row.needs:
        if name.startswith("t"):
            inputs.require(~(taken[name] <= 0), taken[name], name, "above 0", options.labels)
    old = [taken[name] for name in events]
    new = adjusted(old, options.add, options.to)
    return Fields({**taken, **dict(zip(events, new, strict=True))}, taken), _changed(old, new)


def _proportion(row: Measure, fields: dict[str, Floats], options: Options) -> Made:
    x, n = _take(row, fields)
    _counts(row.needs, [x, n], options.labels)
    _at_most("xi", "ni", fields, options.labels)
    new = adjusted([x, n - x], options.add, options.to)
    made = Fields({"xi": new[0], "ni": new[0] + new[1]}, {"xi": x, "ni": n})
    return made, _changed([x], new)


def _two_means(row: Measure, fields: dict[str, Floats], options: Options) -> Made:
    taken = _take(row, fields)
    _plausible(row.needs, taken, options.labels)
    return TwoMeans(*taken), np.zeros(len(taken[0]))


def _plain(row: Measure, fields: dict[str, Floats], options: Options) -> Made:
    taken = _take(row, fields)
    _plausible(row.needs, taken, options.labels)
    return Fields(dict(zip(row.needs, taken, strict=True))), np.zeros(len(taken[0]))


def _plausible(names: Sequence[str], values: Sequence[Floats], labels: inputs.Labels) -> None:
    """Refuse what is impossible by the field's name: a size below 1, a correlation above 1."""
    for name, column in zip(names, values, strict=True):
        if name.startswith("sd"):
            inputs.require(~(column < 0), column, name, "0 or more", labels)
        elif name.startswith("n"):
            inputs.require(~(column < 1), column, name, "1 or more", labels)
        elif name == "ri":
            inputs.require(~(np.abs(column) > 1), column, name, "-1 to 1", labels)
        elif name == "r2i":
            inputs.require(~((column < 0) | (column > 1)), column, name, "0 to 1", labels)


FAMILIES: dict[str, Callable[[Measure, dict[str, Floats], Options], Made]] = {
    "2x2": _two_by_two,
    "paired 2x2": _paired,
    "rates": _rates,
    "rate": _rates,
    "proportion": _proportion,
    "means": _two_means,
    "plain": _plain,
}

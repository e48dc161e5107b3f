"""Candidates in tables: the two arms of every row or column whose arms are those asked for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from probatum.claims.lookup.arms import Arms, Sides, sides
from probatum.claims.lookup.asked import FoundArm, OutcomeKind, Value
from probatum.claims.lookup.entries import Entry, Sheet, without_size
from probatum.claims.lookup.readings import (
    read_apart,
    read_binary,
    read_means,
    read_size,
    spread_told,
    statistic,
)
from probatum.claims.lookup.topics import Topic, tells_change, topic

_UNIT = re.compile(r"^(?:[\w-]+ ){0,2}?\(?(week|day|month|year|hour|minute)s?\)?$", re.IGNORECASE)
Sizes = tuple[Value | None, Value | None]
_KINDS: tuple[OutcomeKind, ...] = ("binary", "continuous")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two arms that may answer: what they are about, how sure the arms are, where they stand."""

    arms: tuple[FoundArm, FoundArm]
    kind: OutcomeKind
    about: Topic
    spoken: frozenset[str]
    sides: float
    where: str
    start: int
    end: int

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """The numbers of the outcome, to compare candidates."""
        return tuple(
            value.value if value else None
            for arm in self.arms
            for value in (arm.events, arm.mean, arm.sd)
        )


def table_candidates(
    sheet: Sheet, arms: Arms, kind: OutcomeKind | None, usual: str, sizes: Sizes
) -> Iterator[Candidate]:
    """Give the candidates of one table.

    ``usual`` is how the text says that it reports means, ``sizes`` those of the arms where the
    row prints none.
    """
    listed: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in sheet.entries:
        for axis, label in entry.parts:
            listed[axis].setdefault(without_size(label))
    found = sides(arms, [(axis, tuple(labels)) for axis, labels in listed.items()])
    if not found:
        return
    side = found[0]
    for cells in _pairs(sheet.entries, side):
        for one in (kind,) if kind else _KINDS:
            candidate = _candidate(sheet, side, _sized(cells, sizes), one, usual)
            if candidate is not None:
                yield candidate


def _sized(cells: _Cells, sizes: Sizes) -> _Cells:
    left, right = (own or usual for own, usual in zip(cells.sizes, sizes, strict=True))
    return replace(cells, sizes=(left, right))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of both arms that share a row or column, and the labels they share."""

    intervention: list[Entry]
    comparator: list[Entry]
    labels: tuple[tuple[str, str], ...]
    sizes: tuple[Value | None, Value | None]


def _pairs(entries: Sequence[Entry], side: Sides) -> Iterator[_Cells]:
    """Group the cells of the two arms by what else stands over and beside them."""
    groups: dict[object, tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    sizes: dict[tuple[int, int], list[tuple[int, Value | None]]] = defaultdict(list)
    owners = _owners(entries)
    for entry in entries:
        own = next((without_size(p) for axis, p in entry.parts if axis == side.axis), "")
        if own not in (side.intervention, side.comparator):
            continue
        which = 0 if own == side.intervention else 1
        if statistic(p for axis, p in entry.parts if axis != side.axis) == "n":
            cell = entry.cell
            plain = entry.text.replace(",", "")
            line = entry.row if side.stands_in_rows else -1
            known = Value(float(plain), cell.start, cell.end) if plain.isdigit() else None
            sizes[which, line].append((entry.column, known))
            continue
        groups[_key(entry, side, owners)][which].append(entry)
    for mine, other in groups.values():
        if mine and other:
            told = [
                _beside(sizes.get((which, e.row if side.stands_in_rows else -1), ()), e.column)
                for which, e in enumerate((mine[0], other[0]))
            ]
            yield _Cells(mine, other, _labels(mine[0], side), (told[0], told[1]))


def _beside(sizes: Sequence[tuple[int, Value | None]], column: int) -> Value | None:
    """Give the size that stands next before a column, else the first behind it."""
    before = [value for at, value in sizes if at <= column]
    return before[-1] if before else next((value for _, value in sizes), None)


def _key(entry: Entry, side: Sides, owners: dict[int, int]) -> object:
    """Give what two cells of one comparison share: the row, or the column; and other labels."""
    rest = tuple(
        without_size(label) for axis, label in entry.parts
        if axis not in (side.axis, "heading") and not axis.startswith("row")
        and not statistic((label,)) and without_size(label)
    )  # fmt: skip
    if side.stands_in_rows:
        labels = [(axis, label) for axis, label in entry.parts if axis != side.axis]
        beside = [label for axis, label in labels if axis == "heading"]
        own = [label for axis, label in labels if axis.startswith("row")]
        if entry.column in owners:
            return (*beside, *own, "statistic", owners[entry.column])
        return (*beside, *own, *rest, "column", entry.column)
    return (entry.row, *rest)


def _owners(entries: Sequence[Entry]) -> dict[int, int]:
    """Give for each column of means or SDs the column of the means they belong to."""
    kinds = {e.column: statistic(p for axis, p in e.parts if axis.startswith("col"))
             for e in entries}  # fmt: skip
    owners: dict[int, int] = {}
    mean: int | None = None
    for column in sorted(kinds):
        mean = column if kinds[column] == "mean" else mean
        if mean is not None and kinds[column] in ("mean", "sd"):
            owners[column] = mean
    return owners


def _labels(entry: Entry, side: Sides) -> tuple[tuple[str, str], ...]:
    """Give the labels but the arm's; a heading line inside the table replaces the header's."""
    replaced = any(axis == "sub" for axis, _ in entry.parts)
    return tuple(
        (axis, label) for axis, label in entry.parts
        if axis != side.axis and not statistic((label,))
        and not (replaced and axis.startswith("col"))
    )  # fmt: skip


def _candidate(
    sheet: Sheet, side: Sides, cells: _Cells, kind: OutcomeKind, usual: str
) -> Candidate | None:
    around = sheet.around
    own = " ; ".join(_timed(sheet.opening, axis, label) for axis, label in cells.labels)
    if not side.stands_in_rows and len(sheet.opening) < 60:
        around_text = f"{around.caption} ; {sheet.opening}"
    else:
        around_text = around.caption
    made = []
    for label, entries, known in (
        (side.intervention, cells.intervention, cells.sizes[0]),
        (side.comparator, cells.comparator, cells.sizes[1]),
    ):
        told = " ".join(p for e in entries for _, p in e.parts)
        near = (own, told, around.caption, around.notes, usual)
        made.append(_arm(label, entries, known, kind, near))
    left, right = made
    if not (left.is_complete and right.is_complete):
        return None
    every = [e.cell for e in (*cells.intervention, *cells.comparator)]
    start, end = min(c.start for c in every), max(c.end for c in every)
    row = f"{around.label}, {own}"[:160]
    spoken = frozenset[str]()
    if sheet.describes:
        around_text = f"characteristics ; {around_text}"
    labels = {label for entry in sheet.entries for _, label in entry.parts}
    told_of = topic(own, around_text, both=any(tells_change(label) for label in labels))
    return Candidate((left, right), kind, told_of, spoken, side.score, row, start, end)


def _timed(opening: str, axis: str, label: str) -> str:
    """Write "24" under "Weeks" as "Week 24"."""
    unit = _UNIT.search(opening) if axis == "row" and label.isdigit() else None
    return f"{label} {unit[1]}s" if unit else label


def _arm(
    label: str,
    entries: list[Entry],
    known: Value | None,
    kind: OutcomeKind,
    near: tuple[str, ...],
) -> FoundArm:
    size = read_size(entries) or known
    if kind == "binary":
        told = " ".join(near[:2]) if len(entries) == 1 else near[0]
        counts = " ".join((near[1], near[2], near[3]))
        return read_binary(label, entries, size, (told, counts))
    by = {statistic(p for _, p in e.parts): e for e in reversed(entries)}
    if "mean" in by and "sd" in by:
        return read_apart(label, by["mean"], by["sd"], size) or FoundArm(label, size)
    return read_means(label, entries, size, (spread_told(near[:4]), spread_told(near)),
                      f"{near[2]} ; {near[3]}")  # fmt: skip

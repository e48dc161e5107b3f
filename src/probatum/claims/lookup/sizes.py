"""The sizes of the arms where the row itself prints none: other tables, then prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from probatum.claims.lookup.arms import Arms, sides
from probatum.claims.lookup.asked import FoundArm, Value
from probatum.claims.lookup.entries import Sheet, without_size
from probatum.model.document import Document

_N = re.compile(r"\b[nN]\s?=\s?(\d{1,5})\b")
_PEOPLE = re.compile(
    r"\b(\d{1,5}) (?:\w+ ){0,1}(?:patients|participants|subjects|women|men|children|adults|people"
    r"|individuals|volunteers)\b"
)
_BREAK = re.compile(r"[.;]\s|\b[nN]\s?=|\)\s*,|\band\b")
_REACH = 70
_MOST = 200
_OF_OTHERS = frozenset({"introduction", "discussion"})  # sections that tell of other studies

Sizes = tuple[Value | None, Value | None]


def usual_sizes(document: Document, tables: Sequence[Sheet], arms: Arms) -> Sizes:
    """Give the sizes of both arms as most tables print them, else as the text does."""
    seen: tuple[list[Value], list[Value]] = ([], [])
    for sheet in tables:
        for side, value in _of_table(sheet, arms):
            seen[side].append(value)
    told: tuple[list[Value], list[Value]] = ([], [])
    if not (seen[0] and seen[1]):
        for side, value in _of_prose(document, arms):
            told[side].append(value)
    return _most(seen[0] or told[0]), _most(seen[1] or told[1])


def with_sizes(found: tuple[FoundArm, FoundArm], sizes: Sizes) -> tuple[FoundArm, FoundArm]:
    """Fill in what the row does not print."""
    left, right = (
        arm if arm.n or size is None else replace(arm, n=size)
        for arm, size in zip(found, sizes, strict=True)
    )
    return left, right


def _of_table(sheet: Sheet, arms: Arms) -> Iterator[tuple[int, Value]]:
    listed: dict[str, dict[str, None]] = {}
    for entry in sheet.entries:
        for axis, label in entry.parts:
            listed.setdefault(axis, {}).setdefault(without_size(label))
    found = sides(arms, [(axis, tuple(labels)) for axis, labels in listed.items()])
    if not found:
        return
    names = (found[0].intervention, found[0].comparator)
    given: set[tuple[int, int]] = set()
    for entry in sheet.entries:
        own = next((without_size(p) for axis, p in entry.parts if axis == found[0].axis), "")
        if own in names and entry.size and (names.index(own), entry.size) not in given:
            given.add((names.index(own), entry.size))
            cell = entry.size_cell or entry.cell
            yield names.index(own), Value(float(entry.size), cell.start, cell.end, "header")


def _of_prose(document: Document, arms: Arms) -> Iterator[tuple[int, Value]]:
    text = document.text
    others = [(b.start, b.end) for b in document.blocks if b.role in _OF_OTHERS]
    named: set[int] = set()
    for pattern in (_N, _PEOPLE):
        for match, _ in zip(pattern.finditer(text), range(_MOST), strict=False):
            if any(start <= match.start() < end for start, end in others):
                continue
            before = _BREAK.split(text[max(0, match.start() - _REACH) : match.start()])[-1]
            after = _BREAK.split(text[match.end() : match.end() + _REACH])[0]
            near = before if pattern is _N else after
            mine, other = arms.affinity(near)
            if (mine or other) and not (pattern is _PEOPLE and (0 if mine else 1) in named):
                if pattern is _N:
                    named.add(0 if mine else 1)
                value = Value(float(match[1]), match.start(1), match.end(1))
                yield (0 if mine else 1), value


def _most(values: Sequence[Value]) -> Value | None:
    """Give the size that is said at least twice as often as any other near it."""
    counts = Counter(value.value for value in values)
    if not counts:
        return None
    whole = max(counts)
    # Much smaller ones are those of subgroups.
    near = {size: count for size, count in counts.items() if size > 0.6 * whole}
    ranked = sorted(near.items(), key=lambda x: -x[1])
    if len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]:
        return None
    return next(value for value in values if value.value == ranked[0][0])

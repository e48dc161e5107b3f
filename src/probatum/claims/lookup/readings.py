"""From the cells of one arm to its numbers: which statistic each cell holds."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from probatum.claims.lookup.asked import FoundArm, Value
from probatum.claims.lookup.entries import Entry
from probatum.model.document import Cell
from probatum.text.cells import CellValue, cell_value
from probatum.text.numbers import Printed

Spread = Literal["sd", "se", "ci", "median", "unclear", "none"]
_SPREADS: tuple[tuple[Spread, re.Pattern[str]], ...] = (
    ("median", re.compile(r"\bmedians?\b|\bIQR\b|inter-?quartile|\brange\b", re.IGNORECASE)),
    ("sd", re.compile(r"\bSDs?\b|\bs\.d\.|standard deviations?|\bstd\.? ?dev", re.IGNORECASE)),
    ("se", re.compile(r"\bSEM?\b|standard errors?|\bs\.e\.(?:m\.)?", re.IGNORECASE)),
)
_INTERVAL = re.compile(r"\bCIs?\b|confidence interval", re.IGNORECASE)
_NUMBER = r"[-\u2212\u2013]?\s?\d{1,6}(?:[.\u00b7]\d{1,6})?"
_WITH_INTERVAL = re.compile(
    rf"(?P<a>{_NUMBER})\s?[(\[]\s?(?P<low>{_NUMBER})\s?(?:to|,|;|\u2013|-)\s?(?P<high>{_NUMBER})\s?[)\]]\W*"
)
_SHARE_WORDS = re.compile(r"%|percent|\bn\b|\bno\b|number|frequency|incidence|rate", re.IGNORECASE)
_COUNTS = re.compile(r"\bnumber of (?:patients|subjects|participants|people|women|men|children)"
                     r"|\bn \(%\)|\bno\. of (?:patients|subjects)", re.IGNORECASE)  # fmt: skip
_RATES = re.compile(r"per 1?00|(?:person|patient)[- ]years|p[- ]?values?\b|^p$", re.IGNORECASE)
_CENTRE = re.compile(r"\bmeans?\b|average", re.IGNORECASE)
_COUNT_LABEL = re.compile(r"^\W*(?:n|no\.?|number|events?|n ?\(%\)|count)\W*$", re.IGNORECASE)
_PEOPLE_LABEL = re.compile(r"^\W*(?:n|total|sample size|no\.? of (?:patients|subjects))\W*$",
                           re.IGNORECASE)  # fmt: skip


def spread_told(told: Iterable[str]) -> Spread:
    """Give the first spread that texts name, the nearest first; SD and SE in one are unclear.

    >>> spread_told(["Pain", "mean (SD)"]), spread_told(["SD: deviation; SE: error"])
    ('sd', 'unclear')
    """
    for text in told:
        found = [(m.start(), kind) for kind, p in _SPREADS if (m := p.search(text))]
        if {kind for _, kind in found} >= {"sd", "se"}:
            return "unclear"
        if found:
            return min(found)[1]
    return "none"


def read_size(entries: Sequence[Entry]) -> Value | None:
    """Give the group's size that stands with the cells, if they agree on one."""
    sizes = {entry.size for entry in entries if entry.size}
    if len(sizes) != 1:
        return None
    entry = next(e for e in entries if e.size)
    cell = entry.size_cell or entry.cell
    return Value(float(sizes.pop()), cell.start, cell.end, "" if entry.size_cell else "header")


def read_binary(
    label: str, entries: Sequence[Entry], size: Value | None, told: tuple[str, str]
) -> FoundArm:
    """Read a count with its group's size; from a percentage where only that is printed.

    ``told`` are the labels of the cell, and all that stands around the table.
    """
    if _RATES.search(told[0]):
        return FoundArm(label, n=size)
    for entry in entries:
        value = cell_value(entry.text)
        if value is None:
            continue
        arm = _counted(label, entry, value, size, told)
        if arm is not None:
            return arm
    return FoundArm(label, n=size)


def _counted(
    label: str, entry: Entry, value: CellValue, size: Value | None, told: tuple[str, str]
) -> FoundArm | None:
    at, second = entry.cell, value.second
    made = None
    if value.form in ("percent", "number"):
        made = _single(label, entry, value, size, told)
    elif value.form == "count-total" and second is not None:
        if value.first.value <= second.value:
            made = FoundArm(label, _value(second, at), events=_value(value.first, at))
    elif value.form == "number-bracket":
        if _is_share(value, size.value if size else None, told[0]):
            made = FoundArm(label, size, events=_value(value.first, at))
        else:
            made = _swapped(label, at, value, size)
    return made


def _swapped(label: str, at: Cell, value: CellValue, size: Value | None) -> FoundArm | None:
    """Read "34.3% (12)": the share first, the count in brackets."""
    second = value.second
    if size is None or second is None or not second.value.is_integer() or not size.value:
        return None
    near = abs(100 * second.value / size.value - value.first.value)
    if near > 2 * value.first.half_unit + 0.5 or second.value > size.value:
        return None
    return FoundArm(label, size, events=_value(second, at))


def _single(
    label: str, entry: Entry, value: CellValue, size: Value | None, told: tuple[str, str]
) -> FoundArm | None:
    """Read a bare number: a count, or a percentage of a known group."""
    first, at = value.first, entry.cell
    percent = value.form == "percent" or "%" in told[0] or "percent" in told[0].lower()
    if percent:
        return _of_percent(label, first, at, size)
    known = size is not None or bool(_COUNTS.search(told[1]))
    fits = first.value >= 0 and first.value.is_integer() and known
    if not fits or (size is not None and first.value > size.value):
        return None
    return FoundArm(label, size, events=_value(first, at))


def _of_percent(label: str, first: Printed, at: Cell, size: Value | None) -> FoundArm | None:
    """Compute the count that a percentage of a known group stands for."""
    if size is None or not size.value or not 0 <= first.value <= 100:
        return None
    events = round(first.value * size.value / 100)
    off = abs(100 * events / size.value - first.value)
    if off > max(2 * first.half_unit, 0.15) + 1e-9:
        return None
    computed = f"{first.text.strip()} % of {size.value:.0f}"
    return FoundArm(label, size, events=Value(float(events), at.start, at.end, computed))


def _is_share(value: CellValue, n: float | None, told: str) -> bool:
    first, second = value.first, value.second
    if second is None or not _is_whole(first) or first.value < 0 or second.value > 100:
        return False
    if n:
        slack = 2 * second.half_unit + 0.6
        return first.value <= n and abs(100 * first.value / n - second.value) <= slack
    return value.percent or bool(_SHARE_WORDS.search(told))


def read_means(
    label: str,
    entries: Sequence[Entry],
    size: Value | None,
    spreads: tuple[Spread, Spread],
    told: str = "",
) -> FoundArm:
    """Read a mean with its SD; the SD from an SE or an interval where the size is known.

    ``spreads`` are what the table calls its spread, and what the table or else the text does.
    """
    for entry in entries:
        arm = _mean_and_spread(label, entry, size, spreads, told)
        if arm is not None:
            return arm
    return FoundArm(label, n=size)


def _mean_and_spread(
    label: str, entry: Entry, size: Value | None, spreads: tuple[Spread, Spread], told: str
) -> FoundArm | None:
    text = _without_n(entry.text)
    interval = _WITH_INTERVAL.fullmatch(text)
    value = cell_value(text)
    if spreads[1] in ("median", "unclear"):
        return None
    if interval:
        return _from_interval(label, entry, size, interval, told)
    if value is None or not _is_mean(value, size, entry, spreads):
        return None
    return _with_spread(label, entry.cell, value, size, spreads[1])


def _is_whole(printed: Printed) -> bool:
    """Whether a number is printed without decimals: "90.0" is no count."""
    return printed.half_unit >= 0.5


def _without_n(text: str) -> str:
    """Drop an n that stands behind the numbers: "5.1 (0.4) [n = 12]"."""
    found = re.match(r"(.*?)(?:[(\[]?\s?[nN]\s?=\s?\d+\s?[)\]]?|(?<=\))\s?\[\d+\])$", text)
    return found[1].strip() if found and found[1].strip() else text


def _is_mean(
    value: CellValue, size: Value | None, entry: Entry, spreads: tuple[Spread, Spread]
) -> bool:
    """Whether two numbers are a mean and a spread that the table or the text names."""
    if value.second is None or value.form == "count-total" or value.second.value < 0:
        return False
    if value.form == "plus-minus":
        return True
    named = spreads[0] != "none" or (spreads[1] == "sd" and not _is_whole(value.first))
    return named and not _is_share_of(value, size, entry)


def _with_spread(
    label: str, at: Cell, value: CellValue, size: Value | None, spread: Spread
) -> FoundArm | None:
    mean, second = _value(value.first, at), value.second
    if second is None or (spread == "se" and size is None):
        return None
    sd = _value(second, at)
    if spread == "se" and size is not None:
        computed = f"SE {second.text.strip()} of {size.value:.0f}"
        sd = Value(second.value * math.sqrt(size.value), at.start, at.end, computed)
    return FoundArm(label, size, mean=mean, sd=sd)


def _is_share_of(value: CellValue, size: Value | None, entry: Entry) -> bool:
    """Whether "12 (40)" is a count of the group with its percentage, unless its row says SD."""
    own = " ".join(part for axis, part in entry.parts if axis == "row")
    if spread_told([own]) != "none":
        return False
    if value.percent and value.first.value.is_integer():
        return True
    return size is not None and _is_share(value, size.value, "")


def _from_interval(
    label: str, entry: Entry, size: Value | None, found: re.Match[str], around: str
) -> FoundArm | None:
    low, mean, high = (Printed(found[name].strip()) for name in ("low", "a", "high"))
    told = " ".join((around, *(part for _, part in entry.parts)))
    if size is None or not low.value <= mean.value <= high.value or size.value < 2:
        return None
    if abs((low.value + high.value) / 2 - mean.value) > 0.1 * (high.value - low.value) + 1e-9:
        return None
    if not _INTERVAL.search(told):
        return None
    sd = math.sqrt(size.value) * (high.value - low.value) / 3.92
    at = entry.cell
    computed = f"interval {low.text} to {high.text} of {size.value:.0f}"
    return FoundArm(label, size, mean=_value(mean, at),
                    sd=Value(sd, at.start, at.end, computed))  # fmt: skip


def read_apart(label: str, mean: Entry, sd: Entry, size: Value | None) -> FoundArm | None:
    """Read a mean and an SD that stand in cells of their own."""
    first, second = cell_value(mean.text), cell_value(sd.text)
    if first is None or second is None or second.first.value < 0:
        return None
    if first.second is not None or second.second is not None:
        return None
    return FoundArm(label, size, mean=_value(first.first, mean.cell),
                    sd=_value(second.first, sd.cell))  # fmt: skip


_STATISTICS = {
    "mean": "mean", "means": "mean", "average": "mean", "sd": "sd", "s.d": "sd", "std": "sd",
    "standard deviation": "sd", "std dev": "sd", "%": "%", "percent": "%", "percentage": "%",
}  # fmt: skip


def statistic(parts: Iterable[str]) -> str:
    """Name the statistic that a column of its own holds: "mean", "sd", "n", "%" or "".

    >>> statistic(["Drug X", "Mean"]), statistic(["n"]), statistic(["Pain"])
    ('mean', 'n', '')
    """
    for part in parts:
        found = _STATISTICS.get(part.strip().lower().strip("()\u00b1,. "), "")
        found = found or ("n" if "%" not in part and _PEOPLE_LABEL.match(part) else "")
        if found:
            return found
    return ""


def _value(printed: Printed, cell: Cell) -> Value:
    return Value(printed.value, cell.start, cell.end)

"""What one cell of a results table holds: a count with its share, a mean with its spread."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from probatum.text.numbers import Printed

Form = Literal["count-total", "number-bracket", "plus-minus", "number", "percent"]

_NUMBER = (
    r"[-\u2212\u2013]?\s?(?:\d{1,3}(?:,\d{3})+|\d{1,7})(?:[.\u00b7]\d{1,6}|,\d{1,2}(?!\d))?"
    r"|[-\u2212]?\.\d{1,6}"
)
# Marks of footnotes behind a value; readers write raised ones as "^a" or "^*1".
_NOTE = r"(?:[\s*\u2020\u2021\u00a7\u00b6#+a-zA-F,]|\^[\w*\u2020\u2021\u00a7\u00b6#+,]){0,14}"
_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        "count-total",
        re.compile(
            r"(?P<a>\d{1,6})\s?/\s?(?P<b>\d{1,6})"
            rf"(?:\s?[(\[](?P<pct>{_NUMBER})\s?%?[)\]])?{_NOTE}"
        ),
    ),
    (
        "plus-minus",
        re.compile(
            rf"(?P<a>{_NUMBER})\s?(?:(?:±|\+/-)\s?(?P<b>{_NUMBER})\s?%?"
            rf"|[(\[]\s?(?:±|\+/-)\s?(?P<c>{_NUMBER})\s?[)\]]){_NOTE}"
        ),
    ),
    (
        "number-bracket",
        re.compile(
            rf"(?P<a>{_NUMBER})\s?%?\s?[(\[]\s?(?P<b>{_NUMBER})\s?(?P<sign>%?)\s?[)\]]{_NOTE}"
        ),
    ),
    ("percent", re.compile(rf"(?P<a>{_NUMBER})\s?%{_NOTE}")),
    ("number", re.compile(rf"(?P<a>{_NUMBER}){_NOTE}")),
)
_INTERVAL = re.compile(
    rf"(?P<a>{_NUMBER})\s?%?\s?[(\[]\s?(?P<low>{_NUMBER})\s?%?\s?(?:to|\u2013|\u2014|\u2010|-|,|;)"
    rf"\s?(?P<high>{_NUMBER})\s?%?\s?[)\]]{_NOTE}"
)
_LONGEST = 60
_SIZE = re.compile(
    r"\b[nN]\s?[=:\uff1d]\s?(\d{1,6}(?:,\d{3})?)\b|\((\d{1,5})\)$"
    r"|\((\d{1,5}) (?:patients|subjects|participants)\)"
)


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell read: its form, the first and the second number as printed, a percent sign."""

    form: Form
    first: Printed
    second: Printed | None = None
    percent: bool = False


def cell_value(text: str) -> CellValue | None:
    """Read a cell that holds one value; None where it holds words, ranges or several values.

    >>> found = cell_value("12 (34.3%)")
    >>> found.form, found.first.value, found.second.value, found.percent
    ('number-bracket', 12.0, 34.3, True)
    >>> cell_value("5.1 ± 0,4*").second.value, cell_value("1,204").first.value
    (0.4, 1204.0)
    """
    cleaned = " ".join(text.split())
    if not cleaned or len(cleaned) > _LONGEST:
        return None
    for form, pattern in _FORMS:
        found = pattern.fullmatch(cleaned)
        if found:
            named = found.groupdict()
            second = named.get("b") or named.get("c")
            percent = form == "percent" or named.get("sign") == "%"
            return CellValue(
                form, _printed(named["a"]), _printed(second) if second else None, percent
            )
    return None


def cell_interval(text: str) -> tuple[Printed, Printed, Printed] | None:
    """Read a cell that holds a value and the two bounds around it; None where it holds no such.

    >>> [one.value for one in cell_interval("-1.05 (-1.54; -0.56)")]
    [-1.05, -1.54, -0.56]
    """
    cleaned = " ".join(text.split())
    found = _INTERVAL.fullmatch(cleaned) if len(cleaned) <= _LONGEST else None
    if found is None:
        return None
    value, low, high = (_printed(found[name]) for name in ("a", "low", "high"))
    return (value, low, high) if low.value <= value.value <= high.value else None


def group_size(label: str) -> int | None:
    """Give the n that a column's label prints.

    >>> group_size("Drug X (n = 30)"), group_size("Placebo")
    (30, None)
    """
    found = _SIZE.search(label.strip())
    digits = next((g for g in found.groups() if g), None) if found else None
    return int(digits.replace(",", "")) if digits else None


def _printed(text: str) -> Printed:
    whole = re.sub(r",(?=\d{3})", "", text.strip())
    return Printed(whole.replace(",", "."))  # "1,4", as much of Europe writes it

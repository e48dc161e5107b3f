"""The numbers of one arm in a cell of a table: what the words around it say they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from probatum.claims.printed_rows import PrintedArm
from probatum.model.claim import Arm
from probatum.text.cells import CellValue, cell_interval, cell_value
from probatum.text.group_numbers import Spread
from probatum.text.numbers import Printed

Sign = Literal[
    "sd", "se", "iqr", "range", "quartile", "mean", "interval", "share", "count", "two kinds",
    "model", "percent",
]  # fmt: skip
_WORDED: tuple[tuple[Sign, str], ...] = (
    ("sd", r"\bSDs?\b|s\.d\.|standard deviations?"),
    ("se", r"\bSEM?\b|standard errors?|\bs\.e\."),
    ("iqr", r"\bmedians?\b|\bIQR\b|interquartile|\bQ1\b|25th|\bquartiles?\b"),
    ("range", r"\brange\b|\bmin(?:imum)?\b.{0,12}\bmax"),
    ("quartile", r"quartile|IQR|Q1|25th"),
    ("mean", r"\bmeans?\b|average|\bLSM?\b"),
    ("interval", r"\bCIs?\b|confidence interval"),
    ("share", r"%|\bno\.|number of|\bn\b|percent|frequency|incidence"),
    (
        "count",
        r"\bno\. of (?:patients|subjects)|number of (?:patients|participants|subjects|women"
        r"|men|children|cases|people|events|deaths)|,? ?\bn ?\(?%?\)?(?=$|[\s,;|)])"
        r"|adverse events?|complications?|side effects?",
    ),
    (
        "two kinds",
        r"(?:fe)?males?\s?/|\bmen\s?/|\bM\s?/\s?F\b|\bF\s?/\s?M\b|yes\s?/|(?:left|right)\s?/"
        r"|:\s?female",
    ),
    (
        "model",
        r"regression|coefficient|correlat|parameter estimates?|predictor|ratio\b|explanatory",
    ),
    ("percent", r"%|percent"),
)
_SIGNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _WORDED}
_SPREADS: tuple[Spread, ...] = ("sd", "se", "iqr")


@lru_cache(maxsize=4096)  # captions and labels come again with every cell
def _signs(words: str) -> frozenset[Sign]:
    return frozenset(name for name, pattern in _SIGNS.items() if pattern.search(words))


@dataclass(frozen=True, slots=True)
class Told:
    """What says what a cell holds: its row, its column, its table, and the document's spread."""

    row: str
    column: str
    table: str
    usual: Spread | None = None

    def says(self, sign: Sign) -> bool:
        """Whether row, column or table say something of their numbers."""
        return any(sign in _signs(words) for words in (self.row, self.column, self.table))

    def row_says(self, sign: Sign) -> bool:
        """Whether the row itself says so."""
        return sign in _signs(self.row)

    @property
    def spread(self) -> Spread | None:
        """The spread that the nearest of them names; None where it names two."""
        for words in (self.row, self.column, self.table):
            found = _signs(words)
            named = [kind for kind in _SPREADS if kind in found]
            if not named and "range" in found:
                named = ["range"]
            if named:
                return named[0] if len(named) == 1 else None
        return self.usual


Read = tuple[Arm, PrintedArm]


def has_value(text: str) -> bool:
    """Say whether a cell holds a number, alone or with what belongs to it."""
    return cell_value(text) is not None or cell_interval(text) is not None


def table_arm(label: str, n: int | None, text: str, told: Told) -> Read | None:
    """Read the cell of one arm; None where nothing says what it holds.

    >>> told = Told("Pain, median (IQR)", "Drug X", "Table 2")
    >>> arm, _ = table_arm("Drug X", 20, "3 (2-5)", told)
    >>> arm.median, arm.low, arm.high, arm.interval
    (3.0, 2.0, 5.0, 'iqr')
    """
    value = cell_value(text)
    if value is None:
        return _bounded(label, n, text, told)
    if value.second is None:
        return _single(label, n, value, told)
    return _paired(label, n, value, told)


def _bounded(label: str, n: int | None, text: str, told: Told) -> Read | None:
    found, kind = cell_interval(text), _bounds(told)
    if found is None or kind is None:
        return None
    value, low, high = (one.value for one in found)
    mean, median = (value, None) if kind == "ci" else (None, value)
    return Arm(label, n, mean=mean, median=median, low=low, high=high, interval=kind), PrintedArm()


def _bounds(told: Told) -> Literal["iqr", "range", "ci"] | None:
    """Say what two bounds around a number are; a ratio or a share has an interval too."""
    if told.says("model"):
        return None
    if told.says("interval") and told.spread not in {"iqr", "range"}:
        return "ci" if told.says("mean") else None
    if told.spread not in {"iqr", "range"}:
        return None
    only_range = told.says("range") and not told.says("quartile")
    return "range" if told.spread == "range" or only_range else "iqr"


def _single(label: str, n: int | None, value: CellValue, told: Told) -> Read | None:
    """Read a number that stands alone in the column of a sized group: a share, or a count.

    What else stands alone (a content, a dose, a share of a whole that is no group) is left out.
    """
    first = value.first
    if n is None or first.value < 0:
        return None
    percent = told.row_says("percent") or "percent" in _signs(told.column)
    shared = value.form == "percent" or percent
    if shared and first.value <= 100 and not told.row_says("count"):
        return Arm(label, n, percent=first.value), PrintedArm(str(n), percent=first.text)
    counted = told.says("count") and not told.says("mean") and not shared
    if counted and first.value.is_integer() and first.value <= n:
        return Arm(label, n, first.value), PrintedArm(str(n), first.text)
    return None


def _paired(label: str, n: int | None, value: CellValue, told: Told) -> Read | None:
    first, second = value.first, value.second
    if second is None or (value.form == "count-total" and told.row_says("two kinds")):
        return None  # "male/female" counts two groups, not one out of both
    if value.form == "count-total":
        return Arm(label, int(second.value), first.value), PrintedArm(second.text, first.text)
    if value.form == "number-bracket" and _is_share(value, n, told):
        made = Arm(label, n, first.value, percent=second.value)
        return made, PrintedArm(str(n) if n else None, first.text, second.text)
    return _mean(label, n, (first, second), told, plus=value.form == "plus-minus")


def _mean(
    label: str, n: int | None, pair: tuple[Printed, Printed], told: Told, *, plus: bool
) -> Read | None:
    """Read a mean with its spread: the one that is named, and SD for "±" where none is."""
    (first, second), size = pair, str(n) if n else None
    counts = told.row_says("share") and not told.row_says("mean")
    if second.value < 0 or (not plus and counts):
        return None  # a count whose share is of others than the column's n
    spread = told.spread
    if spread == "se":
        printed = PrintedArm(size, mean=first.text, se=second.text)
        return Arm(label, n, mean=first.value, se=second.value), printed
    named = told.says("se") or told.says("iqr") or told.says("range")
    if spread != "sd" and not (plus and spread is None and not named):
        return None
    printed = PrintedArm(size, mean=first.text, sd=second.text)
    return Arm(label, n, None, first.value, second.value), printed


def _is_share(value: CellValue, n: int | None, told: Told) -> bool:
    first, second = value.first, value.second
    if second is None or not first.value.is_integer() or first.value < 0 or second.value > 100:
        return False
    if n:
        near = abs(100 * first.value / n - second.value) <= 2 * second.half_unit + 1.0
        return near and first.value <= n
    return value.percent or (told.says("share") and not told.says("sd"))

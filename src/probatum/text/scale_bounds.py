"""Means that lie outside the scale on which they were taken, and shares above the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.text.number_checks import Check
from probatum.text.numbers import Printed

_N = r"\d{1,3}(?:[.\u00b7]\d{1,2})?"
_UNTIL = r"\s?(?:to|-|\u2013|and)\s?"
_SCALE = re.compile(
    rf"\b(?:scales?|scores?|ratings?|VAS|NRS)\b[\w\s,]{{0,25}}?[\s(\[]{{1,2}}(?:of|from|between|range[ds]?|ranging"
    rf"|runs?|\(|\[)[\s:,]*(?:from\s)?(?P<a>{_N}){_UNTIL}(?P<b>{_N})(?!\.?\d|%)"
    rf"|(?<![\d.])(?P<c>[01]){_UNTIL}(?P<d>\d{{1,3}})[\s-](?:[a-z]+\s){{0,3}}(?:scales?|VAS|NRS)\b"
)
_MEAN = re.compile(
    r"\b(?:[Mm]ean|[Aa]verage|[Mm]edian)\s(?P<of>(?:[a-z-]+\s){0,6}?(?:\([^()]{0,30}\)\s)?)(?:was|were|of|is)\s"
    rf"(?P<x>{_N})(?![\d.]*\s?(?:%|-|years?|days?|weeks?|months?|h\b|hours?|min|mg|g\b|kg|people|patients))"
)
_MEANS = ("ean", "verage", "edian")  # one of which _MEAN cannot do without
_OTHER = frozenset(
    {
        "change", "changes", "difference", "differences", "decrease", "increase", "reduction",
        "improvement", "total", "sum", "age", "number", "time", "dose", "weight", "duration",
        "follow", "body", "length", "percentage", "count", "interval",
    }
)  # fmt: skip
_PLAIN = frozenset({"the", "and", "score", "scores", "scale", "scales", "rating", "ratings"})
_WORD = re.compile(r"[a-z]{3,}")
_OF_WHOLE = re.compile(
    r"\b[Oo]f (?:the |these |all )?(?P<whole>\d{1,6}) (?:[a-z]+ ){0,2}[a-z]+, (?P<n>\d{1,6}) "
    r"(?:[a-z]+ ){0,2}?\((?P<pct>\d{3}(?:\.\d+)?)\s?%\)"
)


def scale_checks(text: str, before: str = "") -> Iterator[tuple[int, int, Check]]:
    """Give (start, end, check) for means outside the one scale that the text names.

    ``before`` is the sentence before: its scale counts when what the mean is of is named there.

    >>> said = "On a scale of 0 to 10 the mean was 12.4 (SD 1)."
    >>> [(c.verdict, c.expected, c.found) for *_, c in scale_checks(said)]
    [('disagrees', 'between 0 and 10', '12.4')]
    """
    if not any(said in text for said in _MEANS):  # before the dearer search for a scale
        return
    limits = _limits(text)
    known = None
    if limits is None and before:
        limits, known = _limits(before), frozenset(_WORD.findall(before.lower()))
    if limits is None:
        return
    low, high = limits
    for found in _MEAN.finditer(text):
        names = frozenset(_WORD.findall(found["of"]))
        if names & _OTHER or (known is not None and not (names - _PLAIN) & known):
            continue
        printed = Printed(found["x"])
        inside = low - printed.half_unit <= printed.value <= high + printed.half_unit
        expected = f"between {low:g} and {high:g}"
        check = Check("mean-in-scale", "agrees" if inside else "disagrees", expected, printed.text)
        yield found.start(), found.end(), check


def _limits(text: str) -> tuple[float, float] | None:
    """Give the ends of a scale; None where none, or more than one, is named."""
    found = {
        (Printed(m["a"] or m["c"]).value, Printed(m["b"] or m["d"]).value)
        for m in _SCALE.finditer(text)
    }
    low, high = next(iter(found)) if len(found) == 1 else (0.0, 0.0)
    return (low, high) if low in {0.0, 1.0} and high > low else None


def whole_checks(text: str) -> Iterator[tuple[int, int, Check]]:
    """Give (start, end, check) for "of 30 patients, 34 (113%)": a share above the whole.

    >>> [c.found for *_, c in whole_checks("Of the 30 patients, 34 (113%) recovered.")]
    ['34']
    """
    for found in _OF_WHOLE.finditer(text):
        whole, part = int(found["whole"]), int(found["n"])
        if whole and part > whole and abs(100 * part / whole - float(found["pct"])) < 1:
            check = Check("count-within-total", "disagrees", f"at most {whole}", str(part))
            yield found.start(), found.end(), check

"""What must hold within one row of studies.csv, and between the rows and the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from probatum.model.pack import StudyRow, Vocabulary
from probatum.model.source import Problem

Finding = tuple[str, str]  # column, reason
RATIOS = frozenset({"RR", "OR", "HR", "IRR"})
FILE = "studies.csv"


def counts(row: StudyRow) -> Iterator[Finding]:
    """Events may not exceed the people of their group; a group has at least one person."""
    for arm in ("exp", "ctl"):
        n, events = getattr(row, f"n_{arm}"), getattr(row, f"events_{arm}")
        if n is not None and n < 1:
            yield f"n_{arm}", f"{n:g} people; a group has at least one"
        if n is not None and events is not None and not 0 <= events <= n:
            yield f"events_{arm}", f"{events:g} events in {n:g} people is impossible"


def percentages(row: StudyRow) -> Iterator[Finding]:
    """A percentage agrees with its counts to one point, unless the row says that it does not."""
    if row.flag_kind is not None or row.second_reading:
        return
    for arm in ("exp", "ctl"):
        n, events, printed = (getattr(row, f"{part}_{arm}") for part in ("n", "events", "pct"))
        if None in {n, events, printed} or n == 0:
            continue
        if abs(100 * events / n - printed) > 1:
            counted = f"{events:g}/{n:g} is {100 * events / n:.1f} %"
            yield f"pct_{arm}", f"{printed:g} % is printed and {counted}; say so in quality_flag"


def intervals(row: StudyRow) -> Iterator[Finding]:
    """An interval holds its estimate; what is converted holds it even where the source errs."""
    inconsistent = row.flag_kind == "source-inconsistency" or row.ci_method is not None
    if not inconsistent and _outside(row.ci_low, row.effect, row.ci_high):
        yield "ci_low", f"{row.ci_low} to {row.ci_high} does not hold {row.effect}"
    if _outside(row.contrast_low, row.contrast, row.contrast_high):
        low, high = row.contrast_low, row.contrast_high
        yield "contrast_low", f"{low} to {high} does not hold {row.contrast}"
    if row.ci_level is not None and row.ci_level < 50:
        yield "ci_level", f"{row.ci_level:g} is not a confidence level in percent"
    if row.ci_level not in {None, 95.0} and row.contrast_low is not None:
        reason = "an interval that is not of 95 % must not be coded as the contrast's interval"
        yield "contrast_low", reason


def contrasts(row: StudyRow) -> Iterator[Finding]:
    """A contrast names its measure; ratios are above 0, risk differences within -1 and 1."""
    values = [row.contrast, row.contrast_low, row.contrast_high]
    if row.measure is None and any(value is not None for value in values):
        yield "measure", "is empty while a contrast is given"
    if row.measure in RATIOS and any(value is not None and value <= 0 for value in values):
        yield "contrast", f"a {row.measure} is above 0"
    if row.measure == "RD" and any(value is not None and abs(value) > 1 for value in values):
        yield "contrast", "a risk difference is a proportion from -1 to 1 (17 points are 0.17)"


def times(row: StudyRow) -> Iterator[Finding]:
    """Times run forward, and a number of a dose has its unit."""
    if row.time_days is not None and row.time_days < 0:
        yield "time_days", f"{row.time_days:g} days; a time is not negative"
    if (row.dose_value is None) != (row.dose_unit is None):
        yield "dose_unit", "a dose is a number and its unit, or neither"


CHECKS: tuple[Callable[[StudyRow], Iterator[Finding]], ...] = (
    counts,
    percentages,
    intervals,
    contrasts,
    times,
)


def _outside(low: float | None, value: float | None, high: float | None) -> bool:
    if low is not None and high is not None and low > high:
        return True
    if value is None:
        return False
    return (low is not None and value < low) or (high is not None and value > high)


def known_words(vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """Return the ids that each coded column may hold."""
    return {
        "indication": frozenset(term.id for term in vocabulary.indications),
        "drug": frozenset(term.id for term in vocabulary.drugs),
        "route": frozenset(term.id for term in vocabulary.routes),
        "comparator": frozenset(term.id for term in vocabulary.comparators),
        "outcome": frozenset(term.id for term in (*vocabulary.outcomes, *vocabulary.harms)),
        "scale": frozenset(scale.id for scale in vocabulary.scales),
        "window": frozenset(window.id for window in vocabulary.windows),
    }


def check_rows(
    rows: Sequence[tuple[int, StudyRow]], vocabulary: Vocabulary
) -> tuple[list[StudyRow], list[Problem]]:
    """Keep the rows in which everything holds; each fault of the others is a Problem."""
    words = known_words(vocabulary)
    ids = {row.row_id for _, row in rows}
    good: list[StudyRow] = []
    problems: list[Problem] = []
    for line, row in rows:
        findings = [found for check in CHECKS for found in check(row)]
        findings.extend(_strangers(row, words))
        findings.extend(
            ("overlaps", f"no row has the id {other!r}")
            for other in row.overlaps
            if other not in ids
        )
        problems.extend(_located(finding, line) for finding in findings)
        if not findings:
            good.append(row)
    return good, problems


def _strangers(row: StudyRow, words: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    for column, allowed in words.items():
        value = getattr(row, column)
        if value is not None and value not in allowed:
            yield column, f"{value!r} is not an id of the vocabulary"


def _located(finding: Finding, line: int) -> Problem:
    column, reason = finding
    place = f"{FILE}:{line}, column {column}"
    return Problem("impossible", f"{place}: {reason}", None, FILE, line, column)

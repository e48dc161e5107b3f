"""What people decided: CSV files that are only ever appended to, one line a decision."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from probatum.engine.storage import exclusive, plain_errors
from probatum.errors import UnknownNameError, UsageError
from probatum.flow.folder import BaseFolder
from probatum.model.source import Problem
from probatum.model.study import AMSTAR_ITEMS

_SIGNED = ("who", "when", "why")
_WAIT = 10.0  # seconds a writer waits for another one
_LONGEST = 4000  # characters of one field


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of decision: the columns that say what was decided, and the values allowed.

    ``wrong`` says what is wrong with fields that do not go together; None for nothing.
    """

    name: str
    columns: tuple[str, ...]
    allowed: Mapping[str, tuple[str, ...]]
    meaning: str
    wrong: Callable[[Mapping[str, str]], str | None] = lambda _: None


# Overall, then the domains of RoB 2 (Sterne et al. 2019, doi 10.1136/bmj.l4898) with the one that
# it adds for crossover trials.
ROB_DOMAINS = (
    "overall",
    "randomisation",
    "deviations",
    "missing data",
    "measurement",
    "reporting",
    "period and carry-over",
)

_ROB = ("low", "some concerns", "high")
_AMSTAR = ("yes", "partial yes", "no")


def _of_instrument(decision: Mapping[str, str]) -> str | None:
    """Say what is wrong with a judgement that belongs to the other instrument."""
    known = _AMSTAR if decision["domain"] in AMSTAR_ITEMS else _ROB
    if decision["judgement"] in known:
        return None
    return f"judgement must be one of {', '.join(known)}"


KINDS = (
    Kind(
        "duplicates",
        ("left", "right", "verdict"),
        {"verdict": ("same", "related", "different")},
        "whether two documents report the same work",
    ),
    Kind(
        "flags",
        ("flag", "state"),
        {"state": ("accepted", "rejected", "deferred")},
        "whether a flag holds",
    ),
    Kind(
        "certainty",
        ("question", "level"),
        {"level": ("high", "moderate", "low", "very low")},
        "a level of certainty set by a person",
    ),
    Kind(
        "rob",
        ("study", "domain", "judgement"),
        {"domain": (*ROB_DOMAINS, *AMSTAR_ITEMS)},
        "the risk of bias of a study in one domain, or overall; a review on one item of AMSTAR 2",
        _of_instrument,
    ),
    Kind(
        "results",
        ("result", "verdict", "question", "study", "values", "place", "source"),
        {"verdict": ("accepted", "corrected", "rejected")},
        "whether a result read from a document becomes a row of the base's studies",
    ),
)


def kind_named(name: str) -> Kind:
    """Give a kind of decision by name; raises UnknownNameError."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    known = ", ".join(kind.name for kind in KINDS)
    raise UnknownNameError(f"unknown kind of decision {name!r}; known: {known}")


def append(folder: BaseFolder, kind_name: str, decision: Mapping[str, str]) -> None:
    """Append one decision, under a lock, and make it durable.

    ``decision`` holds the columns of the kind and who, when (ISO 8601) and why. What stands in
    the file is never changed. Raises UsageError for a missing, unknown or impossible field.
    """
    kind = kind_named(kind_name)
    fields = (*kind.columns, *_SIGNED)
    _check(kind, fields, decision)
    path = folder.judgements / f"{kind.name}.csv"
    with (
        exclusive(folder.judgements / ".lock", wait=_WAIT, waiting=lambda _: None),
        plain_errors(path),
    ):
        _append_line(path, fields, [decision[name] for name in fields])


def _check(kind: Kind, fields: tuple[str, ...], decision: Mapping[str, str]) -> None:
    wrong = sorted(set(decision) ^ set(fields))
    if wrong:
        raise UsageError(f"a decision on {kind.name} needs {', '.join(fields)}; see {wrong}")
    for name, value in decision.items():
        if not value.strip() or len(value) > _LONGEST:
            raise UsageError(f"{name} must hold 1 to {_LONGEST} characters")
        if name in kind.allowed and value not in kind.allowed[name]:
            raise UsageError(f"{name} must be one of {', '.join(kind.allowed[name])}")
    reason = kind.wrong(decision)
    if reason:
        raise UsageError(reason)


def _append_line(path: Path, fields: tuple[str, ...], values: list[str]) -> None:
    """Write in one call at the end; a torn last line of a crash is closed first, not mended."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    old = path.read_bytes() if path.exists() else b""
    if not old:
        writer.writerow(fields)
    elif not old.endswith(b"\n"):
        text.write("\n")
    writer.writerow([" ".join(value.split()) for value in values])
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, text.getvalue().encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def load(folder: BaseFolder, kind_name: str) -> tuple[list[dict[str, str]], list[Problem]]:
    """Load the decisions of one kind in the order they were made, and the lines that are not.

    A line that lacks a field or holds an impossible value becomes a Problem with its line.
    """
    kind = kind_named(kind_name)
    fields = (*kind.columns, *_SIGNED)
    path = folder.judgements / f"{kind.name}.csv"
    with plain_errors(path):
        if not path.is_file():
            return [], []
        text = path.read_text(encoding="utf-8", errors="replace")
    return _parse(kind, fields, text)


def _parse(
    kind: Kind, fields: tuple[str, ...], text: str
) -> tuple[list[dict[str, str]], list[Problem]]:
    good, problems = list[dict[str, str]](), list[Problem]()
    reader = csv.DictReader(io.StringIO(text), restkey="more")
    for row in reader:
        entry = {name: row.get(name) or "" for name in fields}
        try:
            _check(kind, fields, entry)
        except UsageError as error:
            reason = f"{kind.name}.csv line {reader.line_num}: {error}; mend or remove the line"
            problems.append(Problem("bad-decision", reason))
        else:
            good.append(entry)
    return good, problems

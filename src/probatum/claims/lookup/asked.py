"""What is looked up in a trial, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OutcomeKind = Literal["binary", "continuous"]


@dataclass(frozen=True, slots=True)
class Sought:
    """One question to a trial, in the words of the one who asks; ``kind`` None: either."""

    intervention: str
    comparator: str
    outcome: str
    kind: OutcomeKind | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A number, and the code points [start, end) of the document's text that it was read from.

    ``computed`` says how it follows from what is printed there, and is empty where it is printed.
    """

    value: float
    start: int
    end: int
    computed: str = ""


@dataclass(frozen=True, slots=True)
class FoundArm:
    """One arm: its label in the document and the numbers found; None where none is sure."""

    label: str
    n: Value | None = None
    events: Value | None = None
    mean: Value | None = None
    sd: Value | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the numbers of the outcome are there (the group's size may not be)."""
        return self.events is not None or (self.mean is not None and self.sd is not None)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: two arms, or None with the reasons why nothing is given.

    ``confidence`` is in [0, 1]; ``where`` names the table and row, or "text"; ``start`` and
    ``end`` are the code points that hold all values of the outcome; ``days`` the time after the
    start that stands with them, None where none is told.
    """

    arms: tuple[FoundArm, FoundArm] | None
    confidence: float
    where: str
    start: int
    end: int
    reasons: tuple[str, ...] = ()
    days: float | None = None


def nothing(*reasons: str) -> Found:
    """Give no numbers and say why."""
    return Found(None, 0.0, "", 0, 0, reasons)

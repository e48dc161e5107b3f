"""Rows of two arms as printed, each number with its digits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedArm:
    """One arm as printed, each number with its digits; None where the source gives none."""

    n: str | None = None
    events: str | None = None
    percent: str | None = None
    mean: str | None = None
    sd: str | None = None
    se: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """Two arms and their contrast as printed; ``measure`` such as "OR" or "MD"."""

    left: PrintedArm
    right: PrintedArm
    measure: str | None = None
    effect: str | None = None
    p: str | None = None
    low: str | None = None
    high: str | None = None
    paired: bool = False

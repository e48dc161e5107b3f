"""Known differences from the references, with their reasons, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from pathlib import Path
from typing import Any

from validation.metafor import Judged


@dataclass(frozen=True, slots=True)
class Known:
    """One reason and the cases it covers; empty conditions match everything.

    ``higher`` asks that our log-likelihood is not the lower one and the error below 1 %,
    ``least_gain`` that ours is higher by as much, whatever the error.
    """

    reason: str
    fun: str = ""
    unit: str = ""
    error: str = ""
    field: str = ""
    higher: bool = False
    least_gain: float | None = None
    opts: Mapping[str, Any] = default(default_factory=dict)

    def covers(self, judged: Judged) -> bool:
        """Whether this reason is about the case."""
        case = judged.case
        return (
            self.fun in {"", case.fun}
            and self.unit in {"", case.unit}
            and self.field in {"", judged.field}
            and (not self.higher or (judged.gain >= -1e-9 and judged.error < 1e-2))
            and (self.least_gain is None or judged.gain >= self.least_gain)
            and (not self.error or self.error in (case.error or ""))
            and all(case.opts.get(name) == value for name, value in self.opts.items())
        )


def load() -> list[Known]:
    """Return the reasons of known.toml, in order."""
    path = Path(__file__).with_name("known.toml")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["known"]
    return [Known(**row) for row in rows]


def reason_for(judged: Judged, known: list[Known]) -> str | None:
    """Return the first reason that covers a case, or None: an unexplained difference."""
    return next((k.reason for k in known if k.covers(judged)), None)

"""What a check yields: one sign, with the span or the named absence that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.flag import Severity


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: code points [start, end) of the document, or a document-wide one without them.

    ``evidence`` says what was found or where was looked in vain; ``severity`` None takes that of
    the table of checks.
    """

    explanation: str
    evidence: str
    start: int | None = None
    end: int | None = None
    suggestion: tuple[str, ...] = ()
    severity: Severity | None = None

"""A verdict with its reason and the evidence for and against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.model.answer import Evidence, VerdictKind

_GRAVITY = ("contradicted", "overstated", "supported", "no_evidence", "not_checkable")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found on a sentence, or on one thing that it says."""

    verdict: VerdictKind
    reason: str
    evidence: tuple[Evidence, ...] = ()


def gravest(found: Sequence[Finding]) -> Finding | None:
    """Give the finding that decides a sentence: a contradiction before all, then an excess.

    >>> gravest([Finding("supported", "a"), Finding("overstated", "b")]).reason
    'b'
    """
    return min(found, key=lambda one: _GRAVITY.index(one.verdict), default=None)

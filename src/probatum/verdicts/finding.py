"""A verdict with its reason and the evidence for and against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from probatum.model.answer import Evidence, VerdictKind

_GRAVITY = ("contradicted", "overstated", "supported", "no_evidence", "not_checkable")

_MOST = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found on a sentence, or on one thing that it says; ``rule`` names what found it."""

    verdict: VerdictKind
    reason: str
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""


def by(rule: str, found: Finding | None) -> list[Finding]:
    """Give what a rule found, with its name; nothing where it found nothing."""
    return [] if found is None else [replace(found, rule=rule)]


def gravest(found: Sequence[Finding]) -> Finding | None:
    """Give the finding that decides a sentence: a contradiction before all, then an excess.

    >>> gravest([Finding("supported", "a"), Finding("overstated", "b")]).reason
    'b'
    """
    first = min(found, key=lambda one: _GRAVITY.index(one.verdict), default=None)
    if first is None:
        return None
    alike = [one for one in found if one.verdict == first.verdict and one is not first]
    # What decided comes first and whole; of what says the same, the best piece each.
    wanted = {"supported": True, "contradicted": False}.get(first.verdict)
    fitting = ([e for e in one.evidence if wanted in {None, e.supports}] for one in alike)
    more = [found[0] for found in fitting if found]
    kept = list(first.evidence)
    for piece in more:
        if len(kept) < _MOST and all((e.kind, e.id) != (piece.kind, piece.id) for e in kept):
            kept.append(piece)
    return replace(first, evidence=tuple(kept))

"""Claims that say the same in other words, put together.

Never across direction, population, form of the drug, route or time: such claims differ.
"""

from __future__ import annotations

from collections.abc import Iterable

from probatum.model.claim import Claim

Frame = tuple[str | bool | None, ...]


def frame(claim: Claim) -> Frame:
    """Give what must be equal for two claims to say the same; the wording is not part of it."""
    return (
        claim.intervention, claim.condition, claim.outcome, claim.aspect, claim.comparator,
        claim.direction, claim.negated, claim.route, _folded(claim.dose),
        _folded(claim.time_point),
    )  # fmt: skip


def grouped(claims: Iterable[Claim]) -> list[tuple[Claim, ...]]:
    """Group claims by frame, largest group first, then in the order they came.

    >>> one = Claim("1", "d", 0, 4, "Pain", "x", "pain", None, None, "improves")
    >>> two = Claim("2", "e", 0, 4, "Ache", "x", "pain", None, None, "improves")
    >>> three = Claim("3", "e", 5, 9, "Worse", "x", "pain", None, None, "worsens")
    >>> [[claim.id for claim in group] for group in grouped([one, three, two])]
    [['1', '2'], ['3']]
    """
    found: dict[Frame, list[Claim]] = {}
    for claim in claims:
        found.setdefault(frame(claim), []).append(claim)
    return [tuple(group) for group in sorted(found.values(), key=len, reverse=True)]


def _folded(text: str | None) -> str | None:
    return " ".join(text.lower().replace("-", " ").split()) if text else None

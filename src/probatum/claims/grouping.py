"""Claims that say the same in other words, put together.

Never across direction, population, form of the drug, dose, route, comparator or time: such
claims differ. A hedge is wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from probatum.claims.lookup.topics import days_of
from probatum.model.claim import Claim

Frame = tuple[object, ...]
_PEOPLE = {
    "young": r"child(?:ren)?|p(?:a)?ediatric|infants?|adolescents?|youths?|teenagers?",
    "old": r"elderly|older (?:adults|people|patients)|geriatric",
    "mothers": r"pregnan\w+|parturients?|c(?:a)?esarean|postpartum|lactating",
    "animals": r"rats?|mice|mouse|rodents?|animals?|monkeys?|in vitro",
}
_NAMED = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _PEOPLE.items())})\b",
    re.IGNORECASE,
)


def frame(claim: Claim) -> Frame:
    """Give what must be equal for two claims to say the same; the wording is not part of it."""
    return (
        claim.intervention, claim.condition, claim.outcome, claim.aspect, claim.comparator,
        claim.direction, claim.negated, claim.route, _folded(claim.dose),
        _moment(claim.time_point), people(claim.quote),
    )  # fmt: skip


def people(quote: str) -> frozenset[str]:
    """Name the groups of people, or animals, that a sentence is about; adults are not named.

    >>> sorted(people("It helped children and rats"))
    ['animals', 'young']
    """
    return frozenset(found.lastgroup or "" for found in _NAMED.finditer(quote))


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


def _moment(text: str | None) -> object:
    """Give a time in days where it can be read: "24 h" is "1 day"."""
    days = days_of(text) if text else None
    return _folded(text) if days is None else round(days, 3)


def _folded(text: str | None) -> str | None:
    return "".join(text.lower().replace("-", " ").split()) if text else None

"""Claims that say the same in other words, put together.

Never across direction, population, form of the drug, dose, route, comparator or time: such
claims differ. A hedge is wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from probatum.model.claim import Claim

Frame = tuple[object, ...]
_PEOPLE = {  # for a pack that names no populations
    "young": r"child(?:ren)?|p(?:a)?ediatric|infants?|adolescents?|youths?|teenagers?",
    "old": r"elderly|older (?:adults|people|patients)|geriatric",
    "mothers": r"pregnan\w+|parturients?|c(?:a)?esarean|postpartum|lactating",
    "animals": r"rats?|mice|mouse|rodents?|animals?|monkeys?|in vitro",
}
_NAMED = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _PEOPLE.items())})\b",
    re.IGNORECASE,
)
_COUNTS = {
    "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0,
    "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "twelve": 12.0,
    "fourteen": 14.0, "twenty-four": 24.0,
}  # fmt: skip
_COUNT = re.compile(
    rf"\d+(?:[.,\u00b7]\d+)?|\b(?:{'|'.join(sorted(_COUNTS, key=len, reverse=True))})\b"
)
_UNIT = re.compile(r"(?<![a-z])(?:min|h|day|week|wk|month|year)")
_DAYS = {
    "min": 1 / 1440, "h": 1 / 24, "day": 1.0, "week": 7.0, "wk": 7.0, "month": 30.4, "year": 365.0,
}  # fmt: skip


def frame(claim: Claim) -> Frame:
    """Give what must be equal for two claims to say the same; the wording is not part of it.

    Whom a claim is said of is part of it, also where it is not said: of all is not of adults.
    """
    return (
        claim.intervention, claim.condition, claim.outcome, claim.aspect, claim.comparator,
        claim.direction, claim.negated, claim.route, _folded(claim.dose),
        moment(claim.time_point), frozenset(claim.population) or people(claim.quote),
    )  # fmt: skip


def people(quote: str) -> frozenset[str]:
    """Name the groups of people, or animals, that a sentence names; adults are not named.

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


def moment(text: str | None) -> object:
    """Give the days of a time as printed, both ends of a range; its words where none is counted.

    >>> moment("24 h") == moment("1 day"), moment("2 to 4 weeks"), moment("within hours")
    (True, (14.0, 28.0), 'withinhours')
    """
    small = text.lower() if text else ""
    unit, counts = _UNIT.search(small), _COUNT.findall(small)
    if unit is None or not counts:
        return _folded(text)
    numbers = (
        _COUNTS.get(one) or float(one.replace(",", ".").replace("\u00b7", ".")) for one in counts
    )
    return tuple(round(number * _DAYS[unit.group()], 5) for number in numbers)


def _folded(text: str | None) -> str | None:
    return "".join(text.lower().replace("-", " ").split()) if text else None

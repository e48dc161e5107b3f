"""What the documents of a base claim on a question: shown beside, never weighed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from probatum.model.answer import Evidence
from probatum.model.claim import Claim
from probatum.verdicts.items import Item
from probatum.verdicts.known import Sign

_SIGNS: dict[str, Sign] = {
    "improves": "benefit",
    "treats": "benefit",
    "worsens": "harm",
    "causes": "harm",
    "increases": "harm",
    "no_difference": "unclear",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of a document, with the title of its work and an address of it."""

    claim: Claim
    title: str
    url: str | None


Library = Callable[[str], Sequence[Told]]  # the claims on a question, by its id


def closest(items: Sequence[Item], library: Library | None, expected: Sign) -> list[Evidence]:
    """Give the first claim for and the first against on the questions that items answer."""
    found: dict[bool, Evidence] = {}
    asked = [item.evidence.id for item in items if item.evidence.kind == "pooled"]
    for told in (one for name in asked for one in (library(name) if library else ())):
        sign = _sign(told.claim)
        if sign is not None:
            found.setdefault(sign == expected, _evidence(told, supports=sign == expected))
        if len(found) == 2:
            break
    return list(found.values())


def _sign(claim: Claim) -> Sign | None:
    sign = _SIGNS.get(claim.direction)
    return "unclear" if sign and claim.negated else sign


def _evidence(told: Told, *, supports: bool) -> Evidence:
    claim = told.claim
    place = f"{claim.document}#s={claim.start}-{claim.end}"
    return Evidence("claim", place, claim.quote, told.title, told.url, supports)

"""Whether two wordings of the same thing go the same way, and whether their numbers agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from probatum.text.figures import Quantity
from probatum.verdicts.gist import Signs

Way = Literal["same", "opposite", "level"]
Told = Literal["none", "held", "unheld", "other"]

SAID = {"presence": "more"}  # what is merely said: it is there
RULES = frozenset({"suited", "need", "licence"})
_CROSS: dict[tuple[str, str, str, str], Way] = {  # what one axis says, said on another
    ("suited", "less", "need", "more"): "same",
    ("suited", "more", "presence", "more"): "opposite",
    ("need", "less", "suited", "less"): "opposite",
    ("presence", "less", "suited", "less"): "opposite",
    ("suited", "less", "presence", "less"): "opposite",
    ("change", "level", "presence", "less"): "same",
}


def ways(said: Signs, held: Signs) -> set[Way]:
    """Give how each axis compares: the same, the opposite, or a difference where none is held.

    What is said to be there counts where no other axis is in both. A rule is no finding: where one
    is held, a wording without a rule goes no way.

    >>> ways({"change": "less"}, {"change": "more"}), ways({"benefit": "more"}, {"need": "more"})
    ({'opposite'}, set())
    """
    if RULES & set(held) and not RULES & set(said):
        return set()
    shared = set(said) & set(held)
    found = {_way(said[axis], held[axis]) for axis in shared - {"presence"} or shared}
    if found:
        return found
    pairs = ((*mine, *theirs) for mine in said.items() for theirs in held.items())
    return {_CROSS[pair] for pair in pairs if pair in _CROSS}


def _way(said: str, held: str) -> Way:
    if said == held:
        return "same"
    return "level" if held == "level" else "opposite"


def numbers(said: Sequence[Quantity], own: Sequence[Quantity], whole: Sequence[Quantity]) -> Told:
    """Compare quantities with those of the thing itself and of the whole statement.

    "held": all agree; "other": the thing prints one share, and it is another; "unheld": what is
    printed cannot be compared.
    """
    told: Told = "none"
    for one in said:
        if any(q.kind == one.kind and q.agrees(one) for q in whole):
            told = "held" if told == "none" else told
            continue
        alike = [q for q in own if q.kind == one.kind]
        other = one.kind == "share" and len(alike) == 1 and told != "unheld"
        told = "other" if other else "unheld"
    return told

"""One thing said of a therapy, and the sentence in which it is said."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.text.concepts import Concept, nearest, population
from probatum.verdicts.speech import cue

OBJECTS = ("outcome", "scale", "harm", "mechanism", "indication")
BEFORE = 40  # characters in front of a word that belong to it: some five words


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said: relation, drug, thing, condition, and with what reserve.

    ``relation`` is one of improves, worsens, no-benefit, causes, not-causes, minimises, reduces,
    acts-by, not-by, used-for. ``presupposed`` marks what is only named ("its antidepressant
    effects are ..."). ``comparators`` are those that the sentence compares with, ``topic`` the
    condition that the text named last.
    """

    relation: str
    drug: str
    thing: Concept
    condition: str | None
    comparators: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    hedged: bool = False
    presupposed: bool = False
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence with its concepts, the drug a pronoun stands for and the condition last named."""

    sentence: str
    found: list[Concept]
    implied: str | None
    topic: str | None

    def drug(self, at: int, clause: tuple[int, int]) -> str | None:
        """Give the drug that a word is about: before it, implied, or after it in its clause."""
        before = [c for c in self.found if c.kind == "drug" and c.start < at]
        if before:
            return before[-1].id
        after = [c for c in self.found if c.kind == "drug" and c.start < clause[1]]
        return self.implied or (after[0].id if after else None)

    def condition(self, thing: Concept, at: int) -> str | None:
        """Give the condition: of the people, the thing itself, else the nearest."""
        people = population(self.found, self.sentence)
        own = thing if thing.kind == "indication" else nearest(self.found, ("indication",), at)
        chosen = people or own
        return chosen.id if chosen else None

    def reserved(self, clause: tuple[int, int], until: int) -> bool:
        """Tell whether hope, promise or opinion stands in a clause up to a place."""
        return cue("reserve").search(self.sentence, clause[0], until) is not None

    def routes(self) -> frozenset[str]:
        """Give the routes that the sentence names."""
        return frozenset(c.id for c in self.found if c.kind == "route")

    def comparators(self) -> frozenset[str]:
        """Give the comparators in front of which a word of comparison stands."""
        return frozenset(
            c.id
            for c in self.found
            if c.kind == "comparator"
            and cue("compared").search(self.sentence, max(0, c.start - BEFORE), c.start)
        )

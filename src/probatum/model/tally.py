"""How many statements take which stance towards a work, counted several ways."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StanceCount:
    """How many statements take one stance.

    ``broad`` counts by stance alone, ``strict`` those of them with the citing authors' own
    evidence (of mentioning: all others); ``self_citing`` are those of ``broad`` that share an
    author, a named group or a trial with the cited work, and ``groups`` the groups of authors
    behind the rest: two citing works with an author in common, or with a third between them, are
    of one group.

    ``labelled`` is how many the classifier gave this label, those too uncertain to count included;
    ``corrected`` what remains of that after its known error, with 95 % limits; None before it was
    worked out, and where nothing was labelled.
    """

    stance: str
    broad: int = 0
    strict: int = 0
    self_citing: int = 0
    groups: int = 0
    labelled: int = 0
    corrected: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class StatementCounts:
    """Counts of the statements about some works: supporting, mentioning, contrasting.

    ``uncertain`` lean to a side without being confident enough to count (they stand under
    mentioning); ``repeats`` say what an earlier one said, and ``barred`` are of sources with a
    serious flag or cite only themselves: both are in no count.
    """

    stances: tuple[StanceCount, ...] = ()
    uncertain: int = 0
    repeats: int = 0
    barred: int = 0

    def broad(self, stance: str) -> int:
        """Give how many statements take a stance, own evidence or not.

        >>> StatementCounts((StanceCount("supporting", 3),)).broad("supporting")
        3
        """
        return sum(one.broad for one in self.stances if one.stance == stance)

"""Pairs become clusters: the surest first, never against a person's word or a hard fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from probatum.works.match import Match

Pair = tuple[int, int]


class Forest:
    """Disjoint sets of places, each with its PMIDs and what it must not be joined with.

    Union by size with path halving (Tarjan and van Leeuwen 1984). Mutable while clustering only.
    """

    def __init__(self, pmids: Sequence[str | None], apart: Iterable[Pair]) -> None:
        self._parent = list(range(len(pmids)))
        self._size = [1] * len(pmids)
        self._pmids = [{pmid} - {None} for pmid in pmids]
        self._apart: dict[int, set[int]] = {}
        for left, right in apart:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def find(self, place: int) -> int:
        """The root of the set that holds a place."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def join(self, left: int, right: int, *, firmly: bool = False) -> bool:
        """Unite two sets unless that is forbidden; ``firmly`` overrides the PMIDs only."""
        one, two = self.find(left), self.find(right)
        if one == two:
            return True
        if self._forbidden(one, two) or not (firmly or self._one_pmid(one, two)):
            return False
        if self._size[one] < self._size[two]:
            one, two = two, one
        self._parent[two] = one
        self._size[one] += self._size[two]
        self._pmids[one] |= self._pmids[two]
        if two in self._apart:
            self._apart.setdefault(one, set()).update(self._apart.pop(two))
        return True

    def _one_pmid(self, one: int, two: int) -> bool:
        mine, theirs = self._pmids[one], self._pmids[two]
        return not mine or not theirs or not mine.isdisjoint(theirs)

    def _forbidden(self, one: int, two: int) -> bool:
        few, many = self._apart.get(one, set()), self._apart.get(two, set())
        return any(self.find(place) == two for place in few) or any(
            self.find(place) == one for place in many
        )


def cluster(
    pmids: Sequence[str | None],
    matches: Mapping[Pair, Match],
    *,
    together: Sequence[Pair] = (),
    apart: Sequence[Pair] = (),
) -> list[list[int]]:
    """Group places into works; each group sorted, groups by their first place.

    ``pmids`` are those of the documents at the places, None where one has none.
    ``together`` and ``apart`` are people's decisions: the former are joined first, the latter
    never stand in one group (where both speak of one chain of documents, ``apart`` wins). A
    document without any match is a group of its own.
    """
    forest = Forest(pmids, apart)
    for left, right in sorted(together):
        forest.join(left, right, firmly=True)
    sure = (pair for pair, found in matches.items() if found.verdict == "same")
    for left, right in sorted(sure, key=lambda pair: (-matches[pair].score, pair)):
        forest.join(left, right)
    groups: dict[int, list[int]] = {}
    for place in range(len(pmids)):
        groups.setdefault(forest.find(place), []).append(place)
    return sorted(groups.values())

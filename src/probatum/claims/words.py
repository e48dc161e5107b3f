"""A pack's vocabulary compiled for extraction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from probatum.model.pack import Scale, Vocabulary
from probatum.text.terms import Matcher, matcher


@dataclass(frozen=True, slots=True)
class Words:
    """A compiled vocabulary: its matcher, outcomes of scales, ids of aspects, the scales.

    ``order`` holds the place of each outcome in the pack, which lists the commonest first;
    ``people`` finds the populations, which are no things of a relation.
    """

    matcher: Matcher
    scales: dict[str, str | None]
    aspects: tuple[str, ...]
    rated: dict[str, Scale]
    order: dict[str, int]
    people: Matcher


@lru_cache(maxsize=4)
def compiled(vocabulary: Vocabulary) -> Words:
    """Compile a vocabulary once a process."""
    scales = {scale.id: scale.outcome for scale in vocabulary.scales}
    rated = {scale.id: scale for scale in vocabulary.scales}
    aspects = tuple(term.id for term in vocabulary.aspects)
    order = {term.id: place for place, term in enumerate(vocabulary.outcomes)}
    people = matcher(vocabulary.groups())
    return Words(matcher(vocabulary.forms()), scales, aspects, rated, order, people)

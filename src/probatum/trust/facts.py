"""The pack's statements as positions: what a text may stand against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar

from probatum.model.pack import Pack, PackStatement, Vocabulary
from probatum.text.hazards import Hazard, hazards
from probatum.text.positions import Position, positions
from probatum.text.terms import Matcher, matcher

K = TypeVar("K")
V = TypeVar("V")
_REGULATORY = frozenset({"regulatory", "regulatory-status"})
_WARNING = _REGULATORY | {
    "safety", "contraindications", "monitoring", "interactions", "misuse-ethics",
}  # fmt: skip
# Aspects of statements that stand against a denied danger, whatever it is.
OF_HARM = ("safety", "contraindications", "interactions", "monitoring", "misuse-ethics")


@dataclass(frozen=True, slots=True)
class Facts:
    """Positions beside the statements they were read from, and which ids count as one thing.

    ``warnings`` are the hazards that statements on safety hold; one that names no drug, or another
    form of the same drug, is about the therapy as such. ``regulatory`` are statements on status.
    """

    matcher: Matcher
    positions: tuple[Position, ...]
    statements: tuple[PackStatement, ...]
    related: tuple[frozenset[str], ...]
    warnings: tuple[tuple[Hazard, PackStatement], ...]
    regulatory: tuple[PackStatement, ...]


def last_kept(make: Callable[[K], V]) -> Callable[[K], V]:
    """Keep what was made of the argument used last, which is known by itself.

    To hash a pack costs a millisecond, a tenth of a page.
    """
    last: list[tuple[K, V]] = []

    @wraps(make)
    def kept(given: K) -> V:
        for held, made in last:
            if held is given:
                return made
        made = make(given)
        last[:] = [(given, made)]
        return made

    return kept


@last_kept
def vocabulary_matcher(vocabulary: Vocabulary) -> Matcher:
    """Compile a vocabulary once a process."""
    return _matcher(vocabulary)


@last_kept
def drug_matcher(vocabulary: Vocabulary) -> Matcher:
    """Compile the names of the drugs alone once a process: a quick look whether a text has any."""
    return matcher(form for form in vocabulary.forms() if form[0] == "drug")


@last_kept
def facts(pack: Pack) -> Facts:
    """Read the positions of a pack's statements once a process."""
    return _facts(pack.vocabulary, pack.statements)


def names_drugs(pack: Pack, text: str) -> bool:
    """Whether a text may name a drug of the pack: a quick look before a closer one."""
    return bool(drug_matcher(pack.vocabulary).find(text))


@lru_cache(maxsize=4)
def _matcher(vocabulary: Vocabulary) -> Matcher:
    return matcher(vocabulary.forms())


@lru_cache(maxsize=4)
def _facts(vocabulary: Vocabulary, statements: tuple[PackStatement, ...]) -> Facts:
    words = vocabulary_matcher(vocabulary)
    pairs = [(p, s) for s in statements for p in positions(s.text, words)]
    read = tuple(p for p, _ in pairs)
    warnings = tuple(
        (hazard, s)
        for s in statements
        if s.aspect in _WARNING
        for hazard in hazards(s.text, words, rule=s.aspect not in _REGULATORY)
        if hazard.holds
    )
    status = tuple(s for s in statements if s.aspect in _REGULATORY)
    return Facts(words, read, tuple(s for _, s in pairs), vocabulary.families(), warnings, status)


def opposing(statement: PackStatement) -> str:
    """Write a statement of the pack as the evidence of a flag, with its source."""
    source = statement.sources[0].url if statement.sources else "no source"
    return f"{statement.id} ({statement.source_type}): {statement.text!r}; source: {source}"


def bearing(pack: Pack, text: str, aspects: Sequence[str]) -> PackStatement | None:
    """Give the statement on one of some aspects that shares most terms with a text.

    The first of those alike; None where the pack has none on these aspects, or none that shares
    a term.
    """
    words = vocabulary_matcher(pack.vocabulary)
    asked = _named(words, text)
    best, most = None, 0
    for statement, named in _terms(pack.vocabulary, pack.statements):
        shared = len(asked & named)
        if statement.aspect in aspects and shared > most:
            best, most = statement, shared
    return best


@lru_cache(maxsize=4)
def _terms(
    vocabulary: Vocabulary, statements: tuple[PackStatement, ...]
) -> tuple[tuple[PackStatement, frozenset[str]], ...]:
    words = vocabulary_matcher(vocabulary)
    return tuple((s, _named(words, s.text)) for s in statements)


def _named(words: Matcher, text: str) -> frozenset[str]:
    kinds = {"drug", "indication", "harm"}
    found = (term for match in words.find(text) for term in match.terms)
    return frozenset(name for kind, name in found if kind in kinds)

"""The pack's statements as positions: what a text may stand against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from probatum.model.pack import Pack, PackStatement, Vocabulary
from probatum.text.hazards import Hazard, hazards
from probatum.text.positions import Position, positions
from probatum.text.terms import Matcher, matcher

_REGULATORY = frozenset({"regulatory", "regulatory-status"})
_WARNING = _REGULATORY | {
    "safety", "contraindications", "monitoring", "interactions", "misuse-ethics",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """Positions beside the statements they were read from, and which ids count as one thing.

    ``warnings`` are the hazards that statements on safety hold; one that names no drug, or another
    form of the same drug, is about the therapy as such.
    """

    matcher: Matcher
    positions: tuple[Position, ...]
    statements: tuple[PackStatement, ...]
    related: tuple[frozenset[str], ...]
    warnings: tuple[tuple[Hazard, PackStatement], ...]


# To hash a pack costs a millisecond, five times a document: the one used last is known by itself.
_last_vocabulary: list[tuple[Vocabulary, Matcher]] = []
_last_pack: list[tuple[Pack, Facts]] = []


def vocabulary_matcher(vocabulary: Vocabulary) -> Matcher:
    """Compile a vocabulary once a process."""
    for held, made in _last_vocabulary:
        if held is vocabulary:
            return made
    made = _matcher(vocabulary)
    _last_vocabulary[:] = [(vocabulary, made)]
    return made


def facts(pack: Pack) -> Facts:
    """Read the positions of a pack's statements once a process."""
    for held, made in _last_pack:
        if held is pack:
            return made
    made = _facts(pack.vocabulary, pack.statements)
    _last_pack[:] = [(pack, made)]
    return made


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
    return Facts(words, read, tuple(s for _, s in pairs), vocabulary.families(), warnings)


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

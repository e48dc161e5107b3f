"""What a text is held against: pooled answers by condition, the pack's statements as positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from probatum.model.answer import Answer
from probatum.model.pack import Pack, PackStatement, Term, Vocabulary
from probatum.text.positions import Position, positions
from probatum.text.terms import Matcher, matcher

Sign = Literal["benefit", "harm", "unclear"]
_RATIOS = frozenset({"OR", "RR", "HR"})


@dataclass(frozen=True, slots=True)
class Known:
    """Answers with an estimate, positions beside their statements, links of the studies.

    ``inert`` are the comparators that a claim without a comparator is meant against.
    """

    matcher: Matcher
    answers: tuple[Answer, ...]
    positions: tuple[Position, ...]
    statements: tuple[PackStatement, ...]
    related: tuple[frozenset[str], ...]
    links: dict[str, str]
    scales: dict[str, str | None]
    inert: frozenset[str]


def known(answers: Sequence[Answer], pack: Pack) -> Known:
    """Prepare what a text is held against."""
    words, read, statements = _read(pack.vocabulary, pack.statements)
    links = {row.row_id: row.sources[0].url for row in pack.studies if row.sources}
    return Known(
        words,
        tuple(a for a in answers if a.pooled.estimate is not None and a.question.benefit),
        read,
        statements,
        pack.vocabulary.families(),
        links,
        {scale.id: scale.outcome for scale in pack.vocabulary.scales},
        frozenset(t.id for t in pack.vocabulary.comparators if _is_inert(t)),
    )


def _is_inert(term: Term) -> bool:
    """Whether a comparator stands for no treatment: a placebo, an active placebo, none added."""
    words = " ".join((term.id, term.parent or "", term.label, *term.synonyms)).lower()
    return "placebo" in words or "inactive" in words


@lru_cache(maxsize=4)
def _read(
    vocabulary: Vocabulary, statements: tuple[PackStatement, ...]
) -> tuple[Matcher, tuple[Position, ...], tuple[PackStatement, ...]]:
    words = matcher(vocabulary.forms())
    pairs = [(p, s) for s in statements for p in positions(s.text, words)]
    return words, tuple(p for p, _ in pairs), tuple(s for _, s in pairs)


def sign(answer: Answer) -> Sign:
    """Tell which way an answer's interval points; unclear when it holds no effect.

    The direction of benefit is the question's: for pain lower is better, for response higher.
    """
    pooled, benefit = answer.pooled, answer.question.benefit
    null = 1.0 if pooled.measure in _RATIOS else 0.0
    low, high = pooled.ci_low, pooled.ci_high
    if low is None or high is None or low <= null <= high:
        return "unclear"
    lower = high < null
    return "benefit" if lower == (benefit == "lower") else "harm"

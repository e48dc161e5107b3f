"""Certainty, answers, and what changed between two states of a base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from probatum.model.effect import Analyses, Pooled
from probatum.model.pack import Question

Level = Literal["high", "moderate", "low", "very low", "none"]
VerdictKind = Literal["supported", "overstated", "contradicted", "no_evidence", "not_checkable"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of GRADE: the domain, how many levels up or down, the reason, the numbers."""

    domain: str
    change: int
    reason: str
    numbers: tuple[tuple[str, float | str], ...] = ()


@dataclass(frozen=True, slots=True)
class Certainty:
    """GRADE: the level reached, where it started, each step, and a person's override if any."""

    level: Level
    start: Level
    steps: tuple[Step, ...]
    override: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is known about one question: the pooled numbers, certainty, statements.

    ``analyses`` are the models and tests beside the pool; None where nothing is pooled or shown.
    """

    question: Question
    pooled: Pooled
    certainty: Certainty
    supporting: int
    contrasting: int
    sentence: str
    knowledge: tuple[str, ...] = ()
    analyses: Analyses | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a build changed for one question; ``text`` says it in words and numbers."""

    question: str
    before: str | None
    after: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence for or against a claim, with the place it came from."""

    kind: Literal["pooled", "statement", "claim", "record"]
    id: str
    quote: str
    source: str
    url: str | None
    supports: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the base says about one sentence of a text."""

    document: str
    start: int
    end: int
    quote: str
    verdict: VerdictKind
    reason: str
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[str, ...] = ()
    faithful: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result."""

    kind: str
    id: str
    title: str
    snippet: str
    score: float


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the doctor found wrong, and the remedy."""

    where: str
    reason: str
    remedy: str

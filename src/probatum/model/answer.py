"""Certainty, answers, and what changed between two states of a base."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from probatum.model.curve import DoseResponse, TimeCourse
from probatum.model.effect import Analyses, Pooled, Series
from probatum.model.monitoring import Monitoring
from probatum.model.pack import Question
from probatum.model.published import ReviewBeside, Voice
from probatum.model.tally import StatementCounts

Level = Literal["high", "moderate", "low", "very low", "none"]
HIT_KINDS = ("question", "document", "work", "statement")
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
class RiskOfBias:
    """How people judged the risk of bias of one study: "low", "some concerns" or "high".

    ``judgement`` is the overall one, None where the domains judged so far do not settle it;
    ``domains`` holds (domain, judgement) pairs; ``said`` who, when and why of the latest.
    """

    study: str
    judgement: str | None
    domains: tuple[tuple[str, str], ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Absolute:
    """What a relative effect means for 1000 people, at an assumed risk without the treatment.

    ``control`` is the median risk of the control groups of ``rows``; ``treated`` with its 95 %
    limits what the pooled effect makes of it; all in people of 1000, 0 to 1000. ``text`` says it.
    """

    control: float
    treated: float
    treated_low: float
    treated_high: float
    rows: tuple[str, ...]
    text: str

    @property
    def difference(self) -> float:
        """People more (or, below 0, fewer) of 1000 with the treatment."""
        return self.treated - self.control


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is known about one question: the pooled numbers, certainty, statements.

    ``analyses`` are the models and tests beside the pool; ``absolute`` the effect for 1000 people
    where the outcome is an event; ``risk_of_bias`` what people judged about the studies;
    ``series`` groups without a comparison, which are shown apart; ``reviews`` what published
    reviews concluded on the same question, newest first. ``uncertain`` statements lean to a side
    under the threshold of confidence, and stand on neither; ``counts`` counts the statements
    several ways. ``monitoring`` is the pool as it grew,
    ``dose`` the effect against dose, ``course`` against time over all questions that ask the same
    at other times; None where the rows do not hold that. ``voices`` are this base, reviews,
    guidelines and consensus on the question, and ``disagreement`` says where they differ.
    """

    question: Question
    pooled: Pooled
    certainty: Certainty
    supporting: int
    contrasting: int
    sentence: str
    knowledge: tuple[str, ...] = ()
    analyses: Analyses | None = None
    absolute: Absolute | None = None
    risk_of_bias: tuple[RiskOfBias, ...] = ()
    series: tuple[Series, ...] = ()
    reviews: tuple[ReviewBeside, ...] = ()
    uncertain: int = 0
    voices: tuple[Voice, ...] = ()
    disagreement: str = ""
    monitoring: Monitoring | None = None
    dose: DoseResponse | None = None
    course: TimeCourse | None = None
    counts: StatementCounts = field(default_factory=StatementCounts)


@dataclass(frozen=True, slots=True)
class Change:
    """What a build changed for one question; ``text`` says it in words and numbers."""

    question: str
    before: str | None
    after: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Release:
    """A state of the base that was kept under a name, or the current one.

    ``changes`` are against the release before it, ``before``; None for the first.
    """

    name: str
    as_of: str
    version: str
    build_id: str
    answers: int
    before: str | None
    changes: tuple[Change, ...]


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
    """A search result; ``kind`` is one of HIT_KINDS."""

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

"""What a report says of its own study: its design, and signals for a person to judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AMSTAR_ITEMS = tuple(f"AMSTAR 2 item {number}" for number in range(1, 17))

DesignKind = Literal[
    "randomised",
    "randomised crossover",
    "cluster-randomised",
    "non-randomised trial",
    "before-after",
    "cohort",
    "case-control",
    "cross-sectional",
    "case series",
    "case report",
    "systematic review",
    "systematic review with meta-analysis",
    "review",
    "guideline",
    "animal",
    "in vitro",
    "protocol",
    "qualitative",
    "editorial",
]
TRIALS = ("randomised", "randomised crossover", "cluster-randomised")
SYSTEMATIC = ("systematic review", "systematic review with meta-analysis")
# An association seen here does not show a cause.
OBSERVATIONAL = ("cohort", "case-control", "cross-sectional", "case series", "case report")
UNCONTROLLED = ("before-after", "case series", "case report")
# About people treated or watched, so that a certainty can be asked for.
STUDIES = (*TRIALS, "non-randomised trial", "before-after", *OBSERVATIONAL)


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that says something of the study, with its place: code points [start, end).

    ``start`` and ``end`` are None for what stands in the record and not in the text.
    """

    quote: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """What a report says on one item of an instrument; without ``places`` it says nothing.

    ``instrument`` is "reporting", "RoB 2" or "AMSTAR 2"; ``item`` the domain or number,
    ``asks`` what it is about. A proposal with quotations: a person judges.
    """

    instrument: str
    item: str
    asks: str
    places: tuple[Place, ...] = ()

    @property
    def state(self) -> str:
        """Whether anything was found: "present" or "absent"."""
        return "present" if self.places else "absent"


@dataclass(frozen=True, slots=True)
class Study:
    """The design of the study that a document reports, where that stands, and the signals.

    ``basis``: "publication type", "title", "abstract" or "text"; ``start``, ``end`` and ``quote``
    are None where the record's type says it.
    """

    design: DesignKind
    basis: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of judgements/rob.csv: what somebody judged of a study in one domain or item.

    ``who`` that begins with "consensus" speaks for the reviewers together.
    """

    study: str
    domain: str
    judgement: str
    who: str
    when: str
    why: str

    @property
    def consensus(self) -> bool:
        """Whether the reviewers judged together."""
        return self.who.lower().startswith("consensus")

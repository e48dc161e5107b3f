"""Signs about a source, and the profile that they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from probatum.model.study import Study

Severity = Literal["note", "concern", "serious"]
Scope = Literal["span", "document"]
FlagState = Literal["open", "accepted", "rejected", "deferred"]
Dimension = Literal["identity", "integrity", "interest", "support", "certainty", "records", "good"]


@dataclass(frozen=True, slots=True)
class Flag:
    """One sign about a source: which rule fired, where, on what evidence, how grave.

    A flag of scope "document" has start, end and quote None, and names in ``evidence`` what was
    found or looked for in vain. ``suggestion`` holds proposed wordings, best first. ``state`` is
    what a reviewer decided and ``said`` who, when and why; a rejected flag counts for nothing.
    """

    id: str
    document: str
    rule: str
    kind: str
    scope: Scope
    severity: Severity
    explanation: str
    evidence: str
    reference: str
    dimension: Dimension = "integrity"
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    suggestion: tuple[str, ...] = ()
    instrument: str = ""
    version: str = "1"
    state: FlagState = "open"
    said: str = ""


@dataclass(frozen=True, slots=True)
class FlagDecision:
    """What a reviewer decided about a flag, by its id."""

    flag: str
    state: FlagState
    said: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The gravest flag on each line that nobody rejected: "none" to "serious", or "not assessed".

    Never one score. ``spun`` is "consistent with machine paraphrase", never an accusation;
    ``spun_score`` is in [0, 1]. ``study`` is what an article or record says of its own design.
    """

    document: str
    identity: str
    integrity: str
    interest: str
    support: str
    certainty: str
    spun: bool
    spun_score: float
    study: Study | None = None


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The flags of one document and its profile."""

    document: str
    flags: tuple[Flag, ...]
    profile: Profile

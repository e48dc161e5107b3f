"""Signs about a source, and the profile that they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from probatum.model.study import Study

Severity = Literal["note", "concern", "serious"]
Scope = Literal["span", "document"]
Dimension = Literal["identity", "integrity", "interest", "support", "certainty", "records", "good"]


@dataclass(frozen=True, slots=True)
class Flag:
    """One sign about a source: which rule fired, where, on what evidence, how grave.

    A flag of scope "document" has start, end and quote None, and names in ``evidence`` what was
    found or looked for in vain. ``suggestion`` holds proposed wordings, best first.
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


@dataclass(frozen=True, slots=True)
class Profile:
    """The gravest open flag on each line ("none", "note", "concern", "serious", "not assessed").

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

"""What documents say: statements about other works, claims, numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from probatum.model.document import Identifiers

Stance = Literal["supporting", "contrasting", "mentioning"]
CiterRelation = Literal["self", "independent", "unknown"]
Direction = Literal[
    "improves",
    "worsens",
    "no_difference",
    "increases",
    "decreases",
    "causes",
    "treats",
    "contraindicated",
    "interacts",
    "requires",
    "other",
]
Strength = Literal["none", "correlational", "conditional", "causal"]
PartName = Literal[
    "intervention",
    "condition",
    "outcome",
    "aspect",
    "direction",
    "negated",
    "scope",
    "hedge",
    "strength",
    "dose",
    "route",
    "time_point",
    "comparator",
    "population",
]
PartOrigin = Literal["sentence", "earlier", "heading", "title"]


@dataclass(frozen=True, slots=True)
class Target:
    """The work that a statement is about, as the citing document names it."""

    reference: str | None
    identifiers: Identifiers = field(default_factory=Identifiers)
    title: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One in-text citation in its sentence; offsets in the citing document's text.

    ``confidence`` is in [0, 1]; ``abstained`` means that it is below the threshold, and that the
    label must not be counted. ``why`` lists the cues. ``twin_of`` is the id of an earlier
    statement that says the same. ``label_origin``: "rule", "model", "printed" (as a citation page
    prints it).
    """

    id: str
    document: str
    start: int
    end: int
    quote: str
    section: str | None
    marker: str | None
    marker_start: int | None
    marker_end: int | None
    targets: tuple[Target, ...]
    stance: Stance
    own_evidence: bool
    confidence: float
    abstained: bool
    relation: CiterRelation = "unknown"
    why: tuple[str, ...] = ()
    previous: str | None = None
    next: str | None = None
    label_origin: str = "rule"
    twin_of: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The words that a part of a claim was read from: code points [start, end) of the text.

    ``name`` is the field of the claim; "scope" is what a negation denies, its own words included.
    ``origin`` says where they stand: in the claim's sentence, in one before it, in a heading above
    it, or in the document's title. Where the text does not hold these words (a title that is only
    in the metadata), start and end are None.
    """

    name: PartName
    start: int | None
    end: int | None
    origin: PartOrigin = "sentence"


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion; the concept fields hold ids of the pack's vocabulary, or None.

    ``population`` names the groups of people, animals or cells that it is said of; empty where it
    names none. ``parts`` say where each field was read; a field that follows from others (an
    aspect from the kind of its outcome, a direction given by a model) has none. ``method`` says
    what read it: a rule, the shipped model of direction, or a language model.
    """

    id: str
    document: str
    start: int
    end: int
    quote: str
    intervention: str | None
    condition: str | None
    outcome: str | None
    aspect: str | None
    direction: Direction
    negated: bool = False
    hedge: str | None = None
    strength: Strength = "none"
    dose: str | None = None
    route: str | None = None
    time_point: str | None = None
    section: str | None = None
    comparator: str | None = None
    method: Literal["rule", "model", "llm"] = "rule"
    population: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of a comparison as printed.

    ``treatment`` is the vocabulary's drug or comparator that the label stands for, ``dose`` what
    is printed of it. ``low`` and ``high`` are the bounds of what ``interval`` names.
    """

    label: str
    n: int | None = None
    events: float | None = None
    mean: float | None = None
    sd: float | None = None
    percent: float | None = None
    se: float | None = None
    median: float | None = None
    low: float | None = None
    high: float | None = None
    interval: Literal["iqr", "range", "ci"] | None = None
    treatment: str | None = None
    dose: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """A test as printed: kind (t, F, r, chi2, z or Q), degrees of freedom, statistic."""

    kind: str
    df1: float | None
    df2: float | None
    value: float


@dataclass(frozen=True, slots=True)
class PrintedEffect:
    """A contrast as printed; ``level`` is the interval's level in percent."""

    measure: str
    value: float
    ci_low: float | None = None
    ci_high: float | None = None
    level: float | None = None
    p: str | None = None


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """One number held against the others: rule, verdict, what was expected and found."""

    rule: str
    verdict: Literal["agrees", "disagrees", "cannot_tell"]
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Result:
    """Numbers of a study with the place they came from (a span, or a cell of a table).

    ``label`` is what was measured as the table prints it; ``p`` what is printed of the comparison.
    """

    id: str
    document: str
    start: int
    end: int
    quote: str
    intervention: str | None = None
    comparator: str | None = None
    outcome: str | None = None
    scale: str | None = None
    time_point: str | None = None
    cell: str | None = None
    arms: tuple[Arm, ...] = ()
    effect: PrintedEffect | None = None
    checks: tuple[NumberCheck, ...] = ()
    method: Literal["rule", "model", "llm"] = "rule"
    label: str | None = None
    p: str | None = None
    test: PrintedTest | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was extracted from one document."""

    document: str
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    results: tuple[Result, ...] = ()

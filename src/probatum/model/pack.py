"""A pack: everything that is particular to one therapy, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from probatum.model.published import PublishedPool
from probatum.model.source import Problem

FlagKind = Literal["not-estimable", "design", "source-inconsistency"]
DesignClass = Literal["randomised", "non-randomised", "uncontrolled", "unclear"]
Identity = Literal["confirmed", "by inference", "not confirmed"]
Benefit = Literal["lower", "higher"]
ResultType = Literal[
    "binary", "binary %", "continuous", "effect", "proportion", "pre-post", "narrative"
]


Relation = Literal[
    "improves", "no-benefit", "causes", "not-causes", "as-good-as", "worse-than", "acts-by",
    "not-by", "rapid", "lasting", "not-lasting", "used-for", "interacts", "no-interaction",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of the vocabulary: id, label, synonyms, parent id, (scheme, code) pairs.

    ``role`` of a comparator is "itself" where the therapy stands on both sides in another form,
    dose or company, so that it is no treatment of its own in a network; else empty.
    """

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    parent: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    role: Literal["", "itself"] = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale: range, which end is good, minimal important difference with its source.

    ``linear_to`` is the id of a scale that asks the same in another unit (0 to 10 and 0 to 100):
    with both ranges known, values convert by a factor. ``whole``: a person's score is a whole
    number, so that GRIM and GRIMMER hold for its means.
    """

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    outcome: str | None = None
    low: float | None = None
    high: float | None = None
    better: Benefit | None = None
    mid: float | None = None
    mid_source: str | None = None
    note: str = ""
    linear_to: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A time window in days, [low, high); ``id`` such as "24h" or "short-term".

    ``target`` is the day that is wanted when one study gives several times in the window.
    """

    id: str
    label: str
    low: float
    high: float
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of a therapy by kind; ids are unique within a kind."""

    drugs: tuple[Term, ...] = ()
    routes: tuple[Term, ...] = ()
    indications: tuple[Term, ...] = ()
    aspects: tuple[Term, ...] = ()
    outcomes: tuple[Term, ...] = ()
    scales: tuple[Scale, ...] = ()
    comparators: tuple[Term, ...] = ()
    mechanisms: tuple[Term, ...] = ()
    harms: tuple[Term, ...] = ()
    windows: tuple[Window, ...] = ()
    populations: tuple[Term, ...] = ()

    def families(self) -> tuple[frozenset[str], ...]:
        """Pairs of a condition and its kind, which a text may name for each other."""
        return tuple(frozenset({term.id, term.parent}) for term in self.indications if term.parent)

    def forms(self) -> tuple[tuple[str, str, str], ...]:
        """All surface forms as (kind, id, form), for a matcher; kinds in the singular.

        A label counts with and without what it adds in brackets.
        """
        kinds: tuple[tuple[str, tuple[Term | Scale, ...]], ...] = (
            ("drug", self.drugs),
            ("route", self.routes),
            ("indication", self.indications),
            ("outcome", self.outcomes),
            ("scale", self.scales),
            ("comparator", self.comparators),
            ("mechanism", self.mechanisms),
            ("harm", self.harms),
        )
        return tuple(
            (kind, term.id, form)
            for kind, terms in kinds
            for term in terms
            for form in (term.label, term.label.partition(" (")[0], *term.synonyms)
        )

    def groups(self) -> tuple[tuple[str, str, str], ...]:
        """The surface forms of the populations, apart from the others: "children with X" is X's.

        The label is no form: "Women in labour" stands for caesareans too.
        """
        return tuple(
            ("population", term.id, form) for term in self.populations for form in term.synonyms
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A cell of the atlas: indication x aspect and, for numbers, outcome, comparator, route, time.

    ``measure`` is the measure its rows are pooled on (MD, SMD, RR, OR, RD); ``benefit`` says
    which direction of the outcome is good. None in a field means "any" for matching a row and
    "not applicable" on a page. A question without an outcome takes no study rows: the pack's
    statements are its content. ``design`` limits the rows to one class of design.
    """

    id: str
    label: str
    indication: str
    aspect: str
    outcome: str | None = None
    comparator: str | None = None
    route: str | None = None
    window: str | None = None
    drug: str | None = None
    population: str | None = None
    scale: str | None = None
    measure: str | None = None
    benefit: Benefit | None = None
    design: DesignClass | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceLink:
    """Where a fact stands: a URL, DOI or PMID with its resolver link, and the place in it.

    ``locator`` None is shown as "whole document".
    """

    url: str
    locator: str | None = None
    doi: str | None = None
    pmid: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class StudyRow:
    """One result of one study: every printed value, and what it was coded to.

    Printed values are strings or numbers exactly as in the source; coded ones are ids of the
    vocabulary. ``_exp`` is the arm that got the therapy, ``_ctl`` the comparator. ``contrast``
    is experimental minus control (or their ratio) after conversion, so that every row of a
    question points the same way; the printed effect stays beside it. ``ci_level`` is the level in
    percent; an interval of a multiplicity-adjusted method never becomes a standard error.
    ``stratum`` names disjoint parts of a study that a review pooled side by side.
    ``overlaps`` lists row ids that hold some of the same people. A risk difference in
    ``contrast`` is a proportion (0.17), also where points (17) are printed.

    ``not_pooled`` says why a row is shown and does not enter the pool of its question, and is
    None where it does (unless ``flag_kind`` keeps it out). ``set_aside`` says why a row belongs
    to no question at all (baseline values, a subgroup beside its whole). ``shared_control`` is
    the same word in the rows of one study that are compared with one and the same control group.
    ``computed`` names the fields of the row that are not printed in the source, such as counts
    from percentages. ``second_reading`` holds what another source prints for the same result.
    """

    row_id: str
    study: str
    year: int | None
    doi: str | None
    pmid: str | None
    registration: str | None
    design: str
    indication: str | None
    indication_printed: str
    drug: str | None
    drug_printed: str
    route: str | None
    route_printed: str
    dose_printed: str
    dose_value: float | None
    dose_unit: str | None
    comparator: str | None
    comparator_printed: str
    outcome: str | None
    outcome_printed: str
    scale: str | None
    scale_printed: str
    timepoint_printed: str
    time_days: float | None
    window: str | None
    population: str
    population_subset: str | None
    stratum: str | None
    result_type: ResultType
    value_kind: str
    n_exp: float | None
    n_ctl: float | None
    events_exp: float | None
    events_ctl: float | None
    pct_exp: float | None
    pct_ctl: float | None
    mean_exp: float | None
    sd_exp: float | None
    mean_ctl: float | None
    sd_ctl: float | None
    effect_measure: str | None
    effect: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    ci_level: float | None
    ci_method: str | None
    p_reported: str | None
    measure: str | None
    contrast: float | None
    contrast_low: float | None
    contrast_high: float | None
    contrast_se: float | None
    benefit: Benefit | None
    reversed_in_source: bool
    crossover: bool
    overlaps: tuple[str, ...]
    flag_kind: FlagKind | None
    quality_flag: str | None
    not_pooled: str | None
    sources: tuple[SourceLink, ...]
    derived: str
    notes: str
    design_class: DesignClass = "unclear"
    identity: Identity = "not confirmed"
    shared_control: str | None = None
    computed: tuple[str, ...] = ()
    second_reading: str = ""
    indication_detail: str = ""
    direction_printed: str = ""
    set_aside: str | None = None


@dataclass(frozen=True, slots=True)
class PackStatement:
    """A statement of the pack in the project's own words, with its sources and strength.

    ``year`` is that of the source, where it is known.
    """

    id: str
    aspect: str
    indication: str | None
    text: str
    sources: tuple[SourceLink, ...]
    source_type: str
    strength: str
    note: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What a statement of the pack holds, coded by a person: drug, relation, thing, condition.

    ``drug`` None means every form of the therapy. ``thing`` is the id of an outcome, harm or
    mechanism; of an interaction there are ``words`` instead, any of which may stand for the other
    medicine. ``certainty`` is GRADE's level, or what comes nearest to the statement's strength.
    ``route`` is the one that it was tried by; None where it holds of several or is not known.
    """

    statement: str
    relation: Relation
    drug: str | None = None
    thing: str | None = None
    words: tuple[str, ...] = ()
    condition: str | None = None
    comparator: str | None = None
    certainty: str = "none"
    route: str | None = None


@dataclass(frozen=True, slots=True)
class PackRecord:
    """A bibliographic record that ships with the pack (facts only)."""

    key: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    container_title: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where a study row went: a question, or None with the reason it is in none.

    With a question, ``reason`` is empty where the row pools and says otherwise why it is only
    shown (the row's ``not_pooled``).
    """

    row_id: str
    question: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A therapy as data: vocabulary, questions, study rows, statements, records, published pools.

    ``digest`` is a sha256 over the files of the pack. ``problems`` names bad rows with file,
    line, column and reason; good rows are kept.
    """

    name: str
    title: str
    version: str
    digest: str
    as_of: str
    notice: str
    vocabulary: Vocabulary
    questions: tuple[Question, ...]
    studies: tuple[StudyRow, ...]
    assignments: tuple[Assignment, ...]
    statements: tuple[PackStatement, ...]
    records: tuple[PackRecord, ...]
    problems: tuple[Problem, ...] = ()
    published: tuple[PublishedPool, ...] = ()
    facts: tuple[Fact, ...] = ()

"""What a text is held against: pooled answers, the pack's statements as positions and facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from probatum.model.answer import Answer
from probatum.model.pack import Fact, Pack, PackStatement, StudyRow, Term, Vocabulary
from probatum.model.published import PublishedPool
from probatum.text.hazards import Hazard, hazards
from probatum.text.positions import Position, positions
from probatum.text.quantities import DOSE
from probatum.text.terms import Matcher, matcher

Sign = Literal["benefit", "harm", "unclear"]
LEVELS = ("none", "very low", "low", "moderate", "high")
_RATIOS = frozenset({"OR", "RR", "HR"})
_WARNING = frozenset(
    {"safety", "contraindications", "monitoring", "interactions", "misuse-ethics"}
)
_HARMS = frozenset({"causes", "not-causes"})


@dataclass(frozen=True, slots=True)
class Known:
    """Answers with an estimate, facts and positions beside their statements, links of the studies.

    ``inert`` are the comparators that a claim without a comparator is meant against; ``parents``
    the drug of which a form is a form; ``doses`` what statements print;
    ``warnings`` the hazards that statements on safety hold; ``studies`` the
    rows of single studies, by id; ``published`` what reviews printed; ``drugs`` those that
    anything is held of; ``harms`` what the vocabulary calls one; ``root`` the drug that the pack
    is about.
    """

    matcher: Matcher
    answers: tuple[Answer, ...]
    facts: tuple[Fact, ...]
    by_id: dict[str, PackStatement]
    positions: tuple[Position, ...]
    statements: tuple[PackStatement, ...]
    related: tuple[frozenset[str], ...]
    links: dict[str, str]
    scales: dict[str, str | None]
    inert: frozenset[str]
    parents: dict[str, str | None]
    doses: tuple[tuple[frozenset[str], PackStatement], ...]
    warnings: tuple[tuple[Hazard, PackStatement], ...]
    studies: dict[str, StudyRow]
    published: tuple[PublishedPool, ...]
    drugs: frozenset[str | None]
    harms: frozenset[str]
    root: str | None

    def treated(self, answers: Sequence[Answer]) -> tuple[float, float]:
        """Give events and people of the treated groups that answers pool; each row counts once."""
        counts = [(row.events_exp, row.n_exp) for row in self._pooled(answers)]
        return _summed(counts)

    def controls(self, answers: Sequence[Answer]) -> tuple[float, float]:
        """Give events and people of the other groups that answers pool; each row counts once."""
        counts = [(row.events_ctl, row.n_ctl) for row in self._pooled(answers)]
        return _summed(counts)

    def _pooled(self, answers: Sequence[Answer]) -> list[StudyRow]:
        pooled = (e for answer in answers for e in answer.pooled.effects if not e.left_out)
        names = sorted({e.row_id for e in pooled})
        return [self.studies[name] for name in names if name in self.studies]

    def about(self, statement: PackStatement) -> frozenset[str]:
        """Give the conditions that a statement is about; all that are known where it is of any."""
        coded = {f.condition for f in self.facts if f.statement == statement.id and f.condition}
        if statement.indication in {None, "any"}:
            asked = {answer.question.indication for answer in self.answers}
            return frozenset(coded.union(asked, *self.related))
        return frozenset({*coded, str(statement.indication)})

    def by_route(self) -> dict[str, str]:
        """Give the form of the drug by the routes by which answers hold of no other."""
        given: dict[str, set[str | None]] = {}
        for answer in self.answers:
            given.setdefault(answer.question.route or "", set()).add(answer.question.drug)
        only = ((route, next(iter(drugs))) for route, drugs in given.items() if len(drugs) == 1)
        return {route: drug for route, drug in only if route and drug}

    def family(self, condition: str | None) -> frozenset[str]:
        """Give a condition with its kinds and with what it is a kind of."""
        if condition is None:
            return frozenset()
        return frozenset({condition}).union(*(f for f in self.related if condition in f))


@dataclass(frozen=True, slots=True, eq=False)
class KnownBy:
    """The key under which something worked out from a base is kept: what it hangs on.

    ``parts`` names the fields of ``known`` that are read, beside the vocabulary. A base at hand is
    recognised at once; another is compared part by part.
    """

    known: Known
    parts: tuple[str, ...]

    def __hash__(self) -> int:
        return hash((self.parts, tuple(len(getattr(self.known, part)) for part in self.parts)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KnownBy) or self.parts != other.parts:
            return False
        ours, theirs = self.known, other.known
        return ours is theirs or (
            ours.matcher is theirs.matcher
            and all(getattr(ours, part) == getattr(theirs, part) for part in self.parts)
        )


def known(answers: Sequence[Answer], pack: Pack) -> Known:
    """Prepare what a text is held against."""
    words = pack.vocabulary
    read = _read(words, pack.statements, any(fact.relation in _HARMS for fact in pack.facts))
    links = {row.row_id: row.sources[0].url for row in pack.studies if row.sources}
    return Known(
        read.matcher,
        tuple(a for a in answers if a.pooled.estimate is not None and a.question.benefit),
        pack.facts,
        {statement.id: statement for statement in pack.statements},
        read.positions,
        read.statements,
        words.families(),
        links,
        {scale.id: scale.outcome for scale in words.scales},
        frozenset(t.id for t in words.comparators if _is_inert(t)),
        {drug.id: drug.parent for drug in words.drugs},
        read.doses,
        read.warnings,
        {row.row_id: row for row in pack.studies},
        pack.published,
        frozenset({fact.drug for fact in pack.facts} | {a.question.drug for a in answers}),
        frozenset(harm.id for harm in words.harms),
        next((drug.id for drug in words.drugs if drug.parent is None), None),
    )


def _summed(counts: Sequence[tuple[float | None, float | None]]) -> tuple[float, float]:
    known_ = [(events, people) for events, people in counts if events is not None and people]
    return sum(events for events, _ in known_), sum(people for _, people in known_)


def _is_inert(term: Term) -> bool:
    """Whether a comparator stands for no treatment: a placebo, an active placebo, none added."""
    words = " ".join((term.id, term.parent or "", term.label, *term.synonyms)).lower()
    return "placebo" in words or "inactive" in words


@dataclass(frozen=True, slots=True)
class _Read:
    matcher: Matcher
    positions: tuple[Position, ...]
    statements: tuple[PackStatement, ...]
    doses: tuple[tuple[frozenset[str], PackStatement], ...]
    warnings: tuple[tuple[Hazard, PackStatement], ...]


@lru_cache(maxsize=4)
def _read(vocabulary: Vocabulary, statements: tuple[PackStatement, ...], coded: bool) -> _Read:
    words = matcher(vocabulary.forms())
    pairs = [
        (p, s)
        for s in statements
        for p in positions(s.text, words)
        if p.topic != "harm" or not coded  # what is coded is not read from words again
    ]
    doses = tuple((doses_of(s.text), s) for s in statements if DOSE.search(s.text))
    return _Read(
        words,
        tuple(p for p, _ in pairs),
        tuple(s for _, s in pairs),
        doses,
        tuple(_warnings(words, statements)),
    )


def _warnings(
    words: Matcher, statements: Sequence[PackStatement]
) -> Iterator[tuple[Hazard, PackStatement]]:
    for statement in statements:
        if statement.aspect in _WARNING:
            for hazard in hazards(statement.text, words, rule=True):
                if hazard.holds:
                    yield hazard, statement


def doses_of(text: str) -> frozenset[str]:
    """Give the doses of a text, written alike.

    >>> sorted(doses_of("from 0.5 mg/kg to 1 mg per kg"))
    ['0.5mg/kg', '1mg/kg']
    """
    found = (match.group().lower() for match in DOSE.finditer(text))
    return frozenset("".join(one.replace(" per ", "/").split()) for one in found)


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

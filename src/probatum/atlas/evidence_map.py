"""The evidence map: indications by aspects, one cell what is known, a gap where nothing is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from probatum.atlas.figures.glyph import Lean, Sign
from probatum.atlas.labels import hierarchy
from probatum.atlas.signs import contested, flagged_questions
from probatum.atlas.wording import effect, null_of, number
from probatum.model.answer import Answer
from probatum.model.pack import Pack, PackStatement, Term

CellKind = Literal["numbers", "words", "gap"]
GENERAL = Term("", "Any indication")


@dataclass(frozen=True, slots=True)
class MapCell:
    """One cell: its questions, the one that leads (most participants), statements, in words."""

    indication: Term
    aspect: Term
    kind: CellKind
    answers: tuple[Answer, ...]
    statements: tuple[PackStatement, ...]
    lead: Answer | None
    participants: float
    lean: Lean
    signs: tuple[Sign, ...]
    words: str

    @property
    def anchor(self) -> str:
        """The fragment of the cell on the page of questions."""
        return f"cell-{self.indication.id or 'any'}-{self.aspect.id}"


@dataclass(frozen=True, slots=True)
class MapRow:
    """One indication, its depth below the top, and its cells in the order of the aspects."""

    indication: Term
    depth: int
    cells: tuple[MapCell, ...]


def lean_of(answer: Answer) -> Lean:
    """Tell which side the interval favours: the therapy, the comparator, or neither."""
    pooled, benefit = answer.pooled, answer.question.benefit
    if pooled.ci_low is None or pooled.ci_high is None or benefit is None:
        return "none"
    null = null_of(pooled.measure)
    if pooled.ci_low <= null <= pooled.ci_high:
        return "open"
    return "for" if (pooled.ci_high < null) == (benefit == "lower") else "against"


LEANING: dict[Lean, str] = {
    "for": "favours the therapy",
    "against": "favours the comparator",
    "open": "interval includes no difference",
    "none": "direction of benefit not stated",
}


SIGNS: dict[Sign, str] = {
    "contested": "contested",
    "flagged": "some sources are flagged",
}


def participants(answers: Iterable[Answer]) -> float:
    """Count the people behind some answers, a study once however often it is used."""
    by_study: dict[str, float] = {}
    for answer in answers:
        for used in answer.pooled.effects:
            if used.left_out is None:
                by_study[used.study] = max(by_study.get(used.study, 0.0), used.n or 0.0)
    return sum(by_study.values())


def evidence_map(
    pack: Pack, answers: Sequence[Answer], *, statements: bool = True
) -> tuple[MapRow, ...]:
    """Lay out every indication against every aspect; a row for what holds for any indication.

    Without ``statements`` only what the answers say is shown.
    """
    terms = hierarchy(pack.vocabulary.indications)
    known = {term.id for term, _ in terms}
    strays = {a.question.indication for a in answers} - known - {""}
    rows = [*terms, *((Term(stray, stray), 0) for stray in sorted(strays))]
    said = pack.statements if statements else ()
    if any(not s.indication for s in said):
        rows.append((GENERAL, 0))
    aspects = pack.vocabulary.aspects
    here: dict[tuple[str, str], list[Answer]] = {}
    for answer in filter(_told, answers):
        here.setdefault((answer.question.indication, answer.question.aspect), []).append(answer)
    told: dict[tuple[str, str], list[PackStatement]] = {}
    for statement in said:
        told.setdefault((statement.indication or "", statement.aspect), []).append(statement)

    doubted = flagged_questions(pack)

    def cell(term: Term, aspect: Term) -> MapCell:
        key = (term.id, aspect.id)
        found = tuple(here.get(key, ()))
        signs = _signs(found, doubted)
        return _cell((term, aspect), found, tuple(told.get(key, ())), signs)

    return tuple(
        MapRow(term, depth, tuple(cell(term, aspect) for aspect in aspects))
        for term, depth in rows
    )


def _signs(here: Sequence[Answer], doubted: Collection[str]) -> tuple[Sign, ...]:
    signs: list[Sign] = []
    if any(map(contested, here)):
        signs.append("contested")
    if any(answer.question.id in doubted for answer in here):
        signs.append("flagged")
    return tuple(signs)


def _cell(
    place: tuple[Term, Term],
    here: tuple[Answer, ...],
    told: tuple[PackStatement, ...],
    signs: tuple[Sign, ...],
) -> MapCell:
    counted = [a for a in here if a.pooled.estimate is not None]
    lead = max(counted, key=lambda a: (a.pooled.n or 0.0, a.pooled.k), default=None)
    people = participants(counted)
    kind: CellKind = "numbers" if lead else "words" if here or told else "gap"
    lean = lean_of(lead) if lead else "none"
    words = "; ".join([_words(here, told, lead, people), *(SIGNS[sign] for sign in signs)])
    return MapCell(*place, kind, here, told, lead, people, lean, signs, words)


def _told(answer: Answer) -> bool:
    pooled = answer.pooled
    counted = bool(pooled.effects or pooled.excluded)
    return counted or bool(answer.knowledge or answer.supporting or answer.contrasting)


def _words(
    here: Sequence[Answer], told: Sequence[PackStatement], lead: Answer | None, people: float
) -> str:
    if not here and not told:
        return "gap: nothing in the base"
    parts = []
    if here:
        parts.append(f"{len(here)} question{'s' if len(here) > 1 else ''}")
    if lead:
        k = lead.pooled.k
        parts.append(f"{number(people, 0)} participants")
        parts.append(f"{effect(lead.pooled)}, {k} {'studies' if k > 1 else 'study'}")
        parts.append(LEANING[lean_of(lead)])
        parts.append(f"certainty {lead.certainty.level}")
    if told:
        parts.append(f"{len(told)} statement{'s' if len(told) > 1 else ''}")
    return "; ".join(parts)

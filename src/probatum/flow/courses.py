"""Which questions ask the same at different times, and whose control got none of the treatment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from probatum.flow.packs.choice import SAME_PEOPLE
from probatum.model.pack import Pack, Question, Scale, StudyRow

_DIFFERENCES = ("MD", "SMD")
Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """All times of one question: the question without a time, and the rows of all of them."""

    question: Question
    questions: tuple[str, ...]
    rows: tuple[StudyRow, ...]
    scales: tuple[Scale, ...] = ()


def families(pack: Pack, rows: Mapping[str, Sequence[StudyRow]]) -> dict[str, OverTime]:
    """Give for each question of several times what is asked at all of them.

    Questions belong together that share all but time, scale and kind of difference. A row that
    leaves the pool of its question only because another time of the same people stands there
    counts here: this is where its time matters.
    """
    found: dict[Key, list[Question]] = {}
    for question in pack.questions:
        if question.measure is not None and question.outcome is not None:
            found.setdefault(_key(question), []).append(question)
    made: dict[str, OverTime] = {}
    for asked in found.values():
        held = tuple(_freed(row) for one in asked for row in rows.get(one.id, ()))
        if len({row.time_days for row in held if row.time_days is not None}) > 1:
            scales = scales_of(pack, {row.scale for row in held})
            names = tuple(one.id for one in asked)
            over = OverTime(_timeless(asked), names, held, scales)
            made.update({one.id: over for one in asked})
    return made


def scales_of(pack: Pack, used: Collection[str | None]) -> tuple[Scale, ...]:
    """Give some scales of the pack, and those that convert into them."""
    known = pack.vocabulary.scales
    tops = {scale.linear_to or scale.id for scale in known if scale.id in used}
    return tuple(scale for scale in known if (scale.linear_to or scale.id) in tops)


def _key(question: Question) -> Key:
    difference = "difference" if question.measure in _DIFFERENCES else question.measure
    return (
        question.indication,
        question.outcome,
        question.population,
        question.design,
        question.drug,
        question.route,
        question.comparator,
        difference,
    )


def _timeless(asked: Sequence[Question]) -> Question:
    """Give the question without its time; on differing scales it asks for what joins them."""
    first = replace(asked[0], window=None)
    if len({(one.measure, one.scale) for one in asked}) == 1:
        return first
    return replace(first, measure="SMD", scale=None)


def _freed(row: StudyRow) -> StudyRow:
    displaced = row.not_pooled is not None and row.not_pooled.startswith(SAME_PEOPLE)
    return replace(row, not_pooled=None) if displaced else row


def untreated(pack: Pack, question: Question) -> bool:
    """Whether the control of a question got none of the treatment and no other effective one."""
    terms = {term.id: term for term in pack.vocabulary.comparators}
    term = terms.get(question.comparator or "")
    if term is None:
        return False
    words = " ".join((term.id, term.parent or "", term.label, *term.synonyms)).lower()
    return "placebo" in words or "inactive" in words

"""What was found since a text was written: a claim may have been right at its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probatum.model.answer import Answer, Evidence
from probatum.model.pack import Pack

_MOST = 4


@dataclass(frozen=True, slots=True)
class Dated:
    """The studies with their years behind each pooled answer, the years of statements."""

    studies: Mapping[str, Sequence[tuple[str, int]]]
    statements: Mapping[str, int]


def dated(answers: Sequence[Answer], pack: Pack) -> Dated:
    """Prepare the years of all that can be evidence."""
    years = {row.row_id: row.year for row in pack.studies}
    studies: dict[str, list[tuple[str, int]]] = {}
    for answer in answers:
        for effect in answer.pooled.effects:
            year = years.get(effect.row_id)
            if effect.left_out is None and year is not None:
                studies.setdefault(answer.question.id, []).append((effect.study, year))
    told = {one.id: one.year for one in pack.statements if one.year is not None}
    return Dated(studies, told)


def newer(evidence: Sequence[Evidence], year: int | None, known: Dated) -> str:
    """Name the evidence that is younger than a text of some year; empty where there is none."""
    if year is None:
        return ""
    found = [
        (at, study)
        for one in evidence
        if one.kind == "pooled"
        for study, at in known.studies.get(one.id, ())
    ]
    found += [
        (known.statements[one.id], one.id)
        for one in evidence
        if one.kind == "statement" and one.id in known.statements
    ]
    late = sorted({(at, name) for at, name in found if at > year}, reverse=True)
    if not late:
        return ""
    named = ", ".join(name if str(at) in name else f"{name} ({at})" for at, name in late[:_MOST])
    more = f" and {len(late) - _MOST} more" if len(late) > _MOST else ""
    return f"newer than the text ({year}): {named}{more}"

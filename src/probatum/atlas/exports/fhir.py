"""Answers as FHIR R5 (5.0.0): Evidence, EvidenceVariable, Citation, ArtifactAssessment.

One bundle: a question's answer is an Evidence with its variables; its certainty stands inside and
as an ArtifactAssessment with each step; the works of its studies are Citations.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from probatum.atlas.exports.fhir_citations import citation
from probatum.atlas.exports.fhir_variables import (
    address,
    definitions,
    identifier,
    variables,
)
from probatum.atlas.labels import Labels, rows_of
from probatum.model.answer import Answer, Step
from probatum.model.effect import Pooled
from probatum.model.view import BaseView
from probatum.model.work import STUDY, Work

Resource = dict[str, Any]
RATING = "http://terminology.hl7.org/CodeSystem/certainty-rating"
KIND = "http://terminology.hl7.org/CodeSystem/certainty-type"


def export_fhir(view: BaseView, out: Path) -> int:
    """Write one bundle with every answer that has a number; gives 1."""
    entries = [
        {"fullUrl": address(resource["resourceType"], resource["id"]), "resource": resource}
        for resource in _resources(view)
    ]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    text = json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"
    (out / "evidence.json").write_text(text, encoding="utf-8")
    return 1


def _resources(view: BaseView) -> Iterator[Resource]:
    labels, cited = Labels(view.pack), dict[str, Work]()
    for answer in view.answers():
        if answer.pooled.estimate is None:
            continue
        works = _works(view, answer)
        cited |= {work.id: work for work in works}
        yield from variables(answer.question, labels)
        yield _evidence(answer, works, view.pack.as_of)
        yield _assessment(answer)
    for name in sorted(cited):
        yield citation(cited[name])


def _works(view: BaseView, answer: Answer) -> list[Work]:
    taken = {e.row_id for e in answer.pooled.effects if e.left_out is None}
    rows = rows_of(view.pack, answer.question.id)
    studies = sorted({row.study for row in rows if row.row_id in taken})
    found = {work.id: work for name in studies if (work := view.work_of(STUDY + name))}
    return [found[name] for name in sorted(found)]


def _evidence(answer: Answer, works: list[Work], as_of: str) -> Resource:
    question = answer.question
    told: Resource = {
        "resourceType": "Evidence",
        "id": identifier(question.id),
        "identifier": [{"system": "urn:probatum:question", "value": question.id}],
        "title": question.label,
        "status": "active",
        "date": as_of,
        "description": answer.sentence,
        "variableDefinition": definitions(question),
        "statistic": [_statistic(answer.pooled)],
        "certainty": [_certainty(answer)],
    }
    if works:
        told["relatedArtifact"] = [
            {
                "type": "derived-from",
                "resourceReference": {"reference": address("Citation", work.id)},
            }
            for work in works
        ]
    return told


def _statistic(pooled: Pooled) -> Resource:
    limits = [_interval("95 % interval", pooled.ci_low, pooled.ci_high)]
    if pooled.pi_low is not None:
        limits.append(_interval("95 % prediction interval", pooled.pi_low, pooled.pi_high))
    sample: Resource = {"numberOfStudies": pooled.k}
    if pooled.n is not None:
        sample["numberOfParticipants"] = round(pooled.n)
    return {
        "statisticType": {"text": pooled.measure or "not stated"},
        "quantity": {"value": pooled.estimate},
        "sampleSize": sample,
        "attributeEstimate": limits,
    }


def _interval(words: str, low: float | None, high: float | None) -> Resource:
    limits = {"low": {"value": low}, "high": {"value": high}}
    return {"type": {"text": words}, "level": 0.95, "range": limits}


def _certainty(answer: Answer) -> Resource:
    certainty = answer.certainty
    told: Resource = {
        "description": f"GRADE, started at {certainty.start}",
        "type": {"coding": [{"system": KIND, "code": "Overall"}], "text": "Overall certainty"},
        "rating": _rating(certainty.level),
    }
    if certainty.steps:
        told["subcomponent"] = [
            {"type": {"text": _domain(step)}, "description": _said(step)}
            for step in certainty.steps
        ]
    return told


def _rating(level: str) -> Resource:
    if level == "none":
        return {"text": "not rated"}
    return {"coding": [{"system": RATING, "code": level.replace(" ", "-")}], "text": level}


def _domain(step: Step) -> str:
    return step.domain.replace("_", " ")


def _said(step: Step) -> str:
    moved = f"{step.change:+d}" if step.change else "no step"
    return f"{moved}: {step.reason}"


def _assessment(answer: Answer) -> Resource:
    """Give the certainty as an assessment of the Evidence, a component a step."""
    name = identifier(answer.question.id)
    whole: Resource = {
        "informationType": "rating",
        "summary": answer.sentence,
        "classifier": [_rating(answer.certainty.level)],
    }
    if answer.certainty.steps:
        whole["component"] = [
            {"informationType": "comment", "summary": f"{_domain(step)}: {_said(step)}"}
            for step in answer.certainty.steps
        ]
    return {
        "resourceType": "ArtifactAssessment",
        "id": name,
        "title": f"Certainty: {answer.question.label}",
        "artifactReference": {"reference": address("Evidence", name)},
        "content": [whole],
    }

"""What a question asks, as FHIR EvidenceVariables: population, exposure, comparator, outcome."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from typing import Any

from probatum.atlas.labels import Labels
from probatum.model.pack import Question

Resource = dict[str, Any]
SYSTEM = "http://hl7.org/fhir/variable-role"
# Role of a variable, field of a question, kind of the vocabulary.
ROLES = (
    ("population", "indication", "indications"),
    ("exposure", "drug", "drugs"),
    ("referenceExposure", "comparator", "comparators"),
    ("measuredVariable", "outcome", "outcomes"),
)
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")


def identifier(name: str) -> str:
    """Give a FHIR id: letters, digits, hyphens and dots, at most 64; else a digest of the name.

    >>> identifier("pain-oral"), len(identifier("doi:10.1/x"))
    ('pain-oral', 24)
    """
    return name if _ID.fullmatch(name) else hashlib.sha256(name.encode()).hexdigest()[:24]


def address(kind: str, name: str) -> str:
    """Give the address of a resource in the bundle, by which the others name it.

    >>> address("Evidence", "pain-oral")
    'urn:uuid:7f20d9ed-6bd6-5e11-a0cc-ab55d95198c6'
    """
    told = f"urn:probatum:{kind}/{identifier(name)}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, told)}"


def definitions(question: Question) -> list[Resource]:
    """Give the variables of an Evidence by their roles."""
    return [
        {
            "variableRole": {"coding": [{"system": SYSTEM, "code": role}], "text": role},
            "observed": {"reference": address("EvidenceVariable", _variable(question, role))},
        }
        for role, field, _ in ROLES
        if getattr(question, field)
    ]


def variables(question: Question, labels: Labels) -> Iterator[Resource]:
    """Give the variables of a question as resources."""
    more = {
        "population": question.population,
        "exposure": labels.of("routes", question.route),
        "measuredVariable": labels.of("windows", question.window),
    }
    for role, field, kind in ROLES:
        value: str | None = getattr(question, field)
        if value:
            told = labels.of(kind, value) or value
            yield {
                "resourceType": "EvidenceVariable",
                "id": _variable(question, role),
                "status": "active",
                "title": told,
                "description": ", ".join(filter(None, (told, more.get(role)))),
            }


def _variable(question: Question, role: str) -> str:
    return identifier(f"{question.id}/{role}")

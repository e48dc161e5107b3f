"""Works as FHIR Citations."""

from __future__ import annotations

from typing import Any

from probatum.atlas.exports.fhir_variables import identifier
from probatum.atlas.wording import resolver
from probatum.model.work import Work

SYSTEMS = {
    "DOI": "https://doi.org",
    "PMID": "https://pubmed.ncbi.nlm.nih.gov",
    "PMCID": "https://pmc.ncbi.nlm.nih.gov",
    "NCT": "https://clinicaltrials.gov",
}


def citation(work: Work) -> dict[str, Any]:
    """Give a work as a Citation: title, authors, journal, year, identifiers."""
    told = resolver(work.identifiers)
    artifact: dict[str, Any] = {
        "title": [{"text": work.title}] if work.title else [],
        "webLocation": [{"url": address} for _, _, address in told],
        "identifier": [{"system": SYSTEMS[scheme], "value": value} for scheme, value, _ in told],
        "publicationForm": [form] if (form := _form(work)) else [],
    }
    if work.authors:
        artifact["contributorship"] = {"summary": [{"value": ", ".join(work.authors)}]}
    return {
        "resourceType": "Citation",
        "id": identifier(work.id),
        "identifier": [{"system": "urn:probatum:work", "value": work.id}],
        "title": work.title or work.id,
        "status": "active",
        "citedArtifact": {key: value for key, value in artifact.items() if value},
    }


def _form(work: Work) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if work.container_title:
        told["publishedIn"] = {"title": work.container_title}
    if work.year:
        told["articleDate"] = str(work.year)
    return told

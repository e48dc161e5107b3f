"""The table of services that documents can be retrieved from."""

from __future__ import annotations

from probatum.flow.retrieval.service import Service
from probatum.registry import Entry, Registry

_HERE = "probatum.flow.retrieval"
SERVICES = Registry(
    "service",
    [
        Entry("pubmed", f"{_HERE}.pubmed:SERVICE", "PubMed", "NLM, E-utilities, NBK25499"),
        Entry(
            "europepmc",
            f"{_HERE}.europepmc:SERVICE",
            "Europe PMC",
            "Europe PMC, Articles RESTful API",
        ),
        Entry("openalex", f"{_HERE}.openalex:SERVICE", "OpenAlex", "docs.openalex.org"),
        Entry("crossref", f"{_HERE}.crossref:SERVICE", "Crossref", "Crossref REST API"),
        Entry(
            "semanticscholar",
            f"{_HERE}.semanticscholar:SERVICE",
            "Semantic Scholar, bulk search",
            "Semantic Scholar Academic Graph API",
        ),
        Entry(
            "clinicaltrials",
            f"{_HERE}.clinicaltrials:SERVICE",
            "ClinicalTrials.gov",
            "ClinicalTrials.gov API 2",
        ),
    ],
    group="probatum.services",
)


def service(name: str) -> Service:
    """Give a service by its name; raises UnknownNameError naming the known ones."""
    found = SERVICES[name].load()
    if not isinstance(found, Service):
        raise TypeError(f"{SERVICES[name].target} is not a Service")
    return found

"""Registrations of ClinicalTrials.gov (API v2, "Study"): what a trial said it would do."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.documents.draft import Draft
from probatum.documents.json_paths import Object, objects, text, texts
from probatum.model.document import AbstractSection, Author, Relation, Subject
from probatum.text.identifiers import normal_pmid
from probatum.text.names import parse_name

_P = "protocolSection"
_DESIGN = (_P, "designModule", "designInfo")


def knows(record: Object) -> bool:
    """Tell whether an object is a study of ClinicalTrials.gov."""
    return isinstance(record.get(_P), dict)


def fill(record: Object) -> tuple[Draft, str | None]:
    """Read a registration; its key is its NCT number.

    Planned arms, outcomes and eligibility become labelled parts of the abstract, so that what was
    planned can be compared with what was reported.
    """
    draft, named = Draft(), (_P, "identificationModule")
    draft.put("title", text(record, *named, "officialTitle"), "officialTitle")
    draft.put("title", text(record, *named, "briefTitle"), "briefTitle")
    draft.put("container_title", "ClinicalTrials.gov", "the form of the record")
    status = (_P, "statusModule")
    for name in ("studyFirstPostDateStruct", "studyFirstSubmitDate", "startDateStruct"):
        draft.date(text(record, *status, name, "date") or text(record, *status, name), name)
    people = [
        Author(*parse_name(text(one, "name").partition(",")[0], "given-first"))
        for one in objects(record, _P, "contactsLocationsModule", "overallOfficials")
    ]
    sponsor = text(record, _P, "sponsorCollaboratorsModule", "leadSponsor", "name")
    draft.authors([*people, Author(sponsor)], "overallOfficials, leadSponsor")
    draft.put_all("publication_types", ["Trial Registration", _kind(record)], "designModule")
    words = texts(record, _P, "conditionsModule", "conditions")
    more = texts(record, _P, "conditionsModule", "keywords")
    draft.put_all("keywords", [*words, *more], "conditionsModule")
    draft.subjects(_subjects(record), "derivedSection")
    draft.sections([part for part in _parts(record) if part.text], "protocolSection")
    draft.relations(_relations(record), "referencesModule")
    key = text(record, *named, "nctId")
    draft.registrations(key, "nctId")
    for scheme, number in _numbers(record):
        draft.other(scheme, number)
    draft.put("url", f"https://clinicaltrials.gov/study/{key}" if key else None, "nctId")
    return draft, key or None


def _kind(record: Object) -> str:
    kind = text(record, _P, "designModule", "studyType").replace("_", " ").capitalize()
    masked = text(record, *_DESIGN, "allocation").replace("_", " ").capitalize()
    return f"{kind} study, {masked.lower()}" if kind and masked else kind and f"{kind} study"


def _parts(record: Object) -> Iterator[AbstractSection]:
    described = (_P, "descriptionModule")
    yield AbstractSection("Brief summary", _flat(text(record, *described, "briefSummary")))
    yield AbstractSection("Description", _flat(text(record, *described, "detailedDescription")))
    yield AbstractSection("Status", _flat(_status(record)))
    arms = (_P, "armsInterventionsModule")
    yield AbstractSection("Arms", _listed(record, (*arms, "armGroups"), "label"))
    yield AbstractSection("Interventions", _listed(record, (*arms, "interventions"), "name"))
    for label, name in (("Primary outcomes", "primaryOutcomes"),
                        ("Secondary outcomes", "secondaryOutcomes")):  # fmt: skip
        yield AbstractSection(label, _listed(record, (_P, "outcomesModule", name), "measure"))
    criteria = text(record, _P, "eligibilityModule", "eligibilityCriteria")
    yield AbstractSection("Eligibility", _flat(criteria))


def _status(record: Object) -> str:
    status = text(record, _P, "statusModule", "overallStatus").replace("_", " ").lower()
    phases = ", ".join(texts(record, _P, "designModule", "phases")).replace("PHASE", "phase ")
    count = text(record, _P, "designModule", "enrollmentInfo", "count")
    kind = text(record, _P, "designModule", "enrollmentInfo", "type").lower()
    masking = text(record, *_DESIGN, "maskingInfo", "masking").lower()
    told = [f"{part.capitalize()}." for part in (status, phases) if part]
    told.append(f"Masking: {masking}." if masking else "")
    told.append(f"Enrolment: {count} ({kind})." if count else "")
    return " ".join(part for part in told if part)


def _listed(record: Object, path: tuple[str, ...], name: str) -> str:
    """One sentence an entry: its name, its kind or time frame, its description."""
    found = []
    for one in objects(record, *path):
        told = [text(one, name), text(one, "timeFrame"), text(one, "description")]
        found.append(": ".join(_flat(part).rstrip(".") for part in told if part))
    return " ".join(f"{part}." for part in found if part)


def _flat(words: str) -> str:
    return " ".join(words.split())


def _subjects(record: Object) -> Iterator[Subject]:
    for module in ("conditionBrowseModule", "interventionBrowseModule"):
        for one in objects(record, "derivedSection", module, "meshes"):
            if term := text(one, "term"):
                yield Subject(term, "mesh", text(one, "id") or None)


def _relations(record: Object) -> Iterator[Relation]:
    """Articles that the registration itself names as its results."""
    for one in objects(record, _P, "referencesModule", "references"):
        pmid = normal_pmid(text(one, "pmid"))
        if pmid and text(one, "type") == "RESULT":
            yield Relation("has-report", f"pmid:{pmid}")


def _numbers(record: Object) -> Iterator[tuple[str, str]]:
    named = (_P, "identificationModule")
    yield "org-study-id", text(record, *named, "orgStudyIdInfo", "id")
    for one in objects(record, *named, "secondaryIdInfos"):
        kind = "eudract" if "EUDRACT" in text(one, "type") else "secondary-id"
        yield kind, text(one, "id")

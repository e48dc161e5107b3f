"""Works of OpenAlex (docs.openalex.org, "Work object")."""

from __future__ import annotations

from probatum.documents.draft import Draft
from probatum.documents.json_paths import Object, at, objects, text, texts
from probatum.documents.kinds import publication_type
from probatum.model.document import Author, Subject
from probatum.text.identifiers import normal_orcid
from probatum.text.names import parse_name

_LONGEST_ABSTRACT = 50_000


def knows(record: Object) -> bool:
    """Tell whether an object is a work of OpenAlex."""
    return "authorships" in record or "openalex.org/W" in text(record, "id")


def fill(record: Object) -> tuple[Draft, str | None]:
    """Read a work; its key is its OpenAlex identifier."""
    draft = Draft()
    draft.put("title", text(record, "title") or text(record, "display_name"), "title")
    for path in (("primary_location", "source"), ("host_venue",)):
        draft.put("container_title", text(record, *path, "display_name"), ".".join(path))
        draft.put("publisher", text(record, *path, "publisher"), ".".join(path))
        draft.put(
            "publisher", text(record, *path, "host_organization_name"), f"{path[0]}.organization"
        )
    draft.put("url", text(record, "primary_location", "landing_page_url"), "primary_location")
    for field in ("volume", "issue"):
        draft.put(field, text(record, "biblio", field), f"biblio.{field}")
    first, last = text(record, "biblio", "first_page"), text(record, "biblio", "last_page")
    draft.put("page", f"{first}-{last}" if last and last != first else first, "biblio")
    draft.date(text(record, "publication_year"), "publication_year")
    draft.date(text(record, "publication_date"), "publication_date")
    draft.language(text(record, "language"), "language")
    draft.authors(_authors(record), "authorships")
    draft.abstract(abstract_of(at(record, "abstract_inverted_index")), "abstract_inverted_index")
    draft.put_all("publication_types", [publication_type(text(record, "type"))], "type")
    words = [text(one, "display_name") for one in objects(record, "keywords")]
    draft.put_all("keywords", [*words, *_terms(record)], "keywords, mesh")
    draft.subjects(_subjects(record), "mesh")
    _identify(draft, record)
    return draft, text(record, "id").rpartition("/")[2] or None


def abstract_of(index: object) -> str:
    """Put an inverted index of words back into order.

    >>> abstract_of({"seen": [1], "We": [0], "it.": [2]})
    'We seen it.'
    """
    if not isinstance(index, dict):
        return ""
    places = [
        (place, word)
        for word, found in index.items()
        if isinstance(found, list)
        for place in found
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(places[:_LONGEST_ABSTRACT]))


def _authors(record: Object) -> list[Author]:
    people = []
    for one in objects(record, "authorships"):
        name = text(one, "raw_author_name") or text(one, "author", "display_name")
        if not name:
            continue
        places = texts(one, "raw_affiliation_strings") or [
            place for inst in objects(one, "institutions") if (place := text(inst, "display_name"))
        ]
        orcid = normal_orcid(text(one, "author", "orcid"))
        people.append(Author(*parse_name(name, "given-first"), orcid, tuple(places)))
    return people


def _terms(record: Object) -> list[str]:
    return [text(one, "descriptor_name") for one in objects(record, "mesh")]


def _subjects(record: Object) -> list[Subject]:
    found: dict[str, Subject] = {}
    for one in objects(record, "mesh"):
        name, ui = text(one, "descriptor_name"), text(one, "descriptor_ui")
        if not name:
            continue
        known = found.get(name, Subject(name, "mesh", ui or None))
        qualifier = (text(one, "qualifier_name"), text(one, "qualifier_ui"))
        more = (qualifier,) if qualifier[0] else ()
        major = known.major or at(one, "is_major_topic") is True
        found[name] = Subject(
            name, "mesh", ui or None, None, major, tuple(dict.fromkeys(known.qualifiers + more))
        )
    return list(found.values())


def _identify(draft: Draft, record: Object) -> None:
    draft.doi(text(record, "doi") or text(record, "ids", "doi"), "doi")
    draft.pmid(text(record, "ids", "pmid").rpartition("/")[2], "ids.pmid")
    pmcid = text(record, "ids", "pmcid").rstrip("/").rpartition("/")[2]
    draft.pmcid(pmcid if pmcid[:3].upper() == "PMC" else f"PMC{pmcid}", "ids.pmcid")
    draft.other("openalex", text(record, "id").rpartition("/")[2])

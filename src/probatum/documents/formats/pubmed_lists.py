"""Lists of a PubMed record: MeSH headings, substances, types with their UIs, and grants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from probatum.documents.markup import flat
from probatum.model.document import Grant, Subject

_NO_REGISTRY = frozenset({"", "0"})


def pubmed_subjects(
    record: etree._Element, kinds: Iterable[etree._Element] = ()
) -> Iterator[Subject]:
    """Yield MeSH headings, then substances with registry numbers, then publication types."""
    headings = record.find("MeshHeadingList")
    for heading in headings if headings is not None else ():
        yield from _heading(heading)
    chemicals = record.find("ChemicalList")
    for chemical in chemicals if chemicals is not None else ():
        yield from _substance(chemical)
    for name in record.iterfind("SupplMeshList/SupplMeshName"):
        yield Subject(flat(name), "mesh-supplementary", name.get("UI"))
    for kind in kinds:
        if ui := kind.get("UI"):
            yield Subject(kind.text or "", "publication-type", ui)


def _heading(heading: etree._Element) -> Iterator[Subject]:
    """A descriptor with its qualifiers; major when either of them is starred."""
    term, ui, major, qualifiers = "", None, False, list[tuple[str, str]]()
    for part in heading:
        if part.tag == "DescriptorName":
            term, ui = part.text or "", part.get("UI")
        elif part.tag == "QualifierName":
            qualifiers.append((part.text or "", part.get("UI") or ""))
        major = major or part.get("MajorTopicYN") == "Y"
    if term.strip():
        yield Subject(" ".join(term.split()), "mesh", ui, None, major, tuple(qualifiers))


def _substance(chemical: etree._Element) -> Iterator[Subject]:
    number = (chemical.findtext("RegistryNumber") or "").strip()
    name = chemical.find("NameOfSubstance")
    if name is not None and (term := flat(name)):
        registry = None if number in _NO_REGISTRY else number
        yield Subject(term, "substance", name.get("UI"), registry)


def pubmed_grants(article: etree._Element) -> Iterator[Grant]:
    """Yield the grants that a record names."""
    for grant in article.iterfind("GrantList/Grant"):
        values = (flat(grant.find(name)) or None for name in ("GrantID", "Agency", "Country"))
        found = Grant(*values)
        if found.number or found.agency:
            yield found

"""Records: notices about them, fields that disagree, documents that are only an abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.model.document import Metadata
from probatum.trust.lists import Lists
from probatum.trust.notices import SNAPSHOT, listed
from probatum.trust.sign import Sign
from probatum.trust.subject import LONGEST_PARAGRAPH, Subject

_PASSIVE = {
    "retraction": "retracted-by",
    "correction": "corrected-by",
    "expression-of-concern": "concern-raised-by",
}
_LISTED = {
    "retraction": "retracted",
    "correction": "corrected",
    "expression-of-concern": "under an expression of concern",
}
_RETRACTED_TYPE = re.compile(r"retracted (?:publication|article|paper)", re.IGNORECASE)
_RETRACTED_TITLE = re.compile(r"\s*\[?(?:retracted(?: article)?\b|retraction:)", re.IGNORECASE)
_LOW = 0.7


def retracted(subject: Subject) -> Iterator[Sign]:
    """The record was retracted: a notice in the base, the snapshot, or its own record says so."""
    yield from _noticed(subject, "retraction", "The article was retracted.")
    metadata = subject.document.metadata
    for kind in metadata.publication_types:
        if _RETRACTED_TYPE.search(kind):
            yield Sign("The article was retracted.", f"publication type {kind!r}")
    if metadata.title and _RETRACTED_TITLE.match(metadata.title):
        yield Sign("The article was retracted.", f"the title begins {metadata.title[:40]!r}")
    yield from _cited(subject, "retraction", "A work that is cited here is listed as retracted.")


def correction(subject: Subject) -> Iterator[Sign]:
    """A correction was published."""
    yield from _noticed(subject, "correction", "A correction was published; read it too.")
    yield from _cited(
        subject, "correction", "For a work that is cited here a correction is listed."
    )


def expression_of_concern(subject: Subject) -> Iterator[Sign]:
    """The editors voiced concern."""
    explanation = "The editors published an expression of concern."
    yield from _noticed(subject, "expression-of-concern", explanation)
    cited = "For a work that is cited here an expression of concern is listed."
    yield from _cited(subject, "expression-of-concern", cited)


def _noticed(subject: Subject, kind: str, explanation: str) -> Iterator[Sign]:
    """Give one sign: from a notice in the base, the record itself, or else the snapshot."""
    metadata = subject.document.metadata
    own = _targets(metadata)
    for notice in subject.notices:
        if notice.kind.replace("_", "-").startswith(kind) and notice.target in own:
            title = f" ({notice.title!r})" if notice.title else ""
            yield Sign(
                explanation, f"{notice.target}: notice {notice.document}{title} in the base"
            )
            return
    for relation in metadata.relations:
        if relation.kind == _PASSIVE[kind]:
            yield Sign(explanation, f"the record itself names {relation.target}")
            return
    for name in _listed_names(metadata, subject.lists):
        if listed(name, subject.lists.notices) == kind:
            yield Sign(explanation, _listing(name, kind, subject.lists))
            return


def _cited(subject: Subject, kind: str, explanation: str) -> Iterator[Sign]:
    """Mark the references that the snapshot lists, each in its place where that is known."""
    for reference in subject.document.references:
        doi = reference.identifiers.doi
        known = doi and reference.start is not None
        if doi and known and listed(doi, subject.lists.notices) == kind:
            place = (reference.start, reference.end)
            yield Sign(explanation, _listing(doi, kind, subject.lists), *place, severity="note")


def _listed_names(metadata: Metadata, lists: Lists) -> Iterator[str]:
    """Give the names under which notices are listed; only an updated table knows PMIDs."""
    found = metadata.identifiers
    if found.doi:
        yield found.doi
    if found.pmid and lists.notices:
        yield f"pmid:{found.pmid}"


def _listing(name: str, kind: str, lists: Lists) -> str:
    shown = name if name.startswith("pmid:") else f"doi:{name}"
    return f"{shown} is listed as {_LISTED[kind]} in {lists.snapshot or SNAPSHOT}"


def _targets(metadata: Metadata) -> set[str]:
    ids = metadata.identifiers
    pairs = (("doi", ids.doi), ("pmid", ids.pmid), ("pmcid", ids.pmcid))
    return {f"{scheme}:{value}" for scheme, value in pairs if value}


def metadata_inconsistency(subject: Subject) -> Iterator[Sign]:
    """Year and date of one record disagree."""
    metadata = subject.document.metadata
    if metadata.year is not None and metadata.date and metadata.date[:4] != str(metadata.year):
        yield Sign(
            "Two fields contradict each other.", f"year {metadata.year}, date {metadata.date}"
        )
    for problem in subject.document.problems:
        if problem.code == "counts-disagree":
            yield Sign("Two fields contradict each other.", problem.reason)


def abstract_only(subject: Subject) -> Iterator[Sign]:
    """Only the abstract is at hand."""
    document = subject.document
    if document.kind not in {"article", "record"} or not document.metadata.abstract:
        return
    if all(block.role == "abstract" or block.kind == "title" for block in subject.prose):
        yield Sign("Only an abstract was read.", f"no body text in {len(document.blocks)} blocks")


def unread_text(subject: Subject) -> Iterator[Sign]:
    """The end of a paragraph of more than 200,000 characters was not read."""
    longest = max((b.end - b.start for b in subject.prose), default=0)
    if longest > LONGEST_PARAGRAPH:
        evidence = f"{longest} characters without a break; {LONGEST_PARAGRAPH} of these were read"
        yield Sign("The end of a very long paragraph was not read.", evidence)


def aggregator_page(subject: Subject) -> Iterator[Sign]:
    """A page that collects the statements of others without naming them."""
    page = subject.document.citation_page
    if page is not None:
        evidence = f"{len(page.items)} quotations without their source"
        yield Sign("The page collects statements of others without naming them.", evidence)


def low_confidence_label(subject: Subject) -> Iterator[Sign]:
    """A label that was printed with low confidence."""
    page = subject.document.citation_page
    for item in page.items if page else ():
        if item.confidence is not None and item.confidence < _LOW:
            yield Sign(
                "The label of this statement was printed with low confidence.",
                f"{item.stance or 'no label'}, confidence {item.confidence:.0%}; limit {_LOW:.0%}",
                item.start,
                item.end,
            )

"""Extract: one document to its statements, claims and results, each tied to its span."""

from __future__ import annotations

from probatum.claims.citation_pages import page_statements
from probatum.claims.citations import citation_statements
from probatum.claims.document_flow import flow_results
from probatum.claims.frames import claims
from probatum.claims.passages import passages
from probatum.claims.prose_arms import prose_arms
from probatum.claims.results import results, with_arms
from probatum.claims.table_results import table_results
from probatum.claims.words import compiled
from probatum.model.claim import Extraction
from probatum.model.document import Document
from probatum.model.pack import Vocabulary


def extract(document: Document, vocabulary: Vocabulary) -> Extraction:
    """Extract what a document says; time grows with its length.

    Claims and results are read in English only: a document that names another language gives
    statements without them, since the rules would guess.
    """
    found = passages(document)
    statements = (*page_statements(document), *citation_statements(document, found))
    if not _is_english(document):
        return Extraction(document.id, statements)
    return Extraction(
        document.id,
        statements,
        tuple(claims(document, found, vocabulary)),
        (
            *with_arms(
                results(document, found, vocabulary),
                list(prose_arms(document, found, compiled(vocabulary))),
            ),
            *flow_results(document, found),
            *table_results(document, compiled(vocabulary)),
        ),
    )


def _is_english(document: Document) -> bool:
    language = (document.metadata.language or "en").lower()
    return language.startswith(("en", "mul", "und"))

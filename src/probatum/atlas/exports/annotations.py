"""Flags, claims and statements as annotations of documents (W3C Web Annotation, 2017)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from probatum.model.claim import Claim, Extraction, Statement
from probatum.model.document import Document
from probatum.model.flag import Appraisal, Flag
from probatum.model.view import BaseView

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points of context beside a quotation, to find it again where offsets moved


def export_annotations(view: BaseView, out: Path) -> int:
    """Write one annotation page a document that has any, and give the number of files."""
    written = 0
    for line in view.documents():
        document = view.document(line.id)
        found = view.appraisal(line.id), view.extraction(line.id)
        page = annotation_page(document, *found) if document else {}
        if page.get("items"):
            text = json.dumps(page, ensure_ascii=False, indent=1) + "\n"
            (out / f"{line.id}.jsonld").write_text(text, encoding="utf-8")
            written += 1
    return written


def annotation_page(
    document: Document, appraisal: Appraisal | None, extraction: Extraction | None = None
) -> dict[str, Any]:
    """Give what was found in a document as one annotation page."""
    return {
        "@context": CONTEXT,
        "id": f"urn:probatum:annotations:{document.id}",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": list(_annotations(document, appraisal, extraction)),
    }


def _annotations(
    document: Document, appraisal: Appraisal | None, extraction: Extraction | None
) -> Iterator[dict[str, Any]]:
    for flag in appraisal.flags if appraisal else ():
        yield _annotation(document, flag, _of_flag(flag))
    for statement in extraction.statements if extraction else ():
        yield _annotation(document, statement, _of_statement(statement))
    for claim in extraction.claims if extraction else ():
        whole = _annotation(document, claim, _of_claim(claim))
        yield whole
        yield from _parts(document, claim, whole)


Told = tuple[str, str, list[dict[str, Any]]]


def _source(document: Document) -> str:
    return f"urn:sha256:{document.source.sha256}#document={document.ordinal}"


def _annotation(document: Document, found: Flag | Statement | Claim, told: Told) -> dict[str, Any]:
    kind, motivation, bodies = told
    source = _source(document)
    target: Any = source
    if found.start is not None and found.end is not None:
        target = {"source": source, "selector": selectors(document.text, found.start, found.end)}
    return {
        "id": f"urn:probatum:{kind}:{document.id}:{found.id}",
        "type": "Annotation",
        "motivation": motivation,
        "body": bodies,
        "target": target,
    }


def _parts(document: Document, claim: Claim, whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the parts of a claim as annotations of their own, each part of the claim's."""
    for at, part in enumerate(claim.parts):
        if part.start is None or part.end is None:
            continue
        value = getattr(claim, part.name, None)
        told = ", ".join(value) if isinstance(value, tuple) else str(value).replace("_", " ")
        words = part.name if value is None else f"{part.name}: {told}"
        yield {
            "id": f"{whole['id']}:{at}",
            "type": "Annotation",
            "motivation": "tagging",
            "body": [_text(words, "tagging")],
            "target": {
                "source": _source(document),
                "selector": selectors(document.text, part.start, part.end),
            },
            "partOf": whole["id"],
        }


def selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """Select a passage by its words and by its place; both count code points.

    >>> selectors("one two three", 4, 7)[0]
    {'type': 'TextQuoteSelector', 'exact': 'two', 'prefix': 'one ', 'suffix': ' three'}
    """
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return [quote, {"type": "TextPositionSelector", "start": start, "end": end}]


def _text(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"}


def _of_flag(flag: Flag) -> Told:
    bodies = [_text(flag.explanation, "assessing"), _text(flag.evidence, "describing")]
    bodies += [_text(f"{flag.kind} ({flag.severity})", "tagging")]
    bodies += [_text(words, "editing") for words in flag.suggestion]
    return "flag", "assessing", bodies


def _of_statement(statement: Statement) -> Told:
    sure = "not certain" if statement.abstained else f"confidence {statement.confidence:.2f}"
    evidence = "own evidence" if statement.own_evidence else "relayed"
    told = [_text(statement.stance, "classifying"), _text(f"{evidence}; {sure}", "describing")]
    return "statement", "classifying", told


def _of_claim(claim: Claim) -> Told:
    words = [claim.intervention, claim.direction, claim.condition, claim.outcome]
    words += claim.population
    said = ("not " if claim.negated else "") + " ".join(filter(None, words))
    return "claim", "identifying", [_text(said, "describing")]

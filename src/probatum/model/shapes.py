"""The JSON shapes that outside tools read: a noun in, a plain dict out.

Fields may be added; none is renamed or dropped without a new major version.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from probatum.model.added import Proposal
from probatum.model.answer import Answer, Change, Fault, Hit, Verdict
from probatum.model.claim import Claim, Result, Statement
from probatum.model.document import CitationPage, Document, Identifiers, Metadata
from probatum.model.flag import Flag, Profile
from probatum.model.source import Accounting, SourceRef
from probatum.model.work import Duplicate, Work

Shape = dict[str, Any]


def plain(value: object) -> Any:
    """Turn dataclasses and tuples into dicts and lists, all the way down.

    >>> from probatum.model.document import Facet
    >>> plain(Facet("Discussion", 3))
    {'label': 'Discussion', 'count': 3}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def identifiers(value: Identifiers) -> Shape:
    """Give identifiers by scheme; other schemes beside the four named ones."""
    named = {"doi": value.doi, "pmid": value.pmid, "pmcid": value.pmcid, "nct": list(value.nct)}
    return {**dict(value.other), **named}


def _metadata(value: Metadata) -> Shape:
    return {
        "title": value.title,
        "authors": [plain(author) for author in value.authors],
        "year": value.year,
        "date": value.date,
        "language": value.language,
        "identifiers": identifiers(value.identifiers),
        "container_title": value.container_title,
        "volume": value.volume,
        "issue": value.issue,
        "page": value.page,
        "publisher": value.publisher,
        "publication_types": list(value.publication_types),
        "abstract": plain(value.abstract),
        "keywords": list(value.keywords),
        "relations": plain(value.relations),
        "subjects": plain(value.subjects),
        "grants": plain(value.grants),
        "conflict_statement": value.conflict_statement,
        "url": value.url,
        "origins": dict(value.origins),
    }


def _source(value: SourceRef) -> Shape:
    return {
        "name": value.name,
        "sha256": value.sha256,
        "offset": value.offset,
        "length": value.length,
        "record": value.record,
    }


def _citation_page(page: CitationPage) -> Shape:
    years = {"from": page.years[0], "to": page.years[1]} if page.years else None
    return {
        "supporting": page.supporting,
        "mentioning": page.mentioning,
        "contrasting": page.contrasting,
        "publications": page.publications,
        "statements": page.statements,
        "references": page.references,
        "facets": {
            "sections": plain(page.sections),
            "types": {
                "supporting": page.supporting,
                "mentioning": page.mentioning,
                "contrasting": page.contrasting,
            },
            "years": years,
            "publication_types": plain(page.publication_types),
            "relationship": plain(page.relationship),
        },
        "items": [plain(item) for item in page.items],
    }


def document(value: Document) -> Shape:
    """Give the ``document`` line: metadata flat, counts of blocks, references and citations."""
    line: Shape = {"type": "document", "id": value.id, "kind": value.kind}
    line |= _metadata(value.metadata)
    line |= {
        "blocks": len(value.blocks),
        "references": len(value.references),
        "citations": len(value.citations),
        "tables": len(value.tables),
        "problems": plain(value.problems),
        "source": _source(value.source),
    }
    if value.citation_page is not None:
        line["citation_page"] = _citation_page(value.citation_page)
    return line


def accounting(value: Accounting) -> Shape:
    """Give the ``accounting`` line of a source; bytes = parsed + ignored + rejected."""
    return {"type": "accounting", **plain(value)}


def duplicate(value: Duplicate) -> Shape:
    """Give the ``duplicate`` line of a pair of documents."""
    return {"type": "duplicate", **plain(value)}


def work(value: Work) -> Shape:
    """Give the ``work`` line of a cluster of documents."""
    return {"type": "work", **plain(value), "identifiers": identifiers(value.identifiers)}


def statement(value: Statement) -> Shape:
    """Give the ``statement`` line of an in-text citation."""
    targets = [
        {
            "ref": target.reference,
            "identifiers": identifiers(target.identifiers),
            "title": target.title,
            "year": target.year,
        }
        for target in value.targets
    ]
    return {"type": "statement", **plain(value), "targets": targets}


def claim(value: Claim) -> Shape:
    """Give the ``claim`` line of an assertion."""
    return {"type": "claim", **plain(value)}


def result(value: Result) -> Shape:
    """Give the ``result`` line of a study's numbers."""
    return {"type": "result", **plain(value)}


def flag(value: Flag) -> Shape:
    """Give the ``flag`` line of a sign about a source."""
    return {"type": "flag", **plain(value)}


def profile(value: Profile) -> Shape:
    """Give the ``profile`` line of a document."""
    return {"type": "profile", **plain(value)}


def verdict(value: Verdict) -> Shape:
    """Give the ``verdict`` line of a sentence that was checked."""
    evidence = [
        {**{k: v for k, v in plain(item).items() if k != "supports"}, "for": item.supports}
        for item in value.evidence
    ]
    return {"type": "verdict", **plain(value), "evidence": evidence}


def answer(value: Answer) -> Shape:
    """Give the ``answer`` line of a question."""
    question, pooled, certainty = value.question, value.pooled, value.certainty
    return {
        "type": "answer",
        "question": question.id,
        "label": question.label,
        "indication": question.indication,
        "aspect": question.aspect,
        "outcome": question.outcome,
        "comparator": question.comparator,
        "route": question.route,
        "time_point": question.window,
        "measure": pooled.measure,
        "estimate": pooled.estimate,
        "ci_low": pooled.ci_low,
        "ci_high": pooled.ci_high,
        "pi_low": pooled.pi_low,
        "pi_high": pooled.pi_high,
        "tau2": pooled.tau2,
        "i2": pooled.i2,
        "k": pooled.k,
        "n": pooled.n,
        "n_known": pooled.n_known,
        "rows": [e.row_id for e in pooled.effects if e.left_out is None],
        "excluded": plain(pooled.excluded),
        "model": pooled.model,
        "models": plain(pooled.models),
        "certainty": certainty.level,
        "reasons": [step.reason for step in certainty.steps],
        "steps": plain(certainty.steps),
        "statements": {
            "supporting": value.supporting,
            "contrasting": value.contrasting,
            "uncertain": value.uncertain,
            "counts": plain(value.counts),
        },
        "knowledge": list(value.knowledge),
        "sentence": value.sentence,
        **_around(value),
    }


def _around(value: Answer) -> Shape:
    """Give what stands around the pooled numbers."""
    return {
        "scale": value.pooled.scale,
        "on_scale": plain(value.pooled.on_scale),
        "absolute": plain(value.absolute),
        "analyses": plain(value.analyses),
        "risk_of_bias": plain(value.risk_of_bias),
        "series": plain(value.series),
        "reviews": plain(value.reviews),
    }


def change(value: Change) -> Shape:
    """Give the ``change`` line of a question."""
    return {"type": "change", **plain(value)}


def hit(value: Hit) -> Shape:
    """Give the ``hit`` line of a search."""
    return {"type": "hit", **plain(value)}


def proposal(value: Proposal) -> Shape:
    """Shape of a result that may become a row, as ``add-study`` prints it."""
    return {"type": "proposal", **plain(value)}


def fault(value: Fault) -> Shape:
    """Give the ``fault`` line of the doctor."""
    return {"type": "fault", **plain(value)}

"""One document: its text with everything that was found in it, at its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

from probatum.atlas.claim_parts import claim_table
from probatum.atlas.judging import Judged, judged, study_name
from probatum.atlas.marks import Mark, of_document, places
from probatum.atlas.metadata import metadata_rows
from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.pieces import Piece, parts, pieces, show
from probatum.atlas.wording import resolver, web_address
from probatum.errors import UsageError
from probatum.model import shapes
from probatum.model.claim import Extraction
from probatum.model.document import Document
from probatum.model.flag import Appraisal, Flag
from probatum.model.source import Accounting
from probatum.model.work import Work

SHOWN = ("flag", "statement", "claim", "result")
NOTICES = ("retract", "concern", "correct")
GRAVITY = {"serious": 0, "concern": 1, "note": 2}
_PLACE = re.compile(r"(\d{1,10})-(\d{1,10})", re.ASCII)


def page(ask: Ask) -> Page | None:
    """Make the page of a document, or of the part of it that holds the place asked for."""
    document = ask.view.document(ask.key)
    if document is None:
        return None
    appraisal, extraction = ask.view.appraisal(ask.key), ask.view.extraction(ask.key)
    marks, led = of_document(extraction, appraisal), _places(appraisal, extraction)
    asked = _asked(ask, document)
    kinds = tuple(k for k in SHOWN if k in ask.many("show")) or SHOWN
    labels = Counter(mark.label for mark in marks if mark.kind == "flag")
    chosen = [label for label in ask.many("flag") if label in labels]
    shown = [
        m for m in marks if m.kind in kinds and not (m.label and chosen and m.label not in chosen)
    ]
    cut, number = _part(ask, document, asked)
    here = _within(shown + ([asked] if asked else []), cut[number - 1])
    meta, work = document.metadata, ask.view.work_of(ask.key)
    title = meta.title or "Document without a title"
    context = {
        "document": document,
        "title": title,
        **_appraised(appraisal),
        "labels": sorted(labels.items()),
        "chosen": chosen,
        "order": here,
        "done": ask.one("done") == "1",
        "rows": metadata_rows(meta),
        "resolved": resolver(meta.identifiers),
        "url": web_address(meta.url),
        "notices": [r for r in meta.relations if any(word in r.kind for word in NOTICES)],
        **_in_work(ask, work),
        "accounting": _accounting(ask, document),
        "shown": show(document, cut[number - 1], here, _within(led, cut[number - 1])),
        "counts": {kind: sum(mark.kind == kind for mark in marks) for kind in SHOWN},
        "kinds": kinds,
        "part": number,
        "of": len(cut),
    }
    data = partial(_data, ask, document)
    return Page("document.html", title, context, data, _tables(marks, extraction))


def _in_work(ask: Ask, work: Work | None) -> dict[str, object]:
    return {
        "work": work,
        "titles": _titles(ask, work),
        "judged": _judged(ask, work),
        "study_name": study_name(work) if work else ask.key,
    }


def _appraised(appraisal: Appraisal | None) -> dict[str, object]:
    return {
        "appraisal": appraisal,
        "profile": appraisal.profile if appraisal else None,
        "about": _about(appraisal),
        "behind": _behind(appraisal),
    }


def _titles(ask: Ask, work: Work | None) -> dict[str, str | None]:
    found = {link.target: ask.view.work(link.target) for link in (work.links if work else ())}
    return {target: other.title if other else None for target, other in found.items()}


def _asked(ask: Ask, document: Document) -> Mark | None:
    place = ask.one("s")
    if place is None:
        return None
    found = _PLACE.fullmatch(place)
    if found is None or not int(found[1]) < int(found[2]) <= len(document.text):
        raise UsageError(f"s must be start-end within 0-{len(document.text)}, such as s=0-10")
    return Mark("asked", "asked", "", int(found[1]), int(found[2]), "The place asked for")


def _part(ask: Ask, document: Document, asked: Mark | None) -> tuple[list[list[Piece]], int]:
    tiled = pieces(document)
    cut = [tiled] if ask.links.static else parts(tiled)
    if asked and ask.one("part") is None:
        held = (i for i, part in enumerate(cut, 1) if part and part[-1].end > asked.start)
        return cut, next(held, 1)
    return cut, ask.number("part", 1, 1, len(cut))


def _within(marks: Sequence[Mark], part: Sequence[Piece]) -> list[Mark]:
    if not part:
        return []
    held = [m for m in marks if m.start < part[-1].end and m.end > part[0].start]
    return sorted(held, key=lambda mark: (mark.start, mark.end))


def _places(appraisal: Appraisal | None, extraction: Extraction | None) -> list[Mark]:
    study = appraisal.profile.study if appraisal else None
    return places(study, extraction.claims if extraction else ())


def _about(appraisal: Appraisal | None) -> list[Flag]:
    """Give the flags about the whole document, the gravest first."""
    flags = [flag for flag in (appraisal.flags if appraisal else ()) if flag.start is None]
    return sorted(flags, key=lambda flag: (GRAVITY[flag.severity], flag.kind))


def _behind(appraisal: Appraisal | None) -> dict[str, list[Flag]]:
    """Give the flags behind each line of the profile, the gravest first, rejected ones last."""
    lines = {"records": "integrity"}
    found: dict[str, list[Flag]] = {}
    flags = appraisal.flags if appraisal else ()
    for flag in sorted(flags, key=lambda f: (f.state == "rejected", GRAVITY[f.severity], f.kind)):
        found.setdefault(lines.get(flag.dimension, flag.dimension), []).append(flag)
    return found


def _judged(ask: Ask, work: Work | None) -> dict[str, Judged]:
    return judged(ask.view.judgements(), study_name(work)) if work else {}


def _accounting(ask: Ask, document: Document) -> Accounting | None:
    known = ask.view.accountings()
    return next((a for a in known if a.sha256 == document.source.sha256), None)


def _data(ask: Ask, document: Document) -> dict[str, object]:
    extraction, appraisal = ask.view.extraction(ask.key), ask.view.appraisal(ask.key)
    data = shapes.document(document)
    data["text"] = document.text
    if extraction is not None:
        data["found"] = {
            "statements": [shapes.statement(item) for item in extraction.statements],
            "claims": [shapes.claim(item) for item in extraction.claims],
            "results": [shapes.result(item) for item in extraction.results],
        }
    if appraisal is not None:
        data["profile"] = shapes.profile(appraisal.profile)
        data["flags"] = [shapes.flag(flag) for flag in appraisal.flags]
    return data


def _tables(marks: Sequence[Mark], extraction: Extraction | None) -> tuple[DataTable, ...]:
    columns = ("id", "kind", "variant", "start", "end", "title", "notes")
    rows = tuple(
        (m.id, m.kind, m.variant, m.start, m.end, m.title, " | ".join(m.notes)) for m in marks
    )
    claims = claim_table(extraction.claims if extraction else ())
    return (DataTable("marks", "Marks in the text", columns, rows), claims)

"""Check a text: each sentence with its verdict, the evidence for and against, a faithful one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from probatum.atlas.page import LONGEST_TEXT, Ask, DataTable, Page
from probatum.errors import UsageError
from probatum.model import shapes
from probatum.model.answer import Evidence, Verdict, VerdictKind
from probatum.model.work import STUDY

# What stands in an address, so that a result can be kept and sent on; more comes in a body.
LONGEST_ADDRESS = 2_000
LONGEST_STORED = 50_000  # any reader may ask for it again and again
# The gravest first: icon and words, since colour alone tells nobody apart.
VERDICTS: dict[VerdictKind, tuple[str, str]] = {
    "contradicted": ("\u2715", "contradicted"),
    "overstated": ("\u25b2", "overstated"),
    "supported": ("\u2713", "supported"),
    "no_evidence": ("\u25cb", "no evidence in the base"),
    "not_checkable": ("\u2013", "not checkable"),
}


def page(ask: Ask) -> Page:
    """Make the page of a check; without a text or a document of the base it only asks."""
    text = ask.text("text", LONGEST_TEXT if ask.sent is not None else LONGEST_ADDRESS)
    text = _stored(ask) if text is None else text
    verdicts = _checked(ask, text) if text.strip() else ()
    counts = Counter(verdict.verdict for verdict in verdicts)
    context = {
        "text": text,
        "verdicts": verdicts,
        "marks": VERDICTS,
        "counts": [(kind, counts[kind]) for kind in VERDICTS if counts[kind]],
        "longest": LONGEST_TEXT,
        "where": lambda evidence: where(ask, evidence),
        "posted": ask.sent is not None,
    }
    data = [shapes.verdict(verdict) for verdict in verdicts]
    return Page("check.html", "Check a text", context, lambda: data, (_table(verdicts),))


def _stored(ask: Ask) -> str:
    """Give the text of the document of the base that is asked for, as far as it may be long."""
    name = ask.one("document")
    if name is None:
        return ""
    document = ask.view.document(name)
    if document is None:
        raise UsageError(f"document {name[:40]!r} is not in this base; /documents lists them")
    return document.text[:LONGEST_STORED]


def _checked(ask: Ask, text: str) -> Sequence[Verdict]:
    if ask.check is None:
        raise UsageError("there is nothing here to check a text; use 'probatum check'")
    return ask.check(text)


def where(ask: Ask, evidence: Evidence) -> str | None:
    """Give the place in the atlas that a piece of evidence leads to."""
    if evidence.kind == "pooled" and ask.view.answer(evidence.id) is not None:
        return ask.links.thing("questions", evidence.id)
    if evidence.kind == "statement" and any(s.id == evidence.id for s in ask.view.pack.statements):
        return ask.links.to("/questions", anchor=evidence.id)
    if evidence.kind == "record":
        return _record(ask, evidence.id)
    return ask.links.hit("claim", evidence.id) if evidence.kind == "claim" else None


def _record(ask: Ask, key: str) -> str | None:
    """Give where a row of a study or a published result is shown, None where it is not."""
    pack = ask.view.pack
    asked = (one.question for one in pack.assignments if one.row_id == key)
    question = next((name for name in asked if name and ask.view.answer(name) is not None), None)
    if question is not None:
        return ask.links.thing("questions", question, anchor=f"row-{key}")
    if any(pool.id == key for pool in pack.published):
        return ask.links.to("/reviews", anchor=key)
    study = next((row.study for row in pack.studies if row.row_id == key), None)
    work = ask.view.work_of(STUDY + study) if study else None
    return ask.links.thing("works", work.id) if work else None


def _table(verdicts: Sequence[Verdict]) -> DataTable:
    columns = ("start", "end", "quote", "verdict", "reason", "faithful")
    rows = tuple(
        (*(getattr(verdict, name) for name in columns), " ".join(verdict.flags))
        for verdict in verdicts
    )
    return DataTable("", "Verdicts, sentence by sentence", (*columns, "flags"), rows)

"""The flow of records to studies from the base's own counts (PRISMA 2020, 10.1136/bmj.n71)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from markupsafe import Markup

from probatum.atlas.figures.svg import LINE, PAPER, drawing, element, line, text
from probatum.model.view import BaseView
from probatum.model.work import RECORD, STUDY

REFERENCE = "Page et al. 2021, doi 10.1136/bmj.n71"
WIDTH, LEFT, RIGHT, BOX, ROW = 900.0, 20.0, 480.0, 400.0, 22.0


@dataclass(frozen=True, slots=True)
class Flow:
    """How many came in, what was removed and why, and what is included; counts of the base."""

    sources: int
    documents: int
    pack_records: int
    named_studies: int
    duplicates: int
    rejected: int
    to_review: int
    works: int
    study_rows: int
    rows_without_question: int
    rows_not_pooled: int
    studies_shown: int
    studies_pooled: int


def flow(view: BaseView) -> Flow:
    """Count the flow of a base.

    Documents, records and named studies less duplicates are the works. Nobody's screening is
    counted: a base has none, and works are not taken out of it.
    """
    works, answers = view.works(), view.answers()
    reports = [name for work in works for name in work.documents if not name.startswith(STUDY)]
    holding = sum(any(not n.startswith(STUDY) for n in work.documents) for work in works)
    used = [effect for answer in answers for effect in answer.pooled.effects]
    taken = {effect.row_id for effect in used if effect.left_out is None}
    placed = {a.row_id for a in view.pack.assignments if a.question}
    studies = {row.row_id: row.study for row in view.pack.studies}
    return Flow(
        sources=len(view.accountings()),
        documents=len(view.documents()),
        pack_records=sum(name.startswith(RECORD) for name in reports),
        named_studies=len(works) - holding,
        duplicates=len(reports) - holding,
        rejected=sum(a.rejected > 0 for a in view.accountings()),
        to_review=sum(pair.verdict == "review" for pair in view.duplicates()),
        works=len(works),
        study_rows=len(studies),
        rows_without_question=len(studies.keys() - placed),
        rows_not_pooled=len(placed & studies.keys() - taken),
        studies_shown=len({studies[name] for name in placed if name in studies}),
        studies_pooled=len({studies[name] for name in taken if name in studies}),
    )


def prisma_figure(counts: Flow) -> Markup:
    """Draw the flow: what came in on the left, what was removed on the right."""
    steps: tuple[tuple[str, list[str], list[str]], ...] = (
        ("Identification", _came(counts), _removed(counts)),
        ("Works", [f"works (n = {counts.works})"], ["screening by a person: none recorded"]),
        ("Study results", [f"rows (n = {counts.study_rows})"], _unused(counts)),
        ("Included", _included(counts), []),
    )
    parts, y = [element("rect", width=WIDTH, height=1.0, fill=PAPER, class_="paper")], 12.0
    for name, left, right in steps:
        height = 34 + ROW * max(len(left), len(right), 1)
        parts += _box(LEFT, y, height, [name, *left])
        if right:
            parts.append(line(LEFT + BOX, y + height / 2, RIGHT, y + height / 2, kind="axis"))
            parts += _box(RIGHT, y, height, ["Removed, or left for a person", *right])
        y += height + 16
        if left is not steps[-1][1]:
            parts.append(line(LEFT + BOX / 2, y - 16, LEFT + BOX / 2, y, kind="axis"))
    told = "; ".join(f"{name.replace('_', ' ')} {n}" for name, n in asdict(counts).items())
    return drawing(WIDTH, y, "Flow of records to studies (after PRISMA 2020)", told, parts)


def _came(counts: Flow) -> list[str]:
    told = [f"documents in {counts.sources} sources (n = {counts.documents})"]
    told.append(f"records of the pack (n = {counts.pack_records})")
    return [*told, f"studies known by name alone (n = {counts.named_studies})"]


def _removed(counts: Flow) -> list[str]:
    return [
        f"reports of a work that is there already (n = {counts.duplicates})",
        f"sources with rejected bytes (n = {counts.rejected})",
        f"pairs left for a person (n = {counts.to_review})",
    ]


def _unused(counts: Flow) -> list[str]:
    told = [f"rows in no question (n = {counts.rows_without_question})"]
    return [*told, f"rows shown, not pooled (n = {counts.rows_not_pooled})"]


def _included(counts: Flow) -> list[str]:
    told = [f"studies shown in a question (n = {counts.studies_shown})"]
    return [*told, f"studies with an effect that counts (n = {counts.studies_pooled})"]


def _box(x: float, y: float, height: float, lines: list[str]) -> list[Markup]:
    frame = element(
        "rect", x=x, y=y, width=BOX, height=height, fill=PAPER, stroke=LINE, class_="frame"
    )
    kinds = ["strong", *["t"] * len(lines)]
    return [frame] + [
        text(x + 14, y + 24 + ROW * at, line, kind=kinds[at]) for at, line in enumerate(lines)
    ]


def export_prisma(view: BaseView, out: Path) -> int:
    """Write the flow as JSON and as SVG; gives 2."""
    counts = flow(view)
    told = {"reference": REFERENCE, "as_of": view.pack.as_of, **asdict(counts)}
    (out / "prisma.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    (out / "prisma.svg").write_text(str(prisma_figure(counts)), encoding="utf-8")
    return 2

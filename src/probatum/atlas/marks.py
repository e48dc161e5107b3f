"""Marks in a text: what stands where, and how a text is cut so that marks may overlap."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from probatum.atlas.wording import printed
from probatum.model.claim import Arm, Claim, Extraction, Result
from probatum.model.flag import Appraisal
from probatum.model.study import Study

MarkKind = Literal["statement", "claim", "result", "flag", "asked", "place"]
ORDER: tuple[MarkKind, ...] = ("asked", "flag", "statement", "claim", "result", "place")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something said about code points [start, end): its kind, variant and words for the margin.

    A "place" is only led to: it is not drawn and has no note.
    ``variant`` is the stance of a statement or the severity of a flag; ``label`` the kind of a
    flag; ``state`` what a reviewer decided about it; ``claim`` that of a claim, for its parts.
    """

    id: str
    kind: MarkKind
    variant: str
    start: int
    end: int
    title: str
    notes: tuple[str, ...] = ()
    label: str = ""
    state: str = "open"
    claim: Claim | None = None

    @property
    def place(self) -> str:
        """The fragment that leads to the place."""
        return f"s={self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks; ``opens`` and ``closes`` are marks that begin or end."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]


def cut(text: str, start: int, end: int, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Cut text[start:end] at every edge of a mark; the segments tile it without gaps.

    >>> one, two = Mark("a", "claim", "", 0, 4, ""), Mark("b", "flag", "note", 2, 6, "")
    >>> [(s.text, [m.id for m in s.marks]) for s in cut("abcdefgh", 0, 8, [one, two])]
    [('ab', ['a']), ('cd', ['a', 'b']), ('ef', ['b']), ('gh', [])]
    """
    near = sorted(
        (mark for mark in marks if mark.start < end and mark.end > start),
        key=lambda mark: (mark.start, -mark.end, ORDER.index(mark.kind), mark.id),
    )
    edges = {start, end}
    for mark in near:
        edges |= {max(mark.start, start), min(mark.end, end)}
    return _sweep(text, sorted(edges), near)


def _sweep(text: str, edges: Sequence[int], near: Sequence[Mark]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    active: list[Mark] = []
    upcoming = 0
    for left, right in itertools.pairwise(edges):
        active = [mark for mark in active if mark.end > left]
        while upcoming < len(near) and near[upcoming].start <= left:
            active.append(near[upcoming])
            upcoming += 1
        opens = tuple(mark for mark in active if mark.start == left)
        closes = tuple(mark for mark in active if mark.end == right)
        segments.append(Segment(left, right, text[left:right], tuple(active), opens, closes))
    return tuple(segments)


def of_document(extraction: Extraction | None, appraisal: Appraisal | None) -> list[Mark]:
    """Collect every mark of a document, in text order."""
    marks: list[Mark] = []
    if extraction is not None:
        marks += _of_extraction(extraction)
    if appraisal is not None:
        marks += _of_appraisal(appraisal)
    return sorted(marks, key=lambda mark: (mark.start, mark.end, ORDER.index(mark.kind), mark.id))


def _of_extraction(extraction: Extraction) -> list[Mark]:
    marks = []
    for s in extraction.statements:
        label = "stance not certain, counted as mentioning" if s.abstained else s.stance
        notes = (
            f"confidence {s.confidence:.2f}, {s.label_origin}",
            "own evidence" if s.own_evidence else "relayed",
            *s.why,
        )
        title = f"Statement: {label}"
        marks.append(Mark(s.id, "statement", s.stance, s.start, s.end, title, notes))
    for c in extraction.claims:
        told = (
            *(c.intervention, c.condition, c.outcome, c.aspect, c.comparator, c.dose, c.route),
            *(c.time_point, *c.population),
        )
        negation = "not " if c.negated else ""
        said = f"Claim: {negation}{c.direction.replace('_', ' ')}"
        notes = (" \u00b7 ".join(word for word in told if word), f"hedge: {c.hedge or 'none'}")
        held = tuple(note for note in notes if note)
        marks.append(Mark(c.id, "claim", "", c.start, c.end, said, held, claim=c))
    for r in extraction.results:
        told = (r.outcome or r.label, r.scale, r.time_point, _test_words(r))
        found = " \u00b7 ".join(word for word in told if word)
        notes = tuple(note for note in (found, *map(arm_words, r.arms)) if note)
        marks.append(Mark(r.id, "result", "", r.start, r.end, "Result: numbers of a study", notes))
    return marks


def _test_words(result: Result) -> str | None:
    """Say the test and the p of a result as printed: "t(28) = 2.2, p = .036"."""
    test, p = result.test, result.p
    said = []
    if test is not None:
        freedom = ", ".join(printed(df) for df in (test.df1, test.df2) if df is not None)
        said.append(f"{test.kind}{f'({freedom})' if freedom else ''} = {printed(test.value)}")
    if p:
        said.append(f"p = {p}" if p[0].isdigit() or p[0] == "." else f"p {p}")
    return ", ".join(said) or None


def arm_words(arm: Arm) -> str:
    """Say what was printed of an arm: "drug X: mean 3.1, SD 1.2, n 20".

    >>> arm_words(Arm("drug X", 20, 5.0, percent=25.0))
    'drug X: 5 of 20, 25 %'
    """
    counted = printed(arm.events) if arm.events is not None else ""
    total = f" of {arm.n}" if counted and arm.n else ""
    kind = {"iqr": "IQR", "range": "range", "ci": "CI"}.get(arm.interval or "", "")
    bounds = f"{kind} {printed(arm.low)} to {printed(arm.high)}" if kind else ""
    told = (
        f"{counted}{total}",
        f"{printed(arm.percent)} %" if arm.percent is not None else "",
        f"mean {printed(arm.mean)}" if arm.mean is not None else "",
        f"median {printed(arm.median)}" if arm.median is not None else "",
        f"SD {printed(arm.sd)}" if arm.sd is not None else "",
        f"SE {printed(arm.se)}" if arm.se is not None else "",
        bounds,
        f"n {arm.n}" if arm.n and not counted else "",
    )
    return f"{arm.label}: {', '.join(part for part in told if part)}"


def places(study: Study | None, claims: Sequence[Claim] = ()) -> list[Mark]:
    """Give the places that a page's words lead to: on the study, and on claims.

    Of claims, the parts that another sentence, a heading or the title names.
    """
    spans = {(p.start, p.end) for c in claims for p in c.parts if p.origin != "sentence"}
    if study is not None:
        spans.add((study.start, study.end))
        spans |= {(p.start, p.end) for signal in study.signals for p in signal.places}
    told = sorted((start, end) for start, end in spans if start is not None and end is not None)
    return [Mark(f"place-{at}", "place", "", *span, "") for at, span in enumerate(told)]


def _of_appraisal(appraisal: Appraisal) -> list[Mark]:
    marks = []
    for flag in appraisal.flags:
        if flag.start is None or flag.end is None:
            continue
        title = f"{flag.severity.capitalize()}: {flag.kind.replace('_', ' ')}"
        suggested = " or ".join(flag.suggestion[:3])
        notes = [f"suggested: {suggested}"] if suggested else []
        notes += [flag.explanation, flag.evidence]
        notes.append(f"rule {flag.rule}, {flag.reference}" if flag.reference else flag.rule)
        if flag.said:
            notes.insert(0, f"{flag.state} by {flag.said}")
        told = tuple(note for note in notes if note)
        variant = "rejected" if flag.state == "rejected" else flag.severity
        place = (flag.start, flag.end)
        marks.append(Mark(flag.id, "flag", variant, *place, title, told, flag.kind, flag.state))
    return marks

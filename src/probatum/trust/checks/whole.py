"""The document as a whole: machine paraphrase with its places, sources set side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from probatum.trust.findings import Findings
from probatum.trust.marking import broken_terms, chances, places_to_mark
from probatum.trust.sign import Sign
from probatum.trust.spun import paragraphs
from probatum.trust.subject import Subject

_WRECKAGE = frozenset(
    {
        "fragment", "orphan_statistic", "truncated_text", "boilerplate_statement",
        "orphan_citation", "glued_reference", "spelled_number", "glued_heading", "injected_link",
    }
)  # fmt: skip
_KINDS, _SIGNS, _PARAGRAPHS = 3, 4, 4


def machine_spun(subject: Subject, found: Findings) -> Iterator[Sign]:
    """The document, or most of it, is consistent with machine paraphrase."""
    if found.spun.spun:
        blocks = paragraphs(subject.wording, subject.sentences)
        share = f"; {sum(odds > 0 for _, odds in blocks)} of {len(blocks)} paragraphs"
        explanation = "The document is consistent with machine paraphrase."
        yield Sign(explanation, found.spun.evidence + share)


def spun_wording(subject: Subject, found: Findings) -> Iterator[Sign]:
    """Ordinary words replaced by ill-fitting near ones, in a document judged spun."""
    if not found.spun.spun:
        return
    taken = [
        (flag.start, flag.end)
        for flag in found.flags
        if flag.kind == "tortured_phrase" and flag.start is not None and flag.end is not None
    ]
    text, wording = subject.document.text, subject.wording
    likely = chances(wording)
    terms = dict(broken_terms(wording, text, likely))
    pairs = {(place, place + 1) for place in terms}
    covered = {place for pair in pairs for place in pair}
    single = [
        run
        for run in places_to_mark(wording, text)
        if not covered & set(range(run[0], run[1] + 1))
    ]
    for first, last in sorted([*single, *pairs]):
        start, end = int(wording.start[first]), int(wording.end[last])
        if any(a < end and start < b for a, b in taken):
            continue
        fixed = terms.get(first, ())
        best = (*fixed[:1], *_proposals(subject, first, last))[:3]
        chance = float(np.max(likely[first : last + 1]))
        evidence = (
            f"never seen, where {fixed[0]!r} is a fixed term"
            if fixed
            else f"put for another word with a probability of {chance:.2f}"
        )
        explanation = "Words stand here that do not fit their place, as replacement leaves them."
        yield Sign(explanation, evidence, start, end, best)


def _proposals(subject: Subject, first: int, last: int) -> tuple[str, ...]:
    """Propose wordings for the whole span, best first: one word changed at a time, then all."""
    text, wording = subject.document.text, subject.wording
    start, end = int(wording.start[first]), int(wording.end[last])
    best = []
    for place in range(first, last + 1):
        a, b = int(wording.start[place]), int(wording.end[place])
        best += [
            (rank, text[start:a] + word + text[b:end])
            for rank, word in enumerate(wording.better(place))
        ]
    return tuple(words for _, words in sorted(best, key=lambda pair: pair[0]))[:3]


def stitched_sources(subject: Subject, found: Findings) -> Iterator[Sign]:
    """Passages of several sources set side by side: seams of several kinds in one text."""
    if subject.document.kind != "web-page" or len(subject.prose) < _PARAGRAPHS:
        return
    counts = Counter(flag.kind for flag in found.flags if flag.kind in _WRECKAGE)
    if len(counts) >= _KINDS and sum(counts.values()) >= _SIGNS:
        listed = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
        yield Sign("Passages of several sources seem to stand side by side.", f"seams: {listed}")

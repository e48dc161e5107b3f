"""Flags that rest on the learned remarks, beside those of the rules.

A remark is raised where its probability passes the threshold of its kind and no rule has flagged
the same sentence for the same reason. It is a concern at most, unless a statement of the pack
stands against the sentence; against a label without such a statement the model must be surer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from probatum.model.flag import Flag, Severity
from probatum.model.pack import PackStatement
from probatum.text.hazards import named_hazards
from probatum.trust.checks import CHECKS, Check
from probatum.trust.dangers import likely_hazards
from probatum.trust.excuses import is_bare_status, is_excused, says_nothing
from probatum.trust.facts import OF_HARM, bearing, facts, opposing
from probatum.trust.meant import meant, warning_of
from probatum.trust.remark_features import Floats, plain_words, where
from probatum.trust.remarks import Remarks, remarks, shipped, word_weights
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

VERSION = "learned-1"
_LONGEST = 2_000
_NAMED = 4  # words that a flag says have spoken for it
_SHARE = 0.15  # of the heaviest word's weight: lighter ones end the marked run
_AGAINST = {"safety_contradiction", "regulatory_misstatement"}
_STATUS = ("regulatory", "regulatory-status")
_OF_STATUS = {"regulatory_misstatement"}
_SURER = 0.5  # of the way from the threshold to certainty
# What is asked of articles and records: the passages that taught are pages, or read like them.
_OF_ARTICLES = {"overclaim", "promotional_language"}
_WHOLE = {
    "boilerplate_statement", "boilerplate_ui", "safety_statement", "regulatory_statement",
    "uncertainty_statement", "trust_positive", "testimonial",
}  # fmt: skip
_TIGHT = {"vague_attribution", "vague_quantity"}
_BREAK = re.compile(r"[,;:()\u2026]\s|\s[\u2014\u2013-]+\s|\u2014|[\"\u201c\u201d]|$")


def learned(subject: Subject, flags: Sequence[Flag]) -> Iterator[tuple[Check, Sign]]:
    """Give the remarks on a document, each with the check whose kind of flag it gives."""
    told = [s for s in subject.sentences if s.block.kind not in {"title", "heading"}]
    if not subject.english or not told:
        return
    found = remarks([sentence.text for sentence in told])
    model = shipped()
    taken = _Taken(flags)
    for row, at in zip(*np.nonzero(found.chances >= model.least), strict=True):
        kind, sentence = model.kinds[at], told[row]
        if not _allowed(subject, kind) or taken.holds(kind, sentence):
            continue
        if not is_excused(subject, sentence, kind):  # first: to weigh the words costs ten times
            sign = _sign(subject, sentence, found, (int(row), int(at)))
            if sign is not None and not says_nothing(subject, sentence, kind, _place(sign)):
                yield _checks()[kind], sign


def _place(sign: Sign) -> tuple[int, int]:
    return sign.start or 0, sign.end or 0


class _Taken:
    """Which sentences the rules have flagged, and for what."""

    def __init__(self, flags: Sequence[Flag]) -> None:
        placed = [(f.start, f.end, f) for f in flags if f.start is not None and f.end is not None]
        self._placed = sorted(placed, key=lambda each: each[:2])
        self._starts = [start for start, *_ in self._placed]

    def holds(self, kind: str, sentence: Sentence) -> bool:
        """Whether a sentence is flagged for this, or praised although it is flagged as wrong."""
        good = _checks()[kind].dimension == "good"
        return any(
            start < sentence.end
            and end > sentence.start
            and (f.kind == kind or (good and f.dimension == "support" and f.severity != "note"))
            for start, end, f in self._placed
        )


@cache
def _checks() -> dict[str, Check]:
    return {check.kind: replace(check, version=VERSION) for check in CHECKS}


def _allowed(subject: Subject, kind: str) -> bool:
    of_article = kind in _OF_ARTICLES and subject.on_health
    return subject.document.kind == "web-page" or of_article


def _sign(
    subject: Subject, sentence: Sentence, found: Remarks, place: tuple[int, int]
) -> Sign | None:
    """Make the sign of a remark, with its words and what the pack holds against it."""
    row, at = place
    model = shipped()
    kind, chance, least = model.kinds[at], float(found.chances[row, at]), float(model.least[at])
    check = _checks()[kind]
    weights = word_weights(found, row, at)
    start, end = _span(sentence.text, kind, where(sentence.text), weights)
    explanation = f"Worded like what editors mark: {check.summary}."
    evidence = f"model, probability {chance:.2f} (from {least:.2f}); {_spoke(found, row, weights)}"
    severity: Severity | None = None if check.severity == "note" else "concern"
    if kind in _AGAINST:
        against = against_remark(subject, sentence, kind)
        sure = chance >= least + _SURER * (1.0 - least)
        bare = kind in _OF_STATUS and is_bare_status(subject, sentence)
        if not sure and (bare or not (against or _meant(subject, sentence))):
            return None
        evidence += f"; against it: {opposing(against)}" if against else ""
        explanation += "" if against else " Check it against the label."
        severity = None if against else "concern"
    return Sign(
        explanation, evidence, sentence.start + start, sentence.start + end, severity=severity
    )


def _meant(subject: Subject, sentence: Sentence) -> frozenset[str]:
    return meant(subject, sentence, facts(subject.pack)) if subject.names_drug else frozenset()


def against_remark(subject: Subject, sentence: Sentence, kind: str) -> PackStatement | None:
    """Give the statement of the pack on the drug that is meant and its hazard, or its status."""
    known = facts(subject.pack)
    drugs = _meant(subject, sentence)
    if not drugs:
        return None
    text = sentence.text[:_LONGEST]
    if kind == "safety_contradiction":
        names = (*named_hazards(text), *likely_hazards(plain_words(text)))
        told = (warning_of(known, name, drugs) for name in names)
        return next(filter(None, told), None) or bearing(subject.pack, text, OF_HARM)
    of_drug = (
        statement
        for fact, statement in zip(known.positions, known.statements, strict=True)
        if fact.topic == "approval" and fact.holds and fact.drugs & drugs
    )
    return bearing(subject.pack, text, _STATUS) or next(of_drug, None)


def _span(text: str, kind: str, places: list[tuple[int, int]], weights: Floats) -> tuple[int, int]:
    """Give the run of words that carries the weight, widened to its clause."""
    end = len(text.rstrip())
    if kind in _WHOLE or len(places) < 3:
        return 0, end
    first, last = _heaviest(weights[1:-1] - _SHARE * max(0.0, float(weights[1:-1].max())))
    low, high = places[first + 1][0], places[last + 1][1]
    if kind in _TIGHT:
        return low, high
    breaks = [(m.start(), m.end()) for m in _BREAK.finditer(text, 0, end)]
    opens = max((b for _, b in breaks if b <= low), default=0)
    closes = min((a for a, _ in breaks if a >= high), default=end)
    return opens, max(high, closes)


def _heaviest(values: Floats) -> tuple[int, int]:
    """Give first and last of the run with the greatest sum (Kadane's algorithm)."""
    best, total, start, found = float("-inf"), 0.0, 0, (0, 0)
    for at, value in enumerate(values.tolist()):
        if total <= 0:
            total, start = 0.0, at
        total += value
        if total > best:
            best, found = total, (start, at)
    return found


def _spoke(found: Remarks, row: int, weights: Floats) -> str:
    """Name the words that spoke for a remark, the weightiest first."""
    words = found.given.words[slice(*found.given.part(row))]
    order = np.argsort(-weights, kind="stable").tolist()
    plain = [words[at] for at in order if weights[at] > 0 and words[at][0] != "<"]
    named = list(dict.fromkeys(plain))[:_NAMED]
    return f"the words {', '.join(map(repr, named))} spoke for it" if named else "by its shape"

"""Numbers that cannot be, or do not agree."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.text.needed_to_treat import need_checks
from probatum.text.number_checks import Check, contrast_checks, share_checks
from probatum.text.numbers import contrasts, shares
from probatum.text.patient_flow import flow_checks
from probatum.text.scale_bounds import scale_checks, whole_checks
from probatum.trust.checks.abstracts import abstract_numbers
from probatum.trust.checks.flow import flow_numbers
from probatum.trust.facts import last_kept
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_IMPOSSIBLE = frozenset({"count-within-total", "mean-in-scale"})
_LONGEST = 20_000


def impossible_number(subject: Subject) -> Iterator[Sign]:
    """More events than people, a mean outside its scale."""
    for start, end, check in _failed(subject):
        if check.rule in _IMPOSSIBLE:
            yield _sign("The number cannot be.", start, end, check)


def inconsistent_number(subject: Subject) -> Iterator[Sign]:
    """Numbers of a sentence, of abstract and body, of people over the text, that disagree."""
    yield from abstract_numbers(subject)
    yield from flow_numbers(subject)
    for start, end, check in _failed(subject):
        if check.rule not in _IMPOSSIBLE:
            yield _sign("Two printed numbers do not agree.", start, end, check)


@last_kept
def _failed(subject: Subject) -> tuple[tuple[int, int, Check], ...]:
    return tuple(_disagreeing(subject))


def _disagreeing(subject: Subject) -> Iterator[tuple[int, int, Check]]:
    before = ""
    for sentence in subject.sentences:
        text = sentence.text[:_LONGEST]
        found = [*flow_checks(text), *scale_checks(text, before)]
        before = text
        if "%" in text:
            found += [*need_checks(text), *whole_checks(text)]
            found += [(p.start, p.end, c) for p in contrasts(text) for c in contrast_checks(p)]
            found += [(p.start, p.end, c) for p in shares(text) for c in share_checks(p)]
        for start, end, check in found:
            if check.verdict == "disagrees":
                yield sentence.start + start, sentence.start + end, check


def _sign(explanation: str, start: int, end: int, check: Check) -> Sign:
    evidence = f"{check.rule}: expected {check.expected}, found {check.found}"
    return Sign(explanation, evidence, start, end)

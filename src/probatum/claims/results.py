"""Results in prose: contrasts with their interval, counts with their percentage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from probatum.claims.passages import Passage
from probatum.claims.reported_p import p_check, reported_tests, speaks_of_one_tail
from probatum.claims.words import Words, compiled
from probatum.model.claim import Arm, NumberCheck, PrintedEffect, PrintedTest, Result
from probatum.model.document import Document
from probatum.model.pack import Vocabulary
from probatum.text.concepts import Concept, concepts, nearest
from probatum.text.digest import short_id
from probatum.text.needed_to_treat import need_checks
from probatum.text.number_checks import Check, contrast_checks, share_checks
from probatum.text.numbers import Printed, PrintedContrast, PrintedShare, contrasts, shares
from probatum.text.patient_flow import flow_checks
from probatum.text.quantities import time_point

_DIGIT = re.compile(r"\d")
_LONGEST = 20_000  # of one sentence; longer ones are dumps
_SKIPPED = frozenset({"introduction"})


def results(document: Document, found: Sequence[Passage], vocabulary: Vocabulary) -> list[Result]:
    """Find the numbers of a document's prose; introductions relay those of others."""
    words = compiled(vocabulary)
    made: list[Result] = []
    one_tailed = speaks_of_one_tail(document.text)
    for passage in found:
        text = passage.text[:_LONGEST]
        if passage.block.role in _SKIPPED or not _DIGIT.search(text):
            continue
        printed: list[PrintedContrast | PrintedShare] = [*contrasts(text), *shares(text)]
        made.extend(_of_tests(document, passage, text, one_tailed=one_tailed))
        made.extend(_of_sentence(document, passage, text))
        if printed:
            terms = concepts(words.matcher, text)
            ordered = sorted(printed, key=lambda p: (p.start, p.end))
            made.extend(_result(document, passage, terms, words, p) for p in ordered)
    return made


def _of_tests(
    document: Document, passage: Passage, text: str, *, one_tailed: bool
) -> Iterator[Result]:
    """Give a result for each test that is printed with its p; its check is all it holds."""
    for test in reported_tests(text):
        start, end = passage.start + test.start, passage.start + test.end
        yield Result(
            id=short_id(document.id, start, end, "test"),
            document=document.id,
            start=start,
            end=end,
            quote=document.text[start:end],
            checks=_noted((p_check(test, one_tailed=one_tailed),)),
            p=f"{test.p_sign} {test.p.text}" if test.p else None,
            test=PrintedTest(test.kind, test.df1, test.df2, test.value.value),
        )


def _of_sentence(document: Document, passage: Passage, text: str) -> Iterator[Result]:
    """Give a result for each number needed to treat, and each flow of people, that is checked."""
    for first, last, check in (*need_checks(text), *flow_checks(text)):
        start, end = passage.start + first, passage.start + last
        yield Result(
            id=short_id(document.id, start, end, check.rule),
            document=document.id,
            start=start,
            end=end,
            quote=document.text[start:end],
            effect=_needed(check),
            checks=_noted((check,)),
        )


def _needed(check: Check) -> PrintedEffect | None:
    if check.rule != "needed-to-treat":
        return None
    return PrintedEffect("NNT", Printed(check.found).value)


def with_arms(alone: Sequence[Result], paired: Sequence[Result]) -> list[Result]:
    """Put the counts of one group into the result that sets it beside another, with their checks.

    ``paired`` lie apart from each other; both are in text order.
    """
    starts = [result.start for result in paired]
    made, taken = list(paired), list[Result]()
    for result in alone:
        at = bisect_right(starts, result.start) - 1
        inside = at >= 0 and result.end <= made[at].end + 1  # a bracket may close behind it
        if inside and result.effect is None and len(result.arms) == 1:
            made[at] = replace(made[at], checks=(*made[at].checks, *result.checks))
        else:
            taken.append(result)
    return sorted((*taken, *made), key=lambda result: (result.start, result.end))


def _result(
    document: Document,
    passage: Passage,
    terms: list[Concept],
    words: Words,
    printed: PrintedContrast | PrintedShare,
) -> Result:
    start, end = passage.start + printed.start, passage.start + printed.end
    drug = nearest(terms, ("drug",), printed.start)
    comparator = nearest(terms, ("comparator",), printed.start)
    scale = nearest(terms, ("scale",), printed.start)
    outcome = nearest(terms, ("outcome", "harm"), printed.start)
    arms, effect, checks = _numbers(printed, drug)
    return Result(
        id=short_id(document.id, start, end, "result"),
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        intervention=drug.id if drug else None,
        comparator=comparator.id if comparator else None,
        outcome=outcome.id if outcome else words.scales.get(scale.id) if scale else None,
        scale=scale.id if scale else None,
        time_point=time_point(passage.text[:_LONGEST]),
        arms=arms,
        effect=effect,
        checks=checks,
        p=effect.p if effect else None,
    )


def _numbers(
    printed: PrintedContrast | PrintedShare, drug: Concept | None
) -> tuple[tuple[Arm, ...], PrintedEffect | None, tuple[NumberCheck, ...]]:
    if isinstance(printed, PrintedShare):
        label, share = drug.id if drug else "unnamed", printed.percent.value
        arm = Arm(label, printed.total, float(printed.count), percent=share)
        return (arm,), None, _noted(share_checks(printed))
    effect = PrintedEffect(
        printed.measure,
        printed.value.value,
        printed.low.value,
        printed.high.value,
        printed.level,
        printed.p,
    )
    return (), effect, _noted(contrast_checks(printed))


def _noted(checks: tuple[Check, ...]) -> tuple[NumberCheck, ...]:
    return tuple(NumberCheck(c.rule, c.verdict, c.expected, c.found) for c in checks)

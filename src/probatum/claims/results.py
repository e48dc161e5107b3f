"""Results in prose: contrasts with their interval, counts with their percentage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from probatum.claims.passages import Passage
from probatum.claims.reported_p import p_check, reported_tests, speaks_of_one_tail
from probatum.claims.words import Words, compiled
from probatum.model.claim import Arm, NumberCheck, PrintedEffect, Result
from probatum.model.document import Document
from probatum.model.pack import Vocabulary
from probatum.text.concepts import Concept, concepts, nearest
from probatum.text.digest import short_id
from probatum.text.needed_to_treat import need_checks
from probatum.text.number_checks import Check, contrast_checks, share_checks
from probatum.text.numbers import PrintedContrast, PrintedShare, contrasts, shares
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
            checks=_noted((check,)),
        )


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
    )


def _numbers(
    printed: PrintedContrast | PrintedShare, drug: Concept | None
) -> tuple[tuple[Arm, ...], PrintedEffect | None, tuple[NumberCheck, ...]]:
    if isinstance(printed, PrintedShare):
        arm = Arm(drug.id if drug else "unnamed", printed.total, float(printed.count))
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

"""An article's abstract against its own body: numbers that the body prints otherwise.

Abstracts whose data differ from the body are common (Pitkin et al. 1999). Numbers are only set
against each other where both places must mean the same quantity: an effect of which two of three
numbers are the same, a count out of a total whose percentage differs. A number that the body does
not hold at all (a rounded one, one of a figure) tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from probatum.text.number_checks import share_checks
from probatum.text.numbers import Printed, PrintedContrast, PrintedShare, contrasts, shares
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_LONGEST = 4_000
_MOST_SAID, _MOST = 50, 1_000  # effects of an abstract and of a body: time stays bounded
_EXPLANATION = "The article's body prints another number for this."


@dataclass(frozen=True, slots=True)
class _Told:
    """A contrast and the sentence that holds it."""

    sentence: Sentence
    found: PrintedContrast


def abstract_numbers(subject: Subject) -> Iterator[Sign]:
    """Numbers of the abstract that the body prints otherwise for the same quantity."""
    if subject.document.kind != "article":
        return
    told = [
        s for s in subject.sentences if s.block.kind not in {"title", "heading"} and "%" in s.text
    ]
    abstract = [s for s in told if s.block.role == "abstract"]
    body = [s for s in told if s.block.role in {"results", "other"}]
    if abstract and body:
        yield from _effects(subject, abstract, body)
        yield from _shares(abstract, body)


def _effects(subject: Subject, abstract: list[Sentence], body: list[Sentence]) -> Iterator[Sign]:
    """Set effects against each other that differ in one of estimate and limits."""
    printed = list(islice(_told(abstract), _MOST_SAID))
    held = list(islice(_told(body), _MOST))
    # What both print is settled: the one cannot be the other of something else.
    said = [c for c in printed if all(_differing(c.found, o.found) for o in held)]
    others = [o for o in held if all(_differing(o.found, c.found) for c in printed)]
    for sentence, found in ((one.sentence, one.found) for one in said):
        close = [(o, _differing(found, o.found)) for o in others]
        near = [(o, parts[0]) for o, parts in close if len(parts) == 1]
        if len(near) == 1 and not _elsewhere(subject, found):
            other, part = near[0]
            text = other.sentence.text[other.found.start : other.found.end]
            yield _sign(sentence, (found.start, found.end), text, f"the {part}: ")


def _told(sentences: list[Sentence]) -> Iterator[_Told]:
    return (_Told(s, c) for s in sentences for c in contrasts(s.text[:_LONGEST]))


def _elsewhere(subject: Subject, found: PrintedContrast) -> bool:
    """Whether the same three numbers stand outside the abstract, as in a table."""
    printed = (re.escape(n.text.strip()) for n in (found.value, found.low, found.high))
    three = re.compile(r"(?<![\d.])" + r"(?![\d.]\d)\D{1,25}".join(printed))
    spans = [(b.start, b.end) for b in subject.document.blocks if b.role == "abstract"]
    places = (match.start() for match in three.finditer(subject.document.text))
    return any(not any(a <= place < b for a, b in spans) for place in places)


def _differing(first: PrintedContrast, second: PrintedContrast) -> list[str]:
    """Name the numbers in which two printed effects differ, by more than rounding."""
    if first.measure != second.measure:
        return ["measure", "numbers"]
    named = (
        ("estimate", first.value, second.value),
        ("lower limit", first.low, second.low),
        ("upper limit", first.high, second.high),
    )
    return [name for name, a, b in named if not _same(a, b)]


def _same(first: Printed, second: Printed) -> bool:
    """Whether two printed numbers may be one: to the last digit, or rounded to fewer digits."""
    apart = abs(abs(first.value) - abs(second.value))
    coarse = max(first.half_unit, second.half_unit)
    return apart < 1e-9 or (first.half_unit != second.half_unit and apart <= 2 * coarse + 1e-9)


def _shares(abstract: list[Sentence], body: list[Sentence]) -> Iterator[Sign]:
    """Find a percentage that its counts do not give, where the body prints the one they give."""
    counted = ((s, x) for s in body for x in shares(s.text[:_LONGEST]) if _agrees(x))
    others = {(x.count, x.total): (s, x) for s, x in counted}
    for sentence in abstract:
        for found in shares(sentence.text[:_LONGEST]):
            right = others.get((found.count, found.total))
            if right is not None and not _agrees(found):
                text = right[0].text[right[1].start : right[1].end]
                yield _sign(sentence, (found.start, found.end), text, "")


def _agrees(found: PrintedShare) -> bool:
    return all(check.verdict == "agrees" for check in share_checks(found))


def _sign(sentence: Sentence, place: tuple[int, int], body: str, part: str) -> Sign:
    here = sentence.text[place[0] : place[1]]
    evidence = f"{part}{here!r} in the abstract, {body!r} in the body"
    return Sign(_EXPLANATION, evidence, sentence.start + place[0], sentence.start + place[1])

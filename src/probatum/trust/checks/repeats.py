"""Statements that stand twice: in one document, or in this one and another."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.model.passage import Repeat
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_SAYS = {
    "exact": "The same sentence stands in another source, where it is counted.",
    "near": "Nearly the same sentence stands in another source, where it is counted.",
    "spun": "Another source says this in other words, in the same order; it is counted there.",
}
_QUOTED = 300


def duplicate_content(subject: Subject) -> Iterator[Sign]:
    """The same sentence again, here or in another source."""
    for later, resemblance in subject.repeats:
        if resemblance >= 1.0:
            yield _sign(later, "The same sentence stands earlier in this document.", resemblance)
    yield from (_elsewhere(repeat) for repeat in subject.elsewhere if repeat.how == "exact")


def near_duplicate(subject: Subject) -> Iterator[Sign]:
    """Nearly the same sentence again, or the same in other words, here or in another source."""
    for later, resemblance in subject.repeats:
        if resemblance < 1.0:
            explanation = "Nearly the same sentence stands earlier in this document."
            yield _sign(later, explanation, resemblance)
    yield from (_elsewhere(repeat) for repeat in subject.elsewhere if repeat.how != "exact")


def _sign(later: Sentence, explanation: str, resemblance: float) -> Sign:
    evidence = f"{resemblance:.0%} of the words, or of their pairs, are shared"
    return Sign(explanation, evidence, later.start, later.end)


def _elsewhere(repeat: Repeat) -> Sign:
    place = f"document {repeat.source}, {repeat.source_start} to {repeat.source_end}"
    quoted = repeat.source_quote[:_QUOTED]
    evidence = f"{repeat.source_title!r} ({place}): {quoted!r}; shared: {repeat.shared}"
    return Sign(_SAYS[repeat.how], evidence, repeat.start, repeat.end)

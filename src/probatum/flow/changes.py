"""What a build changed, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping

from probatum.model.answer import Answer, Change
from probatum.model.effect import Pooled

_MINUS = "\N{MINUS SIGN}"


def compare(
    before: Mapping[str, Answer] | None, after: Mapping[str, Answer]
) -> tuple[Change, ...]:
    """Compare the answers of two builds; nothing before means that nothing changed.

    One change a question whose numbers, certainty or counts of statements differ, in the order of
    the questions after, then those that went.
    """
    if before is None:
        return ()
    changed = [
        _change(after[name], before.get(name))
        for name in after
        if name not in before or summary(before[name]) != summary(after[name])
    ]
    gone = [
        Change(name, summary(old), None, f"{old.question.label}: no longer asked")
        for name, old in before.items()
        if name not in after
    ]
    return (*changed, *gone)


def _change(after: Answer, before: Answer | None) -> Change:
    now = summary(after)
    if before is None:
        return Change(after.question.id, None, now, f"{after.question.label}: new; {now}")
    was = summary(before)
    return Change(after.question.id, was, now, f"{after.question.label}: {was} \u2192 {now}")


def summary(answer: Answer) -> str:
    """Say an answer in one line: estimate, interval, studies, people, certainty, statements."""
    said = f"{answer.supporting} support, {answer.contrasting} contrast"
    people = _people(answer.pooled)
    return f"{effect(answer.pooled)}; {people}; certainty {answer.certainty.level}; {said}"


def effect(pooled: Pooled) -> str:
    """Say the effect with its interval, or that there is none."""
    if pooled.estimate is None or pooled.ci_low is None or pooled.ci_high is None:
        return "no pooled effect"
    low, high = number(pooled.ci_low), number(pooled.ci_high)
    return f"{pooled.measure} {number(pooled.estimate)} ({low} to {high})"


def _people(pooled: Pooled) -> str:
    studies = f"{pooled.k} {'study' if pooled.k == 1 else 'studies'}"
    return studies if pooled.n is None else f"{studies}, {pooled.n:g} people"


def number(value: float) -> str:
    """Write a number for reading: three significant digits at least, two decimals at most.

    >>> number(-15.796), number(0.004321), number(1234.5)
    ('\u221215.80', '0.00432', '1234.50')
    """
    text = f"{value:.3g}" if 0 < abs(value) < 0.1 else f"{value:.2f}"
    return text.replace("-", _MINUS)

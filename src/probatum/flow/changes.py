"""What changed between two sets of answers, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from probatum.model.answer import Answer, Change
from probatum.model.shapes import Shape
from probatum.model.shapes import answer as answer_shape

_MINUS = "\N{MINUS SIGN}"
_ARROW = "\N{RIGHTWARDS ARROW}"


Told = tuple[str, str]  # a question's label, and its answer in one line


def shapes_of(answers: Iterable[Answer]) -> dict[str, Shape]:
    """Give answers in the shape that releases keep, by question."""
    return {answer.question.id: answer_shape(answer) for answer in answers}


def told(shapes: Mapping[str, Shape]) -> dict[str, Told]:
    """Say each answer in one line, by question."""
    return {name: (shape["label"], summary(shape)) for name, shape in shapes.items()}


def compare(before: Mapping[str, Told], after: Mapping[str, Told]) -> tuple[Change, ...]:
    """Compare two sets of answers as :func:`told`.

    One change a question whose numbers, certainty or counts of statements differ, in the order of
    the questions after, then those that went.
    """
    changed = [
        _change(name, before.get(name), after[name])
        for name in after
        if name not in before or before[name][1] != after[name][1]
    ]
    gone = [
        Change(name, was, None, f"{label}: no longer asked")
        for name, (label, was) in before.items()
        if name not in after
    ]
    return (*changed, *gone)


def _change(name: str, before: Told | None, after: Told) -> Change:
    label, now = after
    if before is None:
        return Change(name, None, now, f"{label}: new; {now}")
    return Change(name, before[1], now, f"{label}: {before[1]} {_ARROW} {now}")


def summary(answer: Shape) -> str:
    """Say an answer in one line: effect, interval, studies, people, certainty, statements.

    Statements that lean to a side without being confident enough to count are named as uncertain,
    so that a build which brought only such says so.
    """
    counts = answer["statements"]
    said = f"{counts['supporting']} support, {counts['contrasting']} contrast"
    if uncertain := counts.get("uncertain"):  # releases of earlier versions have none
        said += f", {uncertain} uncertain"
    return f"{effect(answer)}; {_people(answer)}; certainty {answer['certainty']}; {said}"


def effect(answer: Shape) -> str:
    """Say the effect with its interval, or that there is none."""
    values = [answer[name] for name in ("estimate", "ci_low", "ci_high")]
    if None in values:
        return "no pooled effect"
    estimate, low, high = map(number, values)
    return f"{answer['measure']} {estimate} ({low} to {high})"


def _people(answer: Mapping[str, Any]) -> str:
    k, n = answer["k"], answer["n"]
    studies = f"{k} {'study' if k == 1 else 'studies'}"
    return studies if n is None else f"{studies}, {n:g} people"


def number(value: float) -> str:
    """Write a number for reading: two decimals, or three digits where it is small.

    >>> number(-15.796), number(0.004321), number(1234.5)
    ('\u221215.80', '0.00432', '1234.50')
    """
    text = f"{value:.3g}" if 0 < abs(value) < 0.1 else f"{value:.2f}"
    return text.replace("-", _MINUS)

"""How many are said to respond, against how many did in the treated groups of the studies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import sqrt

from probatum.model.answer import Answer
from probatum.verdicts.finding import Finding
from probatum.verdicts.items import fits_drug, of_answer, shown
from probatum.verdicts.known import Known

_PERCENT = re.compile(
    r"\b(\d{1,3}(?:\.\d{1,2})?)(?:\s?(?:-|\u2013|to|%\s?to)\s?(\d{1,3}(?:\.\d{1,2})?))?"
    r"\s?(?:%|per ?cent\b)"
)
_OUT_OF = re.compile(
    r"\b(\d{1,4}|one|two|three|four|five|six|seven|eight|nine) (?:out of|in)(?: every)?"
    r" (\d{1,4}|two|three|four|five|ten)\b",
    re.IGNORECASE,
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FRACTIONS = {
    "half": 1 / 2, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3,
    "a quarter": 1 / 4, "one quarter": 1 / 4, "three quarters": 3 / 4, "a fifth": 1 / 5,
}  # fmt: skip
_FRACTION = re.compile(
    rf"\b({'|'.join(k.replace(' ', '[ -]') for k in _FRACTIONS)})\b", re.IGNORECASE
)
_OUTCOMES = (
    (
        "respon",
        r"respon\w*|improv\w*|better|benefit\w*|works? (?:for|in)|helped|relie(?:f|ve[ds]?)",
    ),
    ("remission", r"remission|remit\w*|symptom-free|recover\w*|cured?"),
    ("abstinen", r"abstinen\w*|abstain\w*"),
    ("cessation", r"seizures? (?:stop\w*|end\w*|ceas\w*)|cessation|seizure control"),
)
_TOLD = tuple((stem, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for stem, words in _OUTCOMES)
_OF_LESS = re.compile(
    r"\b(?:reduc|decreas|fall|fell|lower|drop|declin|less|fewer|bioavailab)", re.IGNORECASE
)
_LEAST = 10  # people: the rate of fewer says little
_Z = 1.959964
_MARGIN = 0.05  # a claim of 50 % is not held against an upper limit of 47 %


def judge_rate(sentence: str, drug: str, condition: str | None, known: Known) -> Finding | None:
    """Judge a share of people who are said to respond; None where none is told or held.

    The studies' share is that of the treated groups of all fitting answers together, with Wilson's
    95 % interval (Wilson 1927).
    """
    said = claimed(sentence)
    stems = [stem for stem, words in _TOLD if words.search(sentence)]
    if said is None or not stems or _OF_LESS.search(sentence):
        return None
    held = list(_held(stems, drug, condition, known))
    events, people = known.treated(held)
    if people < _LEAST:
        return None
    low, high = _wilson(events, people)
    share = f"{100 * low:.0f} to {100 * high:.0f} % in the treated groups of the studies"
    reason = f"claimed {_percent(said)}; {share} (n {people:.0f}, at every time of measuring)"
    evidence = shown(of_answer(answer, known) for answer in held)
    most = high if condition is not None else max(_highest(held, known), high)
    if said[0] > most + _MARGIN:
        return Finding("overstated", reason, evidence)
    # Over all conditions together a share is too mixed to be borne out.
    borne_out = condition is not None and said[1] >= low - _MARGIN
    return Finding("supported", reason, evidence) if borne_out else None


def _highest(held: Sequence[Answer], known: Known) -> float:
    """Give the upper limit of the condition with the highest share; any may be meant."""
    by_condition: dict[str | None, list[Answer]] = {}
    for answer in held:
        by_condition.setdefault(answer.question.indication, []).append(answer)
    treated = [known.treated(group) for group in by_condition.values()]
    limits = [_wilson(events, people)[1] for events, people in treated if people >= _LEAST]
    return max(limits, default=0.0)


def claimed(sentence: str) -> tuple[float, float] | None:
    """Give the first share that a sentence tells, low and high, 0 to 1.

    >>> claimed("about half of the patients"), claimed("nobody")
    ((0.5, 0.5), None)
    >>> claimed("70 % of patients"), claimed("two in three people"), claimed("45-60% respond")
    ((0.7, 0.7), (0.6666666666666666, 0.6666666666666666), (0.45, 0.6))
    """
    share = _PERCENT.search(sentence)
    if share:
        low = float(share[1]) / 100
        high = float(share[2]) / 100 if share[2] else low
        return (low, high) if low <= high <= 1 else None
    parts = _OUT_OF.search(sentence)
    if parts is None:
        named = _FRACTION.search(sentence)
        part = _FRACTIONS[" ".join(named[1].lower().replace("-", " ").split())] if named else None
        return None if part is None else (part, part)
    some, all_ = _number(parts[1]), _number(parts[2])
    return (some / all_, some / all_) if 0 < some <= all_ else None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS.index(word.lower()) + 1


def _held(
    stems: Sequence[str], drug: str, condition: str | None, known: Known
) -> Iterator[Answer]:
    for answer in known.answers:
        question = answer.question
        meant = question.comparator in known.inert and condition in {None, question.indication}
        told = any(stem in (question.outcome or "") for stem in stems)
        if meant and told and fits_drug(drug, question.drug, known) and known.treated([answer])[1]:
            yield answer


def _wilson(events: float, people: float) -> tuple[float, float]:
    share, z2 = events / people, _Z * _Z
    middle = (share + z2 / (2 * people)) / (1 + z2 / people)
    half = _Z * sqrt(share * (1 - share) / people + z2 / (4 * people**2)) / (1 + z2 / people)
    return middle - half, middle + half


def _percent(said: tuple[float, float]) -> str:
    low, high = (f"{100 * value:.0f}" for value in said)
    return f"{low} %" if low == high else f"{low} to {high} %"

"""How long an effect is said to last, against the facts on when it is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.model.pack import Fact
from probatum.text.cues import NEGATION
from probatum.verdicts.finding import Finding
from probatum.verdicts.harms import marked
from probatum.verdicts.items import best, fits_drug, of_fact
from probatum.verdicts.known import LEVELS, Known
from probatum.verdicts.speech import cue
from probatum.verdicts.wording import too_strong

_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.0, "year": 365.0}
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LENGTH = re.compile(
    rf"\b(\d{{1,4}}|{'|'.join(_NUMBERS)}|several|many)(?:\s?(?:-|\u2013|to)\s?(\d{{1,4}}))?"
    rf"[\s-](?:full |whole )?({'|'.join(_DAYS)})s?\b",
    re.IGNORECASE,
)
_SINGULAR = re.compile(
    rf"\b({'|'.join(_DAYS)})s?\s(\d{{1,3}})(?:\s?(?:-|\u2013|to)\s?(\d{{1,3}}))?"
)
_GOOD = re.compile(
    r"\b(?:effect|relief|reliev|benefi|improv|mood|respon|remission|depress|symptom|better|well"
    r"|lift|work|help|free)",
    re.IGNORECASE,
)
_SETS_IN = re.compile(
    r"\b(?:begin|start|notice|feel|work|act|take effect|set in|kick in|improve|lift|respond)\w*\b"
    r"[^.;]{0,60}?\b(?:within|in|after) (?:\w+ ){0,2}?"
    r"(?:minutes|hours|a day|one day|24 h(?:ours)?)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:side effects?|adverse|dissociat|nause|dizz|pain|pressure|seiz|anaesthe|anesthe|sedat"
    r"|asleep|sleep|last|wear|fade|drive|leave|home)",
    re.IGNORECASE,
)
_SOME = 2.0  # "several months" are two at least
_SLACK = 1.5  # a fortnight is not held against 12 days


def judge_course(sentence: str, drug: str, condition: str | None, known: Known) -> Finding | None:
    """Judge that an effect fades, or lasts for some time; None where neither is said or held.

    A time is held against the latest that a statement prints for the loss of the effect of one
    dose: one up to half as long again is borne out, a longer one is not.
    """
    lost = [
        fact
        for fact in known.facts
        if fact.relation == "not-lasting"
        and fits_drug(drug, fact.drug, known)
        and condition in {None, fact.condition}
    ]
    if not lost or cue("repeated").search(sentence):
        return None
    fades = cue("fading").search(sentence)
    if fades and not NEGATION.search(sentence, 0, fades.start()):
        evidence = marked([of_fact(fact, known) for fact in lost], {"benefit", "unclear"})
        return Finding("supported", "the base holds that the effect of one dose is lost", evidence)
    return _long(sentence, lost, known)


def judge_onset(sentence: str, drug: str, condition: str | None, known: Known) -> Finding | None:
    """Judge that an effect sets in within hours or a day; None where none is told or held so."""
    told = _SETS_IN.search(sentence)
    if told is None or _OTHERWISE.search(sentence) or NEGATION.search(sentence, 0, told.end()):
        return None
    held = [
        of_fact(fact, known)
        for fact in known.facts
        if fact.relation == "rapid"
        and fits_drug(drug, fact.drug, known)
        and condition in {None, fact.condition}
    ]
    if not held:
        return None
    certainty = LEVELS[best(held)]
    reason = too_strong(sentence, hedged=False, certainty=certainty)
    if reason is not None:
        return Finding("overstated", reason, marked(held, {"benefit"}))
    onset = f"the base holds an onset within a day; certainty {certainty}"
    return Finding("supported", onset, marked(held, {"benefit"}))


def _long(sentence: str, lost: Sequence[Fact], known: Known) -> Finding | None:
    lasts = cue("lasts").search(sentence) or cue("lasting").search(sentence)
    good = cue("lasts").search(sentence) or _GOOD.search(sentence)
    said = length(sentence) if lasts and good else None
    held = max((length(known.by_id[fact.statement].text) or 0.0 for fact in lost), default=0.0)
    if said is None or not held:
        return None
    told = f"said to last {said:.0f} days; the base holds that it is lost by day {held:.0f}"
    borne_out = said <= _SLACK * held
    signs = {"benefit", "unclear"} if borne_out else set()
    evidence = marked([of_fact(fact, known) for fact in lost], signs)
    return Finding("supported" if borne_out else "overstated", told, evidence)


def length(text: str) -> float | None:
    """Give the longest time that a text names, in days.

    >>> length("for two to three weeks"), length("lost by days 10-12"), length("at once")
    (21.0, 12.0, None)
    """
    found = [
        max(_number(m[1]), float(m[2] or 0)) * _DAYS[m[3].lower()] for m in _LENGTH.finditer(text)
    ]
    found += [float(m[3] or m[2]) * _DAYS[m[1].lower()] for m in _SINGULAR.finditer(text)]
    return max(found, default=None)


def _number(word: str) -> float:
    if word.isdecimal():
        return float(word)
    lowered = word.lower()
    return float(max(1, _NUMBERS.index(lowered))) if lowered in _NUMBERS else _SOME

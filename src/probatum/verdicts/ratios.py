"""How many times as likely, and how many to treat: against the ratios that answers pool.

A ratio of risks is not one of odds: with the share of people in the control groups one is turned
into the other (Zhang & Yu 1998), and either into a number needed to treat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from probatum.text.concepts import Concept
from probatum.text.cues import HEDGE
from probatum.verdicts.finding import Finding
from probatum.verdicts.items import fits_drug
from probatum.verdicts.known import LEVELS, Known
from probatum.verdicts.units import Held, units_of
from probatum.verdicts.wording import too_strong

_WORDS = {
    "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0,
    "forty": 40.0, "fifty": 50.0, "hundred": 100.0, "a hundred": 100.0, "ten-": 10.0,
}  # fmt: skip
_N = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_MUCH = (
    r"(?:likely|often|frequent(?:ly)?|common(?:ly)?|many|high|great|large|the|more|those|probable)"
)
_RATIO = re.compile(
    rf"\b(?P<n>{_N})(?:[\s-]times|[\s-]?fold)(?= (?:as |more |the |higher|greater|those|that|less"
    r"|increase|rise|risk|odds|chance|likel|what))"
    rf"|\b(?P<twice>twice|double)(?= (?:as {_MUCH}|the |that |those|what))"
    r"|\b(?P<doubl>doubl(?:es?|ed|ing))(?= (?:the |one's |your |its )?(?:\w+ ){0,2}"
    r"(?:risks?|odds|chances?|rates?|likelihood|probability|share))"
    r"|\b(?P<tripl>tripl(?:es?|ed|ing))(?= the )"
    rf"|\b(?P<half>half(?= as {_MUCH}| the (?:\w+ )?(?:risks?|odds|chances?|rates?|likelihood))"
    r"|halv(?:es?|ed|ing)|by half)\b",
    re.IGNORECASE,
)
_PERCENT_CHANGE = re.compile(
    r"\b(?P<a>\d{1,3})\s?(?:%|per ?cent) (?P<dir>lower|reduced|less|fewer|higher|greater|more"
    r"|increased) (?:\w+ ){0,2}(?:risks?|odds|chances?|rates?|likel\w+|relapses?)"
    r"|\b(?:risks?|odds|chances?|rates?|likelihood)\b[^.;]{0,40}?\bby (?:about |around )?"
    r"(?P<b>\d{1,3})\s?(?:%|per ?cent)",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:less|fewer|lower|rarer|reduc\w+|cut\w*|lower\w*|fall\w*|fell)\b", re.IGNORECASE
)
_FEWER = re.compile(r"(?:[\s-]times|[\s-]?fold)? (?:less|fewer|lower)\b")
_NEEDED = re.compile(
    rf"\b(?:numbers? needed to treat|NNTs?)\b[^.;\d]{{0,110}}?\b(?P<n>{_N})\b"
    r"(?!\s?(?:%|mg|mcg|weeks?|days?|hours?))",
    re.IGNORECASE,
)
_ODDS = re.compile(r"\bodds\b", re.IGNORECASE)
_SLACK = 1.12  # "about three times"
_NEAR = 1.5
_TINY = 1e-4
_MOST = 4
_WIDE = 25.0  # a wider interval says nothing of how many times
_SHARES = (0.1, 0.4)  # of people with the outcome in control groups
_LEAST = LEVELS.index("low")
_STEMS = (
    ("respon", r"respon\w*|get(?:ting)? better|improv\w*"),
    ("remission", r"remission|remit\w*|symptom-free|well again"),
    ("relapse", r"relaps\w*|com(?:es?|ing) back"),
    ("abstinen", r"abstinen\w*|stay(?:ing)? (?:off|clean)"),
    ("cessation", r"seizures? (?:stop\w*|end\w*|ceas\w*)|cessation"),
    ("mortality", r"d(?:ie|ies|ied|ying|eaths?)|mortality"),
)
_TOLD = tuple((stem, re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)) for stem, forms in _STEMS)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A ratio of the drug's group to the other, or a number needed to treat."""

    value: float
    odds: bool = False
    needed: bool = False


def judge_ratio(
    sentence: str, drug: str, condition: str | None, found: Sequence[Concept], known: Known
) -> Finding | None:
    """Judge a ratio of risks or odds, or a number needed to treat; None where none is told."""
    claim = _claimed(sentence, found)
    if claim is None:
        return None
    held = _held(sentence, drug, condition, found, known)
    ranges = [(one, _range(one, claim)) for one in held]
    known_ = [(one, limits) for one, limits in ranges if limits is not None]
    kept = [(one, (low, high)) for one, (low, high) in known_ if high < _WIDE * low]
    fitting = [one for one, limits in kept if _near(claim.value, limits)]
    if fitting:
        return _within(sentence, fitting, _told(claim, kept))
    if not kept or any(lo / _SLACK <= claim.value <= hi * _SLACK for _, (lo, hi) in kept):
        return None  # not excluded, and not what they say
    evidence = tuple(replace(one.evidence, supports=False) for one, _ in kept[:_MOST])
    stronger = all(_beyond(claim, low, high) for _, (low, high) in kept)
    return Finding("overstated" if stronger else "contradicted", _told(claim, kept), evidence)


def _within(sentence: str, fitting: Sequence[Held], told: str) -> Finding | None:
    """Judge a claim that is near what is held; one from little evidence needs reserve."""
    said = tuple(one.evidence for one in fitting[:_MOST])
    strong = too_strong(sentence, hedged=True, certainty="high")
    if strong is not None:
        return Finding("overstated", strong, said)
    sure = max(one.level for one in fitting) >= _LEAST or HEDGE.search(sentence) is not None
    return Finding("supported", told, said) if sure else None


def tells_ratio(sentence: str) -> bool:
    """Whether a sentence tells how many times as likely something is, or how many to treat.

    >>> tells_ratio("twice as likely to respond"), tells_ratio("given twice a week")
    (True, False)
    """
    return _RATIO.search(sentence) is not None or _NEEDED.search(sentence) is not None


def ratio_told(sentence: str, found: Sequence[Concept]) -> float | None:
    """Give the ratio of the drug's group to the other that a sentence tells, if any."""
    claim = _claimed(sentence, found)
    return claim.value if claim is not None and not claim.needed else None


def _claimed(sentence: str, found: Sequence[Concept]) -> _Claim | None:
    needed = _NEEDED.search(sentence)
    if needed is not None:
        return _Claim(_number(needed["n"]), needed=True)
    value = _ratio(sentence)
    if value is None or value <= 0:
        return None
    return _Claim(1 / value if _other_first(sentence, found) else value, _odds(sentence))


def _odds(sentence: str) -> bool:
    return _ODDS.search(sentence) is not None


def _ratio(sentence: str) -> float | None:
    match = _RATIO.search(sentence)
    if match is None:
        share = _PERCENT_CHANGE.search(sentence)
        if share is None:
            return None
        less = _LESS.search(share["dir"] or sentence[: share.end()]) is not None
        part = float(share["a"] or share["b"]) / 100
        return 1 - part if less else 1 + part
    if match["half"]:
        return 0.5
    value = 3.0 if match["tripl"] else _number(match["n"]) if match["n"] else 2.0
    fewer = _FEWER.match(sentence, match.end())
    return 1 / value if fewer and value else value


def _number(word: str) -> float:
    lowered = word.lower()
    return _WORDS[lowered] if lowered in _WORDS else float(lowered)


def _other_first(sentence: str, found: Sequence[Concept]) -> bool:
    """Whether the other treatment's group is the one that is so many times as likely."""
    told = _RATIO.search(sentence)
    drugs = [c.start for c in found if c.kind == "drug"]
    others = [c.start for c in found if c.kind == "comparator"]
    if told is None or not drugs or not others:
        return False
    than = re.search(r"\b(?:as|than|compared with|against)\b", sentence[told.end() :])
    at = told.end() + (than.end() if than else 0)
    return than is not None and min(others) < at < max(drugs) and not any(d < at for d in drugs)


def _held(
    sentence: str, drug: str, condition: str | None, found: Sequence[Concept], known: Known
) -> list[Held]:
    """Give the pooled ratios, of this base and of reviews, on the outcomes that are named."""
    named = {c.id for c in found if c.kind in {"outcome", "harm"}}
    stems = [stem for stem, words in _TOLD if words.search(sentence)]
    others = {c.id for c in found if c.kind == "comparator"} or known.inert
    family = known.family(condition)

    def meant(one: Held) -> bool:
        outcomes = one.outcomes
        told = outcomes & named or any(stem in o for stem in stems for o in outcomes)
        of_drug = all(fits_drug(drug, held, known) for held in one.unit.drugs or {None})
        own = drug in one.unit.drugs or drug not in known.parents or not known.parents[drug]
        placed = condition is None or family & one.unit.conditions
        return bool(told and placed and of_drug and own and others & one.unit.comparators)

    kinds = {"pooled", "published"}
    fitting = [one for one in units_of(known).held if one.kind in kinds and one.ratios]
    return sorted(filter(meant, fitting), key=lambda one: (-one.level, one.evidence.id))


def _range(held: Held, claim: _Claim) -> tuple[float, float] | None:
    """Give an interval as the kind of number that is claimed.

    Where the share of the control groups is not known, it is taken to lie between a tenth and two
    fifths, and the interval is the wider for it.
    """
    ((low, _, high),) = held.ratios
    odds = held.measure == "OR"
    if odds == claim.odds and not claim.needed:
        return low, high
    known_share = held.shares[1]
    shares = (known_share / 100,) if known_share else _SHARES
    made = [_as(claim, one, share, odds=odds) for one in (low, high) for share in shares]
    fitting = [one for one in made if one is not None]
    return (min(fitting), max(fitting)) if fitting and (low > 1 or high < 1) else None


def _as(claim: _Claim, ratio: float, share: float, *, odds: bool) -> float | None:
    if not 0 < share < 1:
        return None
    risk = ratio / (1 - share + share * ratio) if odds else ratio
    treated = min(share * risk, 0.999)
    if claim.needed:
        return 1 / max(abs(treated - share), 1e-6)
    return treated / (1 - treated) / (share / (1 - share)) if claim.odds else risk


def _near(value: float, limits: tuple[float, float]) -> bool:
    """Whether a value is near the middle of an interval, on the scale of ratios."""
    low, high = max(limits[0], _TINY), min(limits[1], 1 / _TINY)
    middle = sqrt(low * high)
    return middle / _NEAR <= value <= middle * _NEAR and low <= value <= high


def _beyond(claim: _Claim, low: float, high: float) -> bool:
    """Whether a claim is stronger than an interval, on the side on which the interval lies."""
    if claim.needed:
        return claim.value < low
    return claim.value < low if high < 1 else claim.value > high


def _told(claim: _Claim, kept: Sequence[tuple[Held, tuple[float, float]]]) -> str:
    what = "number to treat" if claim.needed else "ratio of odds" if claim.odds else "ratio"
    if not kept:
        return f"claimed {what} {claim.value:.3g}"
    low, high = min(low for _, (low, _) in kept), max(high for _, (_, high) in kept)
    upper = f"{high:.3g}" if high < 1e4 else "any number"
    return f"claimed {what} {claim.value:.3g}; pooled answers say {low:.3g} to {upper}"

"""Claims that a sentence calls false: "it is a myth that X" claims that X does not hold."""

from __future__ import annotations

import re
from dataclasses import replace

from probatum.model.answer import VerdictKind
from probatum.verdicts.finding import Finding

_FALSE = (
    r"(?:simply |just |plainly |quite |entirely |completely )?(?:false|wrong|untrue|incorrect"
    r"|inaccurate|mistaken|unfounded|not true|not the case|an? (?:\w+ )?(?:myth|misconception"
    r"|mistake|fallacy|lie)|nonsense)"
)
_SAY = r"(?:say|claim|think|believe|suggest|assume|state|conclude)"
_TALE = r"(?:tale|claim|idea|notion|story|belief|rumou?r|suggestion|myth|view)s?"
_BEFORE = re.compile(
    rf"\W*(?:(?:but|and|however|still|yet),? )?(?:it(?: is| would be| was|['\u2019]s) {_FALSE}"
    rf"(?: to {_SAY})? that|(?:one|you|they) would be (?:wrong|mistaken) to {_SAY} that"
    rf"|there(?: is|['\u2019]s) no truth (?:in|to) the {_TALE} that"
    r"|it can(?:not| not|['\u2019]t) be (?:said|claimed|true) that) ",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"\W*the {_TALE} that (?P<claim>[^.;]{{10,400}}?) (?:is|was|are|were) {_FALSE}\W*$",
    re.IGNORECASE,
)
_OTHER: dict[VerdictKind, VerdictKind] = {
    "supported": "contradicted",
    "contradicted": "supported",
    "overstated": "no_evidence",
}


def disputed(sentence: str) -> str | None:
    """Give the claim that a sentence calls false; None where it calls none so.

    >>> disputed("It is a myth that drug X cures pain.")
    'drug X cures pain.'
    >>> disputed("The claim that drug X cures pain is false."), disputed("It helps.")
    ('drug X cures pain', None)
    """
    before = _BEFORE.match(sentence)
    if before is not None:
        return sentence[before.end() :]
    around = _AROUND.match(sentence)
    return around["claim"] if around else None


def turned(found: Finding) -> Finding:
    """Turn what was found on a claim into what follows for a sentence that calls it false.

    Of a claim that is only too strong nothing follows.
    """
    if found.verdict not in _OTHER:
        return found
    evidence = tuple(replace(one, supports=not one.supports) for one in found.evidence)
    reason = f"said of what the sentence calls false: {found.reason}"
    return replace(found, verdict=_OTHER[found.verdict], reason=reason, evidence=evidence)

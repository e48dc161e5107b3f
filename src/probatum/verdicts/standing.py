"""How settled the evidence is said to be: "the evidence is mixed", "data are limited"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.text.concepts import Concept, nearest
from probatum.text.cues import NEGATION
from probatum.verdicts.context import Said
from probatum.verdicts.finding import Finding
from probatum.verdicts.harms import marked
from probatum.verdicts.items import Item, best, effects, of_statement
from probatum.verdicts.known import LEVELS, Known

_EVIDENCE = r"(?:evidence|data|findings|results|research|stud(?:y|ies)|trials|support)"
_MIXED = r"mixed|conflicting|inconsistent|contradictory|divided|equivocal"
_THIN = (
    r"uncertain|limited|scarce|scant|sparse|thin|weak|preliminary|insufficient|inconclusive"
    r"|low[- ]certainty|(?:of )?(?:very )?low (?:certainty|quality)|shaky|tentative"
)
_TOLD = re.compile(
    rf"\b{_EVIDENCE}\b(?P<between>[^.;]{{0,70}}?)\b(?:is|are|was|were|remains?|ha(?:s|ve) been)\b"
    rf"[^.;,]{{0,24}}?\b(?:(?P<mixed>{_MIXED})|(?P<thin>{_THIN}))\b"
    rf"|\b(?:(?P<mixed2>{_MIXED})|(?P<thin2>{_THIN})) (?:\w+ )?{_EVIDENCE}\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"\bhow (?:exactly |precisely )?[^.;,]{0,40}?\b(?:works?|acts?|lifts?|relieves?|eases?|treats?"
    r"|helps?|produces?|exerts?)\b"
    r"|\b(?:mechanisms?|modes?) (?:of action|by which|behind|of [\w-]+)"
    r"|\bmechanism\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:not|n['\u2019]t|never)(?: \w+){0,3} (?:understood|known|settled|clear|established|sure"
    r"|agreed|explained|worked out)\b|\b(?:unclear|unknown|unsettled|unresolved|a mystery"
    r"|poorly understood|debated|little understood|incompletely understood)\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(?:(?:fully|exactly|completely|precisely|entirely|perfectly)(?: \w+)? (?:understood|known"
    r"|settled|explained|clear|how)|know exactly|no longer a mystery)\b",
    re.IGNORECASE,
)
_LOW = LEVELS.index("low")
_ALL = frozenset({"benefit", "harm", "unclear"})


def judge_standing(
    sentence: str, drug: str, found: Sequence[Concept], topic: str | None, known: Known
) -> Finding | None:
    """Judge that evidence on a condition is mixed or thin; None where neither is told or held.

    Mixed is what shows an effect in part; thin what is of low certainty at most.
    """
    told = _TOLD.search(sentence)
    named = nearest(list(found), ("indication",), 0)
    condition = named.id if named else topic
    if told is None or condition is None or NEGATION.search(told.group()):
        return None
    thing = named or Concept(told.start(), told.end(), "indication", condition)
    comparators = frozenset(c.id for c in found if c.kind == "comparator")
    items = effects(Said("improves", drug, thing, condition, comparators), known)
    reason = _mixed(items) if told["mixed"] or told["mixed2"] else _thin(items)
    return Finding("supported", reason, marked(items, _ALL)) if reason else None


def judge_unknown(sentence: str, known: Known) -> Finding | None:
    """Judge that how the drug acts is, or is not, understood; None where nothing is told."""
    told = _HOW.search(sentence)
    open_ = told is not None and _UNKNOWN.search(sentence) is not None
    sure = told is not None and not open_ and _KNOWN.search(sentence) is not None
    held = [
        one
        for one in known.by_id.values()
        if one.aspect == "mechanism" and _UNKNOWN.search(one.text)
    ]
    if not held or not (open_ or sure):
        return None
    evidence = tuple(of_statement(one, supports=open_) for one in held)
    if open_:
        return Finding("supported", "the base holds that the mechanism is not settled", evidence)
    return Finding("contradicted", "the base holds that the mechanism is not settled", evidence)


def _mixed(items: Sequence[Item]) -> str | None:
    signs = {item.sign for item in items}
    both = "benefit" in signs and len(signs) > 1
    return "some of the evidence shows an effect, some none" if both else None


def _thin(items: Sequence[Item]) -> str | None:
    level = best(items)
    return f"the certainty of the evidence is {LEVELS[level]}" if 0 < level <= _LOW else None

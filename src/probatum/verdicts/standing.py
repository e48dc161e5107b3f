"""How settled the evidence is said to be: "the evidence is mixed", "data are limited"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.text.concepts import Concept, nearest
from probatum.text.cues import NEGATION
from probatum.verdicts.context import Said
from probatum.verdicts.finding import Finding
from probatum.verdicts.harms import marked
from probatum.verdicts.items import Item, best, effects
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


def _mixed(items: Sequence[Item]) -> str | None:
    signs = {item.sign for item in items}
    both = "benefit" in signs and len(signs) > 1
    return "some of the evidence shows an effect, some none" if both else None


def _thin(items: Sequence[Item]) -> str | None:
    level = best(items)
    return f"the certainty of the evidence is {LEVELS[level]}" if 0 < level <= _LOW else None

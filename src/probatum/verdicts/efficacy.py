"""Claims of effect against pooled answers and coded facts: direction, certainty, wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from probatum.model.answer import Evidence, VerdictKind
from probatum.text.cues import NEGATION
from probatum.verdicts.beside import Library, closest
from probatum.verdicts.context import Said
from probatum.verdicts.course import length
from probatum.verdicts.finding import Finding
from probatum.verdicts.harms import marked
from probatum.verdicts.items import Item, best, effects, facts_on, of_fact
from probatum.verdicts.known import LEVELS, Known, Sign
from probatum.verdicts.speech import cue
from probatum.verdicts.wording import HYPE, STRONG, too_strong

_EXPECTED: dict[str, Sign] = {"improves": "benefit", "worsens": "harm", "no-benefit": "unclear"}
_COUNTED = re.compile(
    r"\d\s?%|\bper cent\b"
    r"|\b(?:half|a third|two[- ]thirds|a quarter|three[- ]quarters) (?:of|the)\b"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
    r" (?:out )?(?:of|in) (?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:respond|remit|responded|remitted|fell|dropped|improved|had|were|was|gave|found"
    r"|reported|reached"
    r"|stopped)\b",
    re.IGNORECASE,
)
_PROVED = re.compile(
    r"\b(?:prove[sdn]?(?! to be)|beyond (?:doubt|question)|definitely|definitively"
    r"|unquestionably)\b",
    re.IGNORECASE,
)
_NEAR = 20
_LOW = LEVELS.index("low")


def judge_effect(
    sentence: str, said: Said, known: Known, library: Library | None = None
) -> Finding | None:
    """Judge a claim that a drug helps, does not or worsens; None where nothing bears on it.

    What documents claim on the same questions stands behind the evidence that decides.
    """
    expected = _EXPECTED[said.relation]
    items = effects(said, known)
    if expected == "benefit":
        lost = _lost(sentence, said, known)
        if lost is not None:
            return lost
        items += _soon(sentence, said, known)
    if not items:
        return _hyped_use(sentence, said, known) if expected == "benefit" else None
    if expected == "harm" and cue("withdrawn").search(sentence):
        return None  # what comes back without the drug
    judge = (
        _no_effect(sentence, items)
        if expected == "unclear"
        else _judged(sentence, said, items, expected)
    )
    told = closest(items, library, expected)
    return replace(judge, evidence=(*judge.evidence, *told))


def _reports(sentence: str) -> bool:
    """Whether a sentence tells what a study found in numbers, rather than what is so."""
    return _COUNTED.search(sentence) is not None and _PAST.search(sentence) is not None


def _hyped_use(sentence: str, said: Said, known: Known) -> Finding | None:
    """Judge praise of a use of which the base holds that it is one, and no effect."""
    held = [of_fact(fact, known) for fact in facts_on(said, ("used-for",), known)]
    praise = HYPE.search(sentence) or STRONG.search(sentence)
    if not held or not praise:
        return None
    reason = f"{praise.group()!r} promises more than a use bears that the base holds"
    return Finding("overstated", reason, marked(held, {"unclear"}))


def _judged(sentence: str, said: Said, items: Sequence[Item], expected: Sign) -> Finding:
    ours = [item for item in items if item.sign == expected]
    against = [item for item in items if item.sign not in {expected, "unclear"}]
    open_ = [item for item in items if item.sign == "unclear"]
    evidence = marked(items, {expected})
    if not ours and against and best(against) >= best(open_):
        verdict: VerdictKind = "no_evidence" if said.hedged else "contradicted"
        return Finding(verdict, f"{_count(against)} the other way", evidence)
    if not ours:
        return _unshown(sentence, said, items, evidence)
    level = best(ours)
    reported = said.hedged or _reports(sentence)
    reason = too_strong(sentence, hedged=reported, certainty=LEVELS[level])
    if not reported and best([*open_, *against]) > level:
        reason = f"the more certain evidence shows no clear effect ({LEVELS[best(open_)]})"
    if reason is not None:
        return Finding("overstated", reason, evidence)
    return Finding("supported", f"{_count(ours)} this way; certainty {LEVELS[level]}", evidence)


def _unshown(
    sentence: str, said: Said, items: Sequence[Item], evidence: tuple[Evidence, ...]
) -> Finding:
    """Judge a claim that nothing bears out; one made with reserve is left open."""
    reason = f"{_count(items)} no clear effect"
    careful = said.hedged and not STRONG.search(sentence) and not cue("shown").search(sentence)
    return Finding("no_evidence" if careful else "overstated", reason, evidence)


def _no_effect(sentence: str, items: Sequence[Item]) -> Finding:
    """Judge a denial; one of a single study, of a group or of later is never contradicted."""
    benefit = [item for item in items if item.sign == "benefit"]
    open_ = [item for item in items if item.sign == "unclear"]
    proved = _PROVED.search(sentence)
    if (
        proved
        and open_
        and not NEGATION.search(sentence, max(0, proved.start() - _NEAR), proved.start())
    ):
        reason = f"{proved.group()!r}: evidence of no clear effect proves none"
        return Finding("overstated", reason, marked(items, {"unclear"}))
    if cue("not_worse").search(sentence) and (benefit or open_):
        evidence = marked(items, {"unclear", "benefit"})
        return Finding("supported", f"{_count([*benefit, *open_])} it no worse", evidence)
    evidence = marked(items, {"unclear"})
    if cue("single").search(sentence) or cue("later").search(sentence):
        return _no_effect_of_some(items, open_, evidence)
    return _no_effect_at_all(benefit, open_, evidence)


def _no_effect_of_some(
    items: Sequence[Item], open_: Sequence[Item], evidence: tuple[Evidence, ...]
) -> Finding:
    if open_:
        return Finding("supported", f"{_count(open_)} no clear effect", evidence)
    told = f"{_count(items)} an effect, but of no such group or time"
    return Finding("no_evidence", told, evidence)


def _no_effect_at_all(
    benefit: Sequence[Item], open_: Sequence[Item], evidence: tuple[Evidence, ...]
) -> Finding:
    if best(benefit) > best(open_) and best(benefit) >= _LOW:
        return Finding("contradicted", f"{_count(benefit)} an effect", evidence)
    if best(open_) >= best(benefit) and open_:
        return Finding("supported", f"{_count(open_)} no clear effect", evidence)
    return Finding("no_evidence", f"{_count([*benefit, *open_])} too little", evidence)


def _lost(sentence: str, said: Said, known: Known) -> Finding | None:
    """Judge "lasting": whether the base holds that the effect of one dose is lost."""
    if not cue("lasting").search(sentence) or cue("repeated").search(sentence):
        return None
    lost = facts_on(said, ("not-lasting",), known)
    if not lost or facts_on(said, ("lasting",), known):
        return None
    if length(sentence) and any(length(known.by_id[fact.statement].text) for fact in lost):
        return None  # a time that is named is judged as such
    reason = "said to last, while the base holds that the effect of one dose is lost"
    return Finding("overstated", reason, marked([of_fact(fact, known) for fact in lost], set()))


def _soon(sentence: str, said: Said, known: Known) -> list[Item]:
    """Give the coded facts on a rapid onset where a sentence speaks of one."""
    if not cue("rapid").search(sentence):
        return []
    return [of_fact(fact, known) for fact in facts_on(said, ("rapid",), known)]


def _count(items: Sequence[Item]) -> str:
    pooled = sum(item.evidence.kind == "pooled" for item in items)
    held = len(items) - pooled
    parts = [f"{pooled} pooled answer{'s' * (pooled != 1)}"] if pooled else []
    parts += [f"{held} statement{'s' * (held != 1)}"] if held else []
    return f"{' and '.join(parts)} show{'s' * (len(items) == 1)}"

"""Claims on harms and safety against pooled answers and coded facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from probatum.model.answer import Evidence
from probatum.text.concepts import Concept
from probatum.text.cues import NEGATION
from probatum.verdicts.context import Said
from probatum.verdicts.finding import Finding
from probatum.verdicts.items import Item, best, harms, of_fact, shown
from probatum.verdicts.known import LEVELS, Known
from probatum.verdicts.speech import cue
from probatum.verdicts.wording import STRONG

_LOW, _MODERATE = LEVELS.index("low"), LEVELS.index("moderate")


def judge_harm(sentence: str, said: Said, known: Known) -> Finding | None:
    """Judge a claim that a drug causes, does not cause, hardly causes or lessens a harm."""
    items = harms(said, known)
    harmful = [item for item in items if item.sign == "harm"]
    if not items:
        return None
    if said.relation == "causes":
        return _causes(sentence, said, items, harmful)
    if said.relation == "reduces":
        return _reduces(items, harmful)
    return _denied(said, items, harmful)


def _causes(sentence: str, said: Said, items: Sequence[Item], harmful: Sequence[Item]) -> Finding:
    evidence = marked(items, {"harm"})
    if not harmful:
        return _unheld(said, items, evidence)
    strong = STRONG.search(sentence)
    if strong:
        reason = f"{strong.group()!r} is stronger than any certainty of evidence"
        return Finding("overstated", reason, evidence)
    reason = f"the base holds this harm; certainty {LEVELS[best(harmful)]}"
    return Finding("supported", reason, evidence)


def _unheld(said: Said, items: Sequence[Item], evidence: tuple[Evidence, ...]) -> Finding:
    """Judge a harm that is not shown: abstain where the evidence is too little to show any."""
    absent = any(item.evidence.kind == "statement" for item in items)
    if absent and not said.hedged:
        return Finding("contradicted", "a statement of the base says the opposite", evidence)
    open_ = said.hedged or best(items) < _MODERATE
    return Finding("no_evidence" if open_ else "overstated", "no such harm is shown", evidence)


def _denied(said: Said, items: Sequence[Item], harmful: Sequence[Item]) -> Finding:
    """Judge that a harm is absent or hardly there."""
    evidence = marked(items, {"unclear", "benefit"})
    level = best(harmful)
    if level >= _MODERATE and said.relation == "not-causes":
        return Finding("contradicted", "the base holds this harm", evidence)
    if level >= _LOW:
        return Finding("overstated", "the base holds this harm", evidence)
    if not harmful and best(items) >= _LOW:
        return Finding("supported", "no such harm is shown", evidence)
    return Finding("no_evidence", "what is held is too uncertain to tell", evidence)


def _reduces(items: Sequence[Item], harmful: Sequence[Item]) -> Finding | None:
    fewer = [item for item in items if item.sign == "benefit"]
    if fewer and best(fewer) >= best(harmful):
        return Finding("supported", "fewer are shown", marked(items, {"benefit"}))
    if best(harmful) >= _MODERATE:
        return Finding("contradicted", "the base holds it as a harm", marked(items, {"benefit"}))
    return None


def judge_safe(sentence: str, drug: str, found: Sequence[Concept], known: Known) -> Finding | None:
    """Judge "safe" and "well tolerated" said without any harm named."""
    named = any(concept.kind == "harm" for concept in found)
    if named or not cue("safe").search(sentence) or NEGATION.search(sentence):
        return None
    listed = Counter(fact.statement for fact in known.facts if fact.relation == "causes")
    items = [
        replace(of_fact(fact, known), near=listed[fact.statement])
        for fact in known.facts
        if fact.relation == "causes" and fact.drug in {None, drug, known.parents.get(drug)}
    ]
    if best(items) < _MODERATE:
        return None
    if cue("wholly_safe").search(sentence):
        return Finding("contradicted", "the base holds harms of it", marked(items, set()))
    return Finding("overstated", "the base holds harms of it", marked(items, set()))


def marked(items: Iterable[Item], signs: Collection[str]) -> tuple[Evidence, ...]:
    """Give the evidence of items, marked as for the claim where its sign is among ``signs``."""
    return shown(
        replace(item, evidence=replace(item.evidence, supports=item.sign in signs))
        for item in items
    )

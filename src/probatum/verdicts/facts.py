"""Claims on mechanisms, uses, interactions and doses against what statements hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from probatum.text.concepts import Concept
from probatum.text.cues import NEGATION
from probatum.verdicts.context import Said
from probatum.verdicts.finding import Finding
from probatum.verdicts.harms import marked
from probatum.verdicts.items import best, facts_on, of_fact, of_statement, shown
from probatum.verdicts.known import LEVELS, Known, doses_of
from probatum.verdicts.speech import cue
from probatum.verdicts.wording import too_strong

_MOST = 3


def judge_mechanism(sentence: str, said: Said, known: Known) -> Finding | None:
    """Judge a claim on how a drug acts; one that is not settled must be told with reserve."""
    does = [of_fact(fact, known) for fact in facts_on(said, ("acts-by",), known)]
    not_ = [of_fact(fact, known) for fact in facts_on(said, ("not-by",), known)]
    ours, others = (does, not_) if said.relation == "acts-by" else (not_, does)
    evidence = (*shown(ours), *marked(others, set()))
    if not ours:
        return Finding("overstated", "the base holds the opposite", evidence) if others else None
    reason = too_strong(sentence, hedged=said.hedged, certainty=LEVELS[best(ours)])
    if cue("sole").search(sentence):
        reason = "told as the only mechanism; the base holds none to be"
    if reason is not None:
        return Finding("overstated", reason, evidence)
    return Finding("supported", "the base holds this mechanism", evidence)


def judge_use(said: Said, known: Known) -> Finding | None:
    """Judge "used for": uses that the base holds; of others nothing is said."""
    held = [of_fact(fact, known) for fact in facts_on(said, ("used-for",), known)]
    return Finding("supported", "the base holds this use", shown(held)) if held else None


def judge_interactions(sentence: str, drug: str, known: Known) -> Iterator[Finding]:
    """Judge what is said of taking a drug with another medicine."""
    if not cue("combined").search(sentence):
        return
    denied = bool(NEGATION.search(sentence) or cue("safe").search(sentence))
    for fact in known.facts:
        if not fact.words or fact.drug not in {None, drug}:
            continue
        if not _names(fact.words).search(sentence):
            continue
        agrees = denied == (fact.relation == "no-interaction")
        evidence = marked([of_fact(fact, known)], {"unclear"} if agrees else set())
        if agrees:
            yield Finding("supported", "the base holds the same of this combination", evidence)
        elif denied:
            yield Finding("contradicted", "the base holds an interaction", evidence)
        else:
            yield Finding("overstated", "the base holds that none was seen", evidence)


@lru_cache(maxsize=256)
def _names(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, words))
    return re.compile(rf"\b(?:{listed})s?\b", re.IGNORECASE)


def judge_dose(sentence: str, found: Sequence[Concept], known: Known) -> Finding | None:
    """Find the statements that print the doses of a sentence, on the same condition."""
    said = doses_of(sentence)
    conditions = {concept.id for concept in found if concept.kind == "indication"}
    held = [
        statement
        for doses, statement in known.doses
        if said <= doses and (not conditions or known.about(statement) & conditions)
    ]
    if not said or not held:
        return None
    evidence = tuple(of_statement(statement, supports=True) for statement in held[:_MOST])
    return Finding("supported", "a statement of the base prints this dose", evidence)

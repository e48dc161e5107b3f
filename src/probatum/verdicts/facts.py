"""Claims on mechanisms, uses, interactions and doses against what statements hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from probatum.text.concepts import Concept
from probatum.verdicts.context import Said
from probatum.verdicts.finding import Finding
from probatum.verdicts.harms import marked
from probatum.verdicts.items import best, facts_on, of_fact, of_statement, shown
from probatum.verdicts.known import LEVELS, Known, doses_of
from probatum.verdicts.speech import cue
from probatum.verdicts.wording import too_strong

_MOST = 3
_BESIDE = 60


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


def judge_part(unheld: Sequence[str], claimed: Sequence[Said], known: Known) -> Finding | None:
    """Judge several mechanisms told as one fact, of which the base holds only some."""
    acting = (one for one in claimed if one.relation == "acts-by")
    held = [of_fact(f, known) for one in acting for f in facts_on(one, ("acts-by",), known)]
    if not unheld or not held:
        return None
    return Finding("overstated", f"the base does not hold {', '.join(unheld)}", shown(held))


def judge_use(said: Said, known: Known) -> Finding | None:
    """Judge "used for": uses that the base holds; of others nothing is said."""
    held = [of_fact(fact, known) for fact in facts_on(said, ("used-for",), known)]
    return Finding("supported", "the base holds this use", shown(held)) if held else None


def judge_interactions(sentence: str, drug: str, known: Known) -> Iterator[Finding]:
    """Judge what is said of taking a drug with another medicine."""
    denied = bool(cue("no_interaction").search(sentence) or cue("safe").search(sentence))
    if not denied and not cue("interacting").search(sentence):
        return  # a company that is only named
    for fact in known.facts:
        if not fact.words or fact.drug not in {None, drug}:
            continue
        if not _together(sentence, fact.words, denied=denied):
            continue
        agrees = denied == (fact.relation == "no-interaction")
        evidence = marked([of_fact(fact, known)], {"unclear"} if agrees else set())
        if agrees:
            yield Finding("supported", "the base holds the same of this combination", evidence)
        elif denied:
            yield Finding("contradicted", "the base holds an interaction", evidence)
        else:
            yield Finding("overstated", "the base holds that none was seen", evidence)


def _together(sentence: str, words: tuple[str, ...], *, denied: bool) -> bool:
    """Whether another medicine is named as taken together, rather than compared with."""
    named = _names(words).search(sentence)
    if named is None:
        return False
    near = max(0, named.start() - _BESIDE), named.end() + _BESIDE
    joined = cue("combined").search(sentence, *near)
    compared = not denied and cue("compared").search(sentence, near[0], named.start())
    if compared and (joined is None or joined.group().lower() == "with"):
        return False
    return joined is not None or cue("interacting").search(sentence, *near) is not None


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
    if said and not held and cue("usual").search(sentence):
        return _unusual(said, conditions, known)
    if not said or not held:
        return None
    evidence = tuple(of_statement(statement, supports=True) for statement in held[:_MOST])
    return Finding("supported", "a statement of the base prints this dose", evidence)


def _unusual(said: frozenset[str], conditions: set[str], known: Known) -> Finding | None:
    """Judge a dose told as the usual one by what is held to be usual in the same unit."""
    held = [
        statement
        for doses, statement in known.doses
        if cue("usual").search(statement.text)
        and {_unit(one) for one in said} <= {_unit(one) for one in doses}
        and conditions & known.about(statement)
    ]
    evidence = tuple(of_statement(statement, supports=False) for statement in held[:_MOST])
    told = "another dose is the usual one that the base holds"
    return Finding("contradicted", told, evidence) if held else None


def _unit(dose: str) -> str:
    return dose.lstrip("0123456789.,-\u2013")

"""The evidence on one claim: pooled answers and coded facts that are about the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from probatum.model.answer import Answer, Evidence
from probatum.model.pack import Fact, PackStatement
from probatum.verdicts.context import Said
from probatum.verdicts.known import LEVELS, Known, Sign, sign

_FACT_SIGNS: dict[str, Sign] = {
    "improves": "benefit",
    "rapid": "benefit",
    "no-benefit": "unclear",
    "as-good-as": "unclear",
    "worse-than": "harm",
    "causes": "harm",
    "not-causes": "unclear",
}
EFFECTS = ("improves", "no-benefit", "as-good-as", "worse-than")
_SHOWN = (*EFFECTS, "rapid")  # an onset is one of an effect
HARMS = ("causes", "not-causes", "worse-than")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence: which way it points, how certain it is, how many people it is of.

    ``near`` ranks evidence that speaks to the claim itself before other evidence.
    """

    sign: Sign
    level: int
    weight: float
    evidence: Evidence
    near: int = 0


def effects(said: Said, known: Known) -> list[Item]:
    """Give what bears on a claim of effect: the same condition first, else its kinds or parent."""
    thing = _outcome(said, known)
    said = _placed(said, thing, known)
    answers = _answers(said, thing, known)
    facts = [
        fact
        for fact in known.facts
        if fact.relation in (_SHOWN if _whole(said, known) else EFFECTS)
        and _fits_form(said, fact, known)
        and (fact.relation == "rapid" or _fits_comparator(said, fact.comparator, known))
        and (fact.thing is None or thing is None or fact.thing == thing)
    ]
    mine = _about(said.condition, facts, known) if said.condition else []
    accepted = _accepted(said, known)
    pooled = [of_answer(a, known) for a in answers]
    if accepted:  # side outcomes of single small studies are not what an approval rests on
        pooled = [item for item in pooled if item.level >= LEVELS.index("moderate")]
    return [*pooled, *(of_fact(f, known) for f in mine), *accepted]


def _whole(said: Said, known: Known) -> bool:
    """Whether all effect is denied, against no treatment."""
    return said.relation == "no-benefit" and said.comparators <= known.inert


def _placed(said: Said, outcome: str | None, known: Known) -> Said:
    """Put a claim that names no condition under the one named last, where that has the outcome."""
    family = known.family(said.topic)
    asked = (a.question for a in known.answers)
    if said.condition or not any(q.outcome == outcome and q.indication in family for q in asked):
        return said
    return replace(said, condition=said.topic)


def _accepted(said: Said, known: Known) -> list[Item]:
    """Take an approved use as evidence that the drug serves it, of moderate certainty at most."""
    if said.thing.kind != "indication" or said.comparators:
        return []
    uses = facts_on(said, ("used-for",), known)
    taken = [of_fact(fact, known) for fact in uses if fact.certainty in {"high", "moderate"}]
    approved = [item for item in taken if "regulatory" in known.by_id[item.evidence.id].aspect]
    moderate = LEVELS.index("moderate")
    return [replace(i, sign="benefit", level=moderate, near=1) for i in approved]


def harms(said: Said, known: Known) -> list[Item]:
    """Give what bears on a claim that something is or is not a harm of the drug."""
    answers = [
        a
        for a in known.answers
        if a.question.outcome == said.thing.id
        and fits_drug(said.drug, a.question.drug, known)
        and a.question.comparator in (said.comparators or known.inert)
    ]
    return [*(of_answer(a, known) for a in answers), *harm_facts(said, known)]


def harm_facts(said: Said, known: Known) -> list[Item]:
    """Give the coded facts on a harm of the drug."""
    anything = "any" in said.thing.id.split("-")  # "side effects": every harm is one
    listed = Counter(f.statement for f in known.facts if f.relation == "causes")
    return [
        replace(of_fact(fact, known), near=listed[fact.statement] if anything else 0)
        for fact in known.facts
        if fact.relation in HARMS
        and (fact.thing == said.thing.id or (anything and fact.relation == "causes"))
        and _fits_form(said, fact, known)
        and _fits_comparator(said, fact.comparator, known)
    ]


def facts_on(said: Said, relations: Collection[str], known: Known) -> list[Fact]:
    """Give the coded facts of some relations on what is said: its thing, or its condition."""
    fitting = [
        fact
        for fact in known.facts
        if fact.relation in relations and _fits_form(said, fact, known)
    ]
    if said.thing.kind == "mechanism":
        return [fact for fact in fitting if fact.thing == said.thing.id]
    return _about(said.condition, fitting, known)


def _about(condition: str | None, facts: list[Fact], known: Known) -> list[Fact]:
    exact = [fact for fact in facts if fact.condition == condition]
    family = known.family(condition)
    return exact or [fact for fact in facts if fact.condition in family]


def _outcome(said: Said, known: Known) -> str | None:
    if said.thing.kind == "indication":
        return None
    return known.scales.get(said.thing.id) if said.thing.kind == "scale" else said.thing.id


def _answers(said: Said, outcome: str | None, known: Known) -> list[Answer]:
    """Give the answers on the same thing; without a named comparator, those against none."""
    meant = said.comparators or known.inert
    fitting = [
        a
        for a in known.answers
        if a.question.comparator in meant
        and fits_drug(said.drug, a.question.drug, known)
        and _fits_outcome(outcome, a, said, known.harms)
    ]
    named = outcome is not None
    own = _of_form(said, fitting, known, named=named)
    if own:
        return own
    asked = _asked_of(said.drug, known)
    fitting = [a for a in fitting if a.question.drug or a.question.indication not in asked]
    routed = [a for a in fitting if a.question.route in said.routes]
    return _of_condition(said, routed, known, named=named) or _of_condition(
        said, fitting, known, named=named
    )


def _asked_of(drug: str, known: Known) -> frozenset[str]:
    """Give the conditions of which the very form of a drug is answered."""
    own = (a.question for a in known.answers if a.question.drug == drug)
    return frozenset(question.indication for question in own)


def _of_form(said: Said, fitting: list[Answer], known: Known, *, named: bool) -> list[Answer]:
    """Give the answers of the very form where it is answered under a narrower name, or under any.

    A form is given for what it was tried in: of "depression" its answers on the kind count that
    statements coded for both. Answers on the drug by another route say nothing of it.
    """
    own = [a for a in fitting if a.question.drug == said.drug]
    if said.routes and not any(a.question.route in said.routes for a in own):
        return []
    if said.condition is None:
        return own if named else []
    kinds = {
        known.by_id[fact.statement].indication
        for fact in known.facts
        if fact.drug == said.drug and fact.condition == said.condition
    }
    if said.condition in _asked_of(said.drug, known):
        return []
    return [a for a in own if a.question.indication in kinds]


def _of_condition(said: Said, fitting: list[Answer], known: Known, *, named: bool) -> list[Answer]:
    exact = [a for a in fitting if a.question.indication == said.condition]
    if not named:
        exact = _of_its_own(exact, said.condition, known)
    if exact or said.condition is None:
        return exact or [a for a in fitting if named]
    family = known.family(said.condition) - {said.condition}
    return [a for a in fitting if a.question.indication in family]


def _of_its_own(fitting: list[Answer], condition: str | None, known: Known) -> list[Answer]:
    """Keep the outcomes that are called as the condition is, where any answer has such."""
    words = frozenset((condition or "").split("-"))
    asked = (a.question for a in known.answers if a.question.indication == condition)
    if not any(_first(q.outcome) in words for q in asked):
        return fitting
    return [a for a in fitting if _first(a.question.outcome) in words]


def _first(outcome: str | None) -> str:
    return (outcome or "").split("-")[0]


def fits_drug(said: str, held: str | None, known: Known) -> bool:
    """What is held of one form of a drug says nothing of another form.

    A drug and its form without a name of its own (the racemate) are one.
    """
    if said == held:
        return True
    parent = known.parents.get(said)
    if parent is None or said in known.drugs:
        return held is None
    return held in {None, parent} and parent in said.split("-")


def _fits_form(said: Said, fact: Fact, known: Known) -> bool:
    """What was tried by one route says nothing of a claim that names others only."""
    other = fact.route is not None and said.routes and fact.route not in said.routes
    return not other and fits_drug(said.drug, fact.drug, known)


def _fits_comparator(said: Said, held: str | None, known: Known) -> bool:
    meant = said.comparators or known.inert
    return (held is None and not said.comparators) or held in meant


def _fits_outcome(outcome: str | None, answer: Answer, said: Said, harms: Collection[str]) -> bool:
    """Whether an answer is on the outcome; of none, on efficacy: at any time for a denial."""
    if outcome is not None:
        return answer.question.outcome == outcome
    question = answer.question
    efficacy = question.aspect.startswith("effic") or (
        bool(said.comparators) and question.aspect == "comparators"
    )
    late = said.relation == "no-benefit" and question.aspect == "onset-durability"
    return (efficacy or late) and question.outcome not in harms


def best(items: Iterable[Item]) -> int:
    """Give the highest certainty among items, as a place in :data:`LEVELS`; 0 without any."""
    return max((item.level for item in items), default=0)


def shown(items: Iterable[Item], *, most: int = 4) -> tuple[Evidence, ...]:
    """Give the evidence of items, the most certain and largest first, one for each source."""
    ordered = sorted(
        items,
        key=lambda i: (
            -i.near,
            -i.level,
            not i.evidence.supports,
            i.evidence.kind != "pooled",
            -i.weight,
            i.evidence.id,
        ),
    )
    return tuple({item.evidence.id: item.evidence for item in ordered}.values())[:most]


def of_answer(answer: Answer, known: Known) -> Item:
    """Take a pooled answer, with the sentence that says it and the studies behind it."""
    evidence = Evidence(
        "pooled",
        answer.question.id,
        answer.sentence,
        _source(answer),
        _link(answer, known),
        True,
    )
    level = LEVELS.index(answer.certainty.level)
    return Item(sign(answer), level, float(answer.pooled.n or 0), evidence)


def of_fact(fact: Fact, known: Known) -> Item:
    """Take a fact with the statement that it was coded from."""
    evidence = of_statement(known.by_id[fact.statement], supports=True)
    return Item(
        _FACT_SIGNS.get(fact.relation, "unclear"), LEVELS.index(fact.certainty), 1.0, evidence
    )


def of_statement(statement: PackStatement, *, supports: bool) -> Evidence:
    """Quote a statement of the pack with its source."""
    source = statement.sources[0] if statement.sources else None
    return Evidence(
        "statement",
        statement.id,
        statement.text,
        f"{statement.source_type}, {statement.strength}",
        source.url if source else None,
        supports,
    )


def _source(answer: Answer) -> str:
    rows = ", ".join(effect.row_id for effect in answer.pooled.effects if not effect.left_out)
    if answer.pooled.k == 1:
        return f"one study ({rows})"
    return f"pooled from {answer.pooled.k} studies ({rows})"


def _link(answer: Answer, known: Known) -> str | None:
    rows = (effect.row_id for effect in answer.pooled.effects if not effect.left_out)
    return next((known.links[row] for row in rows if row in known.links), None)

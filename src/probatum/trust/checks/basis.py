"""Claims stronger than the kind of study that they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from probatum.model.study import OBSERVATIONAL
from probatum.text.assertions import Assertion, assertions
from probatum.text.terms import Match
from probatum.trust.design import design
from probatum.trust.facts import vocabulary_matcher
from probatum.trust.phrases import phrase
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_LONGEST = 2_000
_TOLD = frozenset({"abstract", "discussion", "other"})


def beyond_basis(subject: Subject) -> Iterator[Sign]:
    """Sentences that take a cause from association, people from animals, one form for another."""
    observed = _is_observational(subject)
    likely = {s.start for name in ("animals", "proof") for s in subject.near(phrase(name))}
    for sentence in subject.sentences:
        text = sentence.text[:_LONGEST]
        judged = (judge(text) for judge in _RULES if sentence.start in likely)
        found = next(filter(None, judged), None)
        if found:
            yield Sign(found[0], found[1], sentence.start, sentence.end)
        elif subject.names_drug:
            yield from _cause(subject, sentence, observed)


def _is_observational(subject: Subject) -> bool:
    found = design(subject.document)
    return found is not None and found.design in OBSERVATIONAL


def _cause(subject: Subject, sentence: Sentence, observed: bool) -> Iterator[Sign]:
    """Find a drug that causes something, in a sentence or a report that only watched."""
    text = sentence.text[:_LONGEST]
    named = phrase("only_watched").search(text)
    if not (named or (observed and sentence.block.role in _TOLD)) or phrase(
        "tried_otherwise"
    ).search(text):
        return
    drugs = [m for m in vocabulary_matcher(subject.pack.vocabulary).find(text) if _is_drug(m)]
    for said in assertions(text) if drugs else ():
        agent = next((m for m in drugs if _acts(m, said, text)), None)
        if agent and said.strength == "causal" and not said.negated and said.hedge is None:
            basis = named.group() if named else "the design of this report"
            evidence = f"{text[said.start : said.end]!r} says a cause; the basis: {basis}"
            end = min(said.clause[1], len(text.rstrip()))
            yield Sign(
                "A cause is claimed from a study that only watched.",
                evidence,
                sentence.start + agent.start,
                sentence.start + end,
                ("was associated with",),
            )
            return


def _acts(drug: Match, said: Assertion, text: str) -> bool:
    """Whether the drug stands as the subject right before the verb."""
    between = text[drug.end : said.start]
    return drug.end <= said.start and len(between.split()) <= 2 and "," not in between


def _is_drug(match: Match) -> bool:
    return any(kind == "drug" for kind, _ in match.terms)


def _from_animals(text: str) -> tuple[str, str] | None:
    animals = phrase("animals").search(text)
    people = phrase("people").search(text) if animals else None
    step = phrase("step_to_people").search(text) if people else None
    if animals and people and step and not phrase("held_back").search(text):
        evidence = f"{animals.group()!r}, then {step.group()!r}, then {people.group()!r}"
        return "What was seen in animals or cells is claimed of people.", evidence
    return None


def _before_after(text: str) -> tuple[str, str] | None:
    proof = phrase("proof").search(text)
    changed = phrase("changed").search(text) if proof else None
    if (
        proof
        and changed
        and not phrase("compared").search(text)
        and not phrase("held_back").search(text)
    ):
        evidence = f"{changed.group()!r} and {proof.group()!r}, without anything to compare with"
        return "A change from before to after is given as an effect.", evidence
    return None


_RULES: tuple[Callable[[str], tuple[str, str] | None], ...] = (_from_animals, _before_after)


def other_form(subject: Subject) -> Iterator[Sign]:
    """What was shown of one form of a drug is claimed of another one."""
    matcher = vocabulary_matcher(subject.pack.vocabulary)
    for sentence in subject.near(phrase("step_to_other_form")) if subject.names_drug else ():
        text = sentence.text[:_LONGEST]
        step = phrase("step_to_other_form").search(text)
        if not step or phrase("held_back").search(text):
            continue
        found = [(m.start, n) for m in matcher.find(text) for k, n in m.terms if k == "drug"]
        before = {name for at, name in found if at < step.start()}
        after = {name for at, name in found if at > step.start() or len(before) > 1}
        if (before and after - before) or len(before) > 1:
            evidence = f"{', '.join(sorted(before | after))}; the step: {step.group()!r}"
            explanation = "What was shown of one form of the drug is claimed of another."
            yield Sign(explanation, evidence, sentence.start, sentence.end)

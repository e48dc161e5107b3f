"""Sentences on approval, monitoring and contraindication against the pack's statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from probatum.model.answer import Evidence
from probatum.text.concepts import concepts
from probatum.text.hazards import Hazard, forbids, hazards
from probatum.text.positions import Position, agreed, opposed, positions, widened
from probatum.verdicts.finding import Finding, by
from probatum.verdicts.items import of_statement
from probatum.verdicts.known import Known
from probatum.verdicts.licence import elsewhere, judge_licence
from probatum.verdicts.speech import cue

_MOST = 3


def judge_rules(sentence: str, known: Known, implied: str | None = None) -> list[Finding]:
    """Judge the positions of a sentence: an opposing statement decides, an agreeing one supports.

    ``implied`` is the drug of a sentence that names none.
    """
    drugs = frozenset({implied}) if implied else frozenset()
    said = [p if p.drugs else replace(p, drugs=drugs) for p in positions(sentence, known.matcher)]
    dated = judge_licence(sentence, said, known)
    rules = dated or _by_statements(sentence, [p for p in said if p.topic != "harm"], known)
    harms = _by_statements(sentence, [p for p in said if p.topic == "harm"], known)
    warned = _by_warnings(sentence, known, drugs)
    return [*by("position", rules), *by("position", harms), *by("warning", warned)]


def _by_warnings(sentence: str, known: Known, implied: frozenset[str]) -> Finding | None:
    """Judge the hazards that a sentence holds or denies by what warnings hold of the same drug."""
    agreeing: Finding | None = None
    forbidden = forbids(sentence)
    for told in hazards(sentence, known.matcher):
        said = told if told.drugs else replace(told, drugs=implied)
        if cue("no_riskier").search(sentence):
            said = replace(said, holds=False, denied_near=True)
        same = [s for w, s in known.warnings if w.name == said.name and _same(said, w)]
        if not same or not said.drugs or not (said.denied_near if not said.holds else forbidden):
            continue
        quoted = dict.fromkeys(same)
        evidence = tuple(of_statement(s, supports=said.holds) for s in quoted)[:_MOST]
        if not said.holds and cue("not_asked").search(sentence):
            continue  # "cannot be ignored" denies no hazard
        if not said.holds:
            return Finding("contradicted", f"a warning on {said.name} stands against it", evidence)
        if agreeing is None:
            agreeing = Finding("supported", f"a warning on {said.name} says the same", evidence)
    return agreeing


def _same(said: Hazard, warned: Hazard) -> bool:
    return not warned.drugs or bool(warned.drugs & said.drugs)


def _by_statements(sentence: str, said: Sequence[Position], known: Known) -> Finding | None:
    agreeing: Finding | None = None
    for position in said:
        against = _here(sentence, opposed(position, known.positions, known.related), known)
        if against:
            reason = f"a statement of the base on {position.topic} says the opposite"
            return Finding("contradicted", reason, _quoted(against, known, supports=False))
        alike = agreed(_of_forms(position, known), known.positions, known.related)
        same = _here(sentence, alike, known)
        if same and agreeing is None and not position.found:
            reason = f"a statement of the base on {position.topic} says the same"
            agreeing = Finding("supported", reason, _quoted(same, known, supports=True))
    agreeing = agreeing or _only_for_others(sentence, said, known)
    if agreeing is None and any(p.topic == "approval" and p.drugs for p in said):
        return Finding("no_evidence", "nothing in the base bears on this approval")
    return agreeing


def _of_forms(said: Position, known: Known) -> Position:
    """Let what is to be watched for after a form of a drug agree with the same of the drug."""
    if said.topic != "monitoring" or not said.holds:
        return said
    forms = {form for form, parent in known.parents.items() if parent in said.drugs}
    return replace(said, drugs=said.drugs | forms)


def _here(sentence: str, held: Sequence[int], known: Known) -> list[int]:
    """Leave out what statements hold of other places, or routes, than a sentence names."""
    near = [index for index in held if not elsewhere(sentence, known.statements[index])]
    asked = {c.id for c in concepts(known.matcher, sentence) if c.kind == "route"} if near else ()
    return [
        i for i in near if not asked or not _other_routes(known.statements[i].id, known) - asked
    ]


def _other_routes(statement: str, known: Known) -> set[str]:
    """Give the routes by which all that is coded of a statement was tried; none where any is."""
    told = [fact.route for fact in known.facts if fact.statement == statement]
    return {route for route in told if route} if all(told) else set()


def _only_for_others(sentence: str, said: Sequence[Position], known: Known) -> Finding | None:
    """Support "not approved for B" by an approval of the same drug that is for A alone."""
    for position in said:
        if position.topic != "approval" or position.holds or not position.things:
            continue
        things = widened(position.things, known.related)
        held = [
            index
            for index, fact in enumerate(known.positions)
            if fact.topic == "approval" and fact.holds and fact.drugs == position.drugs
        ]
        held = _here(sentence, held, known)
        if held and not any(known.positions[i].things & things for i in held):
            reason = "the approvals that the base holds are for other uses"
            return Finding("supported", reason, _quoted(held, known, supports=True))
    return None


def _quoted(places: Sequence[int], known: Known, *, supports: bool) -> tuple[Evidence, ...]:
    found = {known.statements[i].id: known.statements[i] for i in places}
    return tuple(of_statement(one, supports=supports) for one in found.values())[:_MOST]

"""What a sentence says of a therapy: which relation, of which form of it, to which thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from probatum.text.assertions import clauses
from probatum.text.concepts import Concept
from probatum.text.cues import HEDGE, NEGATION
from probatum.verdicts.context import BEFORE, Context, Said
from probatum.verdicts.speech import cue
from probatum.verdicts.verbs import effects

_NEAR = 60
_BETTER_THAN = re.compile(
    r"\b(?:better|superior|faster|stronger|more (?:effective|efficacious|potent))\b"
    r"[^.;]{0,60}\b(?:than|to)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_HAVING = re.compile(r"\b(?:with|having|history of|risk of)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def said(
    sentence: str, found: list[Concept], implied: str | None = None, topic: str | None = None
) -> list[Said]:
    """Read what a sentence says.

    ``implied`` is the drug that a pronoun stands for, ``topic`` the condition that "symptoms"
    without a name are of. What is only named counts where nothing else is said.
    """
    context = Context(sentence, found, implied, topic)
    read = [*effects(context), *_mechanisms(context)]
    spoken = {one.thing for one in read}
    read += [one for one in _harms(context) if one.thing not in spoken]
    plain = [one for one in read if not one.presupposed]
    return list(dict.fromkeys(_turned_round(context, plain or read)))


def _turned_round(context: Context, read: list[Said]) -> list[Said]:
    """Turn a comparison that puts the other treatment first: "morphine is better than drug X"."""
    drugs = [c for c in context.found if c.kind == "drug"]
    first = [
        (other, drug)
        for drug in drugs
        for other in context.found
        if other.kind == "comparator"
        and other.end < drug.start
        and not any(one.start < other.start for one in drugs)
        and _BETTER_THAN.search(context.sentence, other.end, drug.start)
    ]
    if not first:
        return read
    other, drug = first[0]
    denied = NEGATION.search(context.sentence, other.end, drug.start)
    turned = {"no-benefit": "no-benefit"} if denied else {"improves": "worsens"}
    return [
        replace(one, relation=turned[one.relation], comparators=frozenset({other.id}))
        if one.relation in turned
        else one
        for one in read
    ]


def _harms(context: Context) -> Iterator[Said]:
    """Read harms that are told without a verb of effect: "some people report nausea"."""
    uses = {c.start for c in context.found if c.kind == "indication"}  # "sedation" is both
    harms = [c for c in context.found if c.kind == "harm" and c.start not in uses]
    for start, end in clauses(context.sentence) if harms else ():
        told = cue("harm_told").search(context.sentence, start, end)
        for thing in harms if told else ():
            drug = context.drug(thing.start, (start, end))
            relation = _told(context.sentence[start : thing.end], thing)
            if start <= thing.start < end and drug and relation:
                yield Said(relation, drug, thing, None, context.comparators(), hedged=True)


def _told(before: str, thing: Concept) -> str | None:
    """Tell how a harm is spoken of from its clause up to its end; None where nothing is told."""
    name = before[-(thing.end - thing.start) :]
    near = before[-(_NEAR + len(name)) :]
    denied = any(m.group().lower() != "without" for m in NEGATION.finditer(near))
    denied = denied or cue("free").search(near) is not None
    idle = cue("handled").search(near) or _HAVING.search(before[: -len(name)])
    if idle or (cue("neutral").fullmatch(name) and not denied):
        return None
    if denied:
        return "not-causes"
    low = cue("minimised").search(near) and "not without" not in near.lower()
    return "minimises" if low else "causes"


def _mechanisms(context: Context) -> Iterator[Said]:
    """Read mechanisms that stand beside words of acting, which are no verbs of effect."""
    hedged = HEDGE.search(context.sentence) is not None
    for thing in context.found:
        if thing.kind != "mechanism":
            continue
        around = max(0, thing.start - _NEAR), thing.end + BEFORE
        drug = context.drug(thing.start, (0, len(context.sentence)))
        if drug and drug != thing.id and cue("by").search(context.sentence, *around):
            denied = NEGATION.search(context.sentence, around[0], thing.start)
            yield Said("not-by" if denied else "acts-by", drug, thing, None, hedged=hedged)

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
    r"\b(?:better|superior|faster|stronger|fewer|more)\b"
    r"[^.;]{0,60}\b(?:than|to)\s(?:[\w-]+\s){0,3}$"
    r"|\b(?:outperform\w*|beats?|beaten|outdid|outdoes|surpass\w*)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_MORE_OF = re.compile(
    r"\b(?:more|higher|commoner|greater|oftener)\b[^.;,]{0,40}\b(?:on|with|in|after|of|given)"
    r"\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_THAN = re.compile(r"\W(?:\w+ ){0,2}than (?:[\w-]+ ){0,3}", re.IGNORECASE)
_TOLD_OF = re.compile(
    r"\b(?:associated with|linked (?:to|with)|lead\w* to|caus\w+|risks? (?:of|for)"
    r"|potential for|signs? of|indicators? of|develop\w*|experienc\w+|including|such as"
    r"|reports? of)"
    r"\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"\b(?:minimal|little|hardly any|negligible|low|slight|limited"
    r"|no (?:significant|major|relevant))"
    r" (?:or no )?(?:impact|effects?|influence|changes?|compromise)\b"
    r"|\bwithout (?:\w+ )?(?:compromis|impair|depress|affect)\w*",
    re.IGNORECASE,
)
# "dissociation that can help psychotherapy" is about the help.
_MEANS = re.compile(
    r" (?:that|which) (?:can |may |might |could )?(?:help|aid|enhanc|facilitat|support|improv)",
    re.IGNORECASE,
)
_MILD = re.compile(
    r"[^.;,]{0,60}\b(?:is|are|was|were|tends? to be|be) (?:\w+ ){0,3}(?:mild|minimal|minor|rare"
    r"|negligible|uncommon|infrequent|few|unlikely)\b",
    re.IGNORECASE,
)
# "patients who have not responded may experience X": the denial is of another verb.
_FRESH = re.compile(r"\b(?:may|can|could|might|will|often|experience[sd]?)\s", re.IGNORECASE)
_DEGREE = re.compile(r" (?:more|better|less|fewer|worse)\b[^.;]* and\b", re.IGNORECASE)
_PROPERTY = re.compile(r"\s(?:propert\w+|an(?:a)?esthe\w+|state|nature|drug)", re.IGNORECASE)
_BROKEN_DOWN = re.compile(
    r"\b(?:metaboli[sz]ed|turned|converted|transformed|broken down|breaks? down) (?:in)?to\b"
    r"|\bfirst[- ]pass\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:experienc|report|caus|induc|produc|includ|may|can)\w*", re.IGNORECASE)
_HAVING = re.compile(
    r"\b(?:(?<!associated )(?<!linked )with|having|history of|risk of|(?:in|for) whom|whose"
    r"|who (?:already )?have)\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)


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
    read = [
        one
        for one in read
        if one.thing.kind != "harm" or not _MEANS.match(sentence, one.thing.end)
    ]
    plain = [one for one in read if not one.presupposed]
    return list(dict.fromkeys(_turned_round(context, plain or read)))


def _more_of_the_other(context: Context, other: Concept, drug: Concept) -> bool:
    """Whether more is told of the other treatment: "more often on placebo than on drug X"."""
    text = context.sentence
    more = _MORE_OF.search(text, max(0, other.start - _NEAR), other.start)
    return more is not None and _THAN.fullmatch(text, other.end, drug.start) is not None


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
        and (
            _BETTER_THAN.search(context.sentence, other.end, drug.start)
            or _more_of_the_other(context, other, drug)
        )
    ]
    if not first:
        return read
    other, drug = first[0]
    denied = NEGATION.search(context.sentence, other.end, drug.start)
    turned = {"improves": "worsens", "worsens": "improves", "causes": "reduces"}
    turned = {"no-benefit": "no-benefit"} if denied else turned
    return [
        replace(one, relation=turned[one.relation], comparators=frozenset({other.id}))
        if one.relation in turned
        else one
        for one in read
    ]


def _harms(context: Context) -> Iterator[Said]:
    """Read harms that are told without a verb of effect: "some people report nausea"."""
    uses = {c.start for c in context.found if c.kind == "indication"}  # "sedation" is both
    harms = [
        c
        for c in context.found
        if c.kind == "harm" and (c.start not in uses or _as_harm(context.sentence, c))
    ]
    special = [c for c in harms if "any" not in c.id.split("-")]  # says what "side effects" are
    harms = special or harms
    for start, end in clauses(context.sentence) if harms else ():
        told = cue("harm_told").search(context.sentence, start, end)
        for thing in harms if told else ():
            drug = context.drug(thing.start, (start, end))
            after = context.sentence[thing.end : end]
            relation = _told(context.sentence[start : thing.end], thing, after)
            if relation == "causes" and _MILD.match(after):
                relation = "minimises"
            if start <= thing.start < end and drug and relation:
                named = _names(context.sentence, thing)
                yield Said(
                    relation,
                    drug,
                    thing,
                    None,
                    context.comparators(),
                    hedged=True,
                    presupposed=named,
                )


def _as_harm(sentence: str, thing: Concept) -> bool:
    """Whether a word that names a use as well as a harm is told as a harm."""
    return _TOLD_OF.search(sentence, max(0, thing.start - _NEAR), thing.start) is not None


def _names(sentence: str, thing: Concept) -> bool:
    """Whether a harm only names what is spoken of: "its dissociative properties"."""
    return _PROPERTY.match(sentence, thing.end) is not None and not _SPOKEN.search(
        sentence, 0, thing.start
    )


def _told(before: str, thing: Concept, after: str) -> str | None:
    """Tell how a harm is spoken of from its clause up to its end; None where nothing is told."""
    name = before[-(thing.end - thing.start) :]
    near = before[-(_NEAR + len(name)) :]
    if cue("not_asked").search(before):
        return None
    denied = any(
        m.group().lower() != "without"
        and not _FRESH.search(near, m.end())
        and not _DEGREE.match(near, m.end())
        for m in NEGATION.finditer(near)
    )
    denied = denied or cue("free").search(near) is not None
    low = cue("minimised").search(near) and "not without" not in near.lower()
    small = _SMALL.search(near) is not None
    idle = cue("handled").search(near) or _HAVING.search(before[: -len(name)])
    if idle or (cue("neutral").fullmatch(name) and not denied and not small):
        return None
    if denied and not small:
        return "not-causes"
    return "minimises" if low else "causes"


def _mechanisms(context: Context) -> Iterator[Said]:
    """Read mechanisms that stand beside words of acting, which are no verbs of effect."""
    hedged = HEDGE.search(context.sentence) is not None
    hedged = hedged or context.reserved((0, 0), len(context.sentence))
    if _BROKEN_DOWN.search(context.sentence):
        return  # what becomes of the drug, not how it acts
    for thing in context.found:
        if thing.kind != "mechanism":
            continue
        around = max(0, thing.start - _NEAR), thing.end + BEFORE
        drug = context.drug(thing.start, (0, len(context.sentence)))
        if drug and drug != thing.id and cue("by").search(context.sentence, *around):
            denied = NEGATION.search(context.sentence, around[0], thing.start)
            yield Said("not-by" if denied else "acts-by", drug, thing, None, hedged=hedged)

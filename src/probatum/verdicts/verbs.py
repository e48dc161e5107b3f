"""What verbs of effect say: each bound to what it acts on and to the drug it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from probatum.text.assertions import Assertion, asserted_by, assertions
from probatum.text.concepts import Concept, population
from probatum.text.cues import NEGATION
from probatum.text.polarity import merged
from probatum.verdicts.context import BEFORE, OBJECTS, Context, Said
from probatum.verdicts.relations import relation_of
from probatum.verdicts.speech import cue, phrases

_OTHER = 50
_REACH = 110  # characters from a verb to what it acts on: some fifteen words
_PASSIVE = re.compile(
    r"(?:ed|tion|ment|better|worse|effective|relief|f[ae]ll\w*|drops?|lifts?|ease|than|vanish\w*"
    r"|climbs?|rises?|rose|own|back)$",
    re.IGNORECASE,
)
_BENEFITS = re.compile(r"\b(?:benefits(?! and)|results|outcomes|relief)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|whose|that|which|where)\b", re.IGNORECASE)
_ASIDE = re.compile(r", (?:the )?[\w-]+['\u2019]s ")  # another subject begins
_BESIDES = re.compile(r"\b(?:with|and|for)\s$", re.IGNORECASE)  # "works, with no more harm"
_MORE = re.compile(r" (?:(?:\w+ly|far|much|even|some) )?", re.IGNORECASE)
_FEWER = re.compile(r"fewer\b", re.IGNORECASE)
_COUNTS = re.compile(r"(?:fewer|less|more)\b", re.IGNORECASE)
_RIVAL = re.compile(
    r"\b(?:better(?: [\w-]+){0,4} than|more (?:effective|potent|powerful)(?: [\w-]+){0,3} than"
    r"|superior to|outperform\w*|beats?)\s(?P<what>[^.;,]{3,60})",
    re.IGNORECASE,
)
_NO_RIVAL = re.compile(
    r"(?:\w+ )?(?:expected|before|ever|anything|nothing|any|all|every|hoped|thought|chance|half"
    r"|\d|baseline|it|they|them)\b",
    re.IGNORECASE,
)
_DEGREE = re.compile(r" (?:more|better|less|fewer|worse)\b", re.IGNORECASE)  # of a comparison
_FINITE = re.compile(r"\b(?:is|are|was|were|makes?|made|has|have|can|may|will)\b", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:where|in which|for which)\b", re.IGNORECASE)
_FRONT = re.compile(r"\W*(?:for|in|against|with|among)\b", re.IGNORECASE)
_ADJECTIVE = re.compile(r"(?:ed|er|ing)$|^(?:more|less)\b", re.IGNORECASE)
_AND = re.compile(
    r"(?:\s?\([^()]{1,12}\))?\s?(?:,|/|and|or|&|, and|, or|as well as)(?: [\w-]+){0,2}\s?",
    re.IGNORECASE,
)
_APPROVAL = re.compile(r"approv|licen", re.IGNORECASE)


def effects(context: Context) -> Iterator[Said]:
    """Read what the verbs of effect of a sentence say; associations say nothing of an effect."""
    read = [_scoped(context, one) for one in _merged(context.sentence)]
    comparators = context.comparators()
    equal = cue("equal").search(context.sentence) is not None
    if equal and not comparators:  # "equal with drug X and drug Y"
        comparators = frozenset(c.id for c in context.found if c.kind == "comparator")
    equal = equal and bool(comparators)
    rival = not comparators and _unknown_rival(context)
    for place, verb in enumerate(read):
        later = (a.start for a in read[place + 1 :] if a.strength != "correlational")
        bound = _object(context, verb, next(later, 1 << 60))
        drug = context.drug(verb.start, verb.clause)
        if bound is None or drug is None or _idle(context.sentence, verb):
            continue
        thing, presupposed = bound
        relation = relation_of(context.sentence, verb, thing)
        if equal and relation == "improves":
            relation = "no-benefit"
        if relation is None or (rival and relation in {"improves", "worsens"}):
            continue
        hedged = verb.hedge is not None or context.reserved(verb.clause, thing.end)
        hedged = hedged or cue("tempered").search(context.sentence) is not None
        for one in (thing, *_listed(context, thing)):
            condition = context.condition(one, verb.end)
            rest = (context.routes(), hedged, presupposed, context.topic)
            yield Said(relation, drug, one, condition, comparators, *rest)


def _unknown_rival(context: Context) -> bool:
    """Whether the drug is set above something that the vocabulary does not know."""
    told = _RIVAL.search(context.sentence)
    if told is None or _NO_RIVAL.match(told["what"]):
        return False
    start, end = told.span("what")
    return not any(
        c.kind in {"comparator", "drug"} and start <= c.start < end for c in context.found
    )


def _merged(sentence: str) -> Iterator[Assertion]:
    """Join what is one assertion, but nothing across an "and"."""
    group: list[Assertion] = []
    for one in _verbs(sentence):
        if group and " and " in sentence[group[-1].end : one.start]:
            yield from merged(group)
            group = []
        group.append(one)
    yield from merged(group)


def _verbs(sentence: str) -> list[Assertion]:
    """Give verbs and phrases of effect, left to right; a phrase stands for the verbs inside it."""
    found = [one for name, pattern in phrases() for one in asserted_by(sentence, pattern, name)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Assertion] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    plain = assertions(sentence)
    if kept:
        plain = [v for v in plain if not any(p.start < v.end and v.start < p.end for p in kept)]
    both = sorted([*plain, *kept], key=lambda one: one.start)
    return [
        one
        for before, one in zip([None, *both], both, strict=False)
        if not (before and _qualifies(sentence, before, one))
    ]


def _qualifies(sentence: str, before: Assertion, one: Assertion) -> bool:
    """Whether a verb's form only qualifies the object of the verb close before it."""
    between = sentence[before.end : one.start]
    if _FEWER.match(sentence, before.start) and "," not in between and len(between) < _OTHER:
        return True  # "fewer people reached remission": what those do who are counted
    close = between == " "
    told = sentence[one.start : one.end]
    if before.direction == "decreases" and told.lower().startswith("more "):
        return _MORE.fullmatch(sentence, before.end, one.start) is not None  # "fell more than"
    return close and _ADJECTIVE.search(told) is not None


def _scoped(context: Context, verb: Assertion) -> Assertion:
    """Take a denial back that does not reach the verb: behind its own verb, before the subject."""
    if not verb.negated:
        return verb
    text = context.sentence
    before = list(NEGATION.finditer(text, verb.clause[0], verb.start))
    if not before:
        after = NEGATION.search(text, verb.end)
        apart = after and _RELATIVE.search(text, verb.end, after.start())
        apart = apart or (after and _BESIDES.search(text, verb.end, after.start()))
        return replace(verb, negated=False) if apart else verb
    last = before[-1]
    between = text[last.end() : verb.start]
    comma = between.rfind(",")
    subject = comma >= 0 and any(
        c.kind == "drug" and last.end() + comma < c.start < verb.start for c in context.found
    )
    behind = last.group().lower() == "without" and _FINITE.search(between)
    degree = _DEGREE.match(between) and " and " in between
    return replace(verb, negated=False) if subject or behind or degree else verb


def _idle(sentence: str, verb: Assertion) -> bool:
    """Whether a verb claims no effect: an association, an approval, a denial of less than all."""
    if verb.strength == "correlational" or _APPROVAL.match(sentence, verb.start):
        return True
    if cue("other_subject").search(sentence, max(0, verb.start - _OTHER), verb.start):
        return True
    start, end = verb.clause[0], min(verb.clause[1], verb.end + BEFORE)
    told = cue("partial").search(sentence, start, end) if verb.negated else None
    return told is not None or cue("not_asked").search(sentence, start, verb.start) is not None


def _listed(context: Context, first: Concept) -> Iterator[Concept]:
    """Give the conditions that a list goes on with: "depression, chronic pain and PTSD"."""
    if first.kind != "indication":
        return
    last = first
    for one in context.found:
        if one.kind == "indication" and one.start >= last.end:
            if not _AND.fullmatch(context.sentence, last.end, one.start):
                return
            last = one
            yield one


def _object(context: Context, verb: Assertion, until: int) -> tuple[Concept, bool] | None:
    """Give what a verb acts on, and whether the verb is only part of its name."""
    things = [c for c in context.found if c.kind in OBJECTS]
    own = next((c for c in things if c.start < verb.end and verb.start < c.end), None)
    if own is not None and own.end >= verb.end:
        return own, True  # "antidepressant effects"
    found = _after(context.sentence, things, verb, until) or own or _generic(context, verb, until)
    passive = verb.direction != "causes"
    if found is None and passive and _PASSIVE.search(context.sentence[verb.start : verb.end]):
        found = _before(things, verb) or _set_in_front(context.sentence, things, verb)
    if found is None and verb.direction in {"improves", "no_difference", "worsens"}:
        found = (
            _set_in_front(context.sentence, things, verb)
            or population(context.found, context.sentence)
            or _area(context.sentence, things, verb)
        )
    return (found, False) if found is not None else None


def _after(sentence: str, things: list[Concept], verb: Assertion, until: int) -> Concept | None:
    """Give the first thing behind a verb, before the next verb and in the same clause."""
    end = min(verb.clause[1] - 1, until, verb.end + _REACH)
    inside = [c for c in things if verb.end <= c.start <= end]
    if inside and _ASIDE.search(sentence, verb.end, inside[0].start):
        return None
    if _COUNTS.match(sentence, verb.start):  # "fewer people with depression went into remission"
        inside = [c for c in inside if c.kind == "outcome"] or inside
    first = [c for c in inside if c.start == inside[0].start]
    order = (
        OBJECTS[::-1] if verb.direction == "treats" else OBJECTS
    )  # "sedation" is a use and a harm
    return min(first, key=lambda c: order.index(c.kind), default=None)


def _before(things: list[Concept], verb: Assertion) -> Concept | None:
    """Give the thing close in front of a verb: "pain was reduced"."""
    close = [c for c in things if verb.clause[0] <= c.start and 0 <= verb.start - c.end <= BEFORE]
    last = [c for c in close if c.start == close[-1].start]
    return min(last, key=lambda c: OBJECTS.index(c.kind), default=None)


def _set_in_front(sentence: str, things: list[Concept], verb: Assertion) -> Concept | None:
    """Give the condition of "For chronic pain, drug X is effective"."""
    front = _FRONT.match(sentence)
    inside = [c for c in things if front and front.end() <= c.start < front.end() + BEFORE]
    comma = inside and sentence.find(",", inside[0].end, verb.start) >= 0
    return inside[0] if comma and inside[0].kind == "indication" else None


def _area(sentence: str, things: list[Concept], verb: Assertion) -> Concept | None:
    """Give the condition of "Chronic pain is an area where drug X has shown promise"."""
    before = [c for c in things if c.kind == "indication" and c.end <= verb.start]
    told = before and _WHERE.search(sentence, before[-1].end, verb.start)
    return before[-1] if told else None


def _generic(context: Context, verb: Assertion, until: int) -> Concept | None:
    """Take "symptoms" and the like for the condition last named."""
    if context.topic is None:
        return None
    end = min(verb.end + _REACH, until)
    found = cue("generic").search(context.sentence, verb.end, end)
    if found is None and verb.direction == "improves":
        found = cue("sufferers").search(context.sentence, verb.end, end)
    named = any(c.kind in OBJECTS for c in context.found)
    idle = cue("no_claim").search(context.sentence)
    if found is None and not named and not idle:  # "the benefits may last"
        found = _BENEFITS.search(context.sentence, verb.start, verb.end)
    return Concept(found.start(), found.end(), "indication", context.topic) if found else None

"""A sentence on which the rules find nothing, held against the statement it is nearest to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from probatum.model.answer import VerdictKind
from probatum.text.concepts import Concept
from probatum.text.cues import HEDGE
from probatum.text.figures import quantities
from probatum.verdicts.alignment import Near, Unit, index_of
from probatum.verdicts.finding import Finding
from probatum.verdicts.gist import Gist
from probatum.verdicts.items import of_statement
from probatum.verdicts.known import LEVELS, Known
from probatum.verdicts.ratios import tells_ratio
from probatum.verdicts.ways import SAID, numbers, ways
from probatum.verdicts.wording import HYPE, STRONG

# Set on sentences of our own and half of a labelled set, for few wrong decisions.
_CORE = 0.5  # of the unit's weight that the sentence must have
_COVERED = 0.5  # of the sentence's weight that the statement must have
_SCORE = 0.6
_WHOLE = 0.95  # score at which one shared piece of content is enough
_MARGIN = 0.06  # within which a statement that says otherwise keeps the sentence open
_BARE = 0.15  # what a unit loses that does not say which way
_SURE = 0.7  # score at which another number contradicts
_PLAIN = 0.85  # score at which what is merely said stands against a denial
_MOST = 24
_MODERATE = LEVELS.index("moderate")
_DOSES = re.compile(r"\bdos\w+\b[^.;]{0,80}\bthan\b[^.;]{0,40}\bdos\w+", re.IGNORECASE)
_LIKELY = re.compile(r"\b(?:more|less|as|equally) likely\b", re.IGNORECASE)
_REPORT = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|volunteers|responded|beat|fell|rose|dropped|had|raised|were|was"
    r"|gave|report\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    gist: Gist
    drug: str
    hedged: bool


@dataclass(frozen=True, slots=True)
class _Held:
    verdict: VerdictKind
    near: Near
    why: str


def judge_aligned(
    text: str, found: list[Concept], said: Gist, implied: str | None, known: Known
) -> Finding | None:
    """Judge a sentence by the nearest statement; None where none is near, or two disagree.

    ``said`` is its content, of :func:`probatum.verdicts.gist.gist`.
    Sentences on several forms of the drug, or that set one dose against another, stay open: which
    is meant no overlap of words can tell.
    """
    drugs = {c.id for c in found if c.kind == "drug"}
    drug = min(drugs, default=implied)
    if len(drugs) > 1 or drug is None or _DOSES.search(text) or tells_ratio(text):
        return None
    if not said.slots:
        return None
    hedged = HEDGE.search(_LIKELY.sub("", text)) is not None
    return _decided(_Sentence(text, said, drug, hedged), known)


def _decided(sentence: _Sentence, known: Known) -> Finding | None:
    """Give the verdict of the best unit where no other of much the same rank says otherwise."""
    near = [one for one in index_of(known).nearest(sentence.gist)[:_MOST] if _is_near(one)]
    fitting = [one for one in near if _fits(one.unit, sentence, known)]
    held = [h for h in (_judged(sentence, one, known) for one in fitting) if h is not None]
    if not held:
        return None
    best = max(held, key=_rank)
    rivals = [h for h in held if _rank(h) >= _rank(best) - _MARGIN]
    if any(rival.verdict != best.verdict for rival in rivals):
        return None
    statement = known.by_id[best.near.unit.statement]
    evidence = of_statement(statement, supports=best.verdict == "supported")
    return Finding(best.verdict, f"aligned with a statement of the base: {best.why}", (evidence,))


def _is_near(near: Near) -> bool:
    enough = near.core >= _CORE and near.covered >= _COVERED and near.score >= _SCORE
    return enough and (near.joint > 1 or near.score > _WHOLE)


def _rank(held: _Held) -> float:
    """Rank what says which way before what is merely said."""
    return held.near.score - (_BARE if held.near.unit.gist.signs == SAID else 0.0)


def _fits(unit: Unit, sentence: _Sentence, known: Known) -> bool:
    """Whether both are about the same form of the drug, condition, route and comparator."""
    named = sentence.gist.named
    routes = named.get("route", frozenset())
    others = named.get("comparator", frozenset())
    met = bool(others & unit.comparators)
    rival = bool(unit.comparators - known.inert)  # what it is compared with has to be named
    return (
        (not unit.drugs or sentence.drug in unit.drugs)
        and not (routes and unit.routes and not routes & unit.routes)
        and (met or not (others or (unit.compared and rival)))
        and _same_condition(unit, named.get("indication", frozenset()), known)
    )


def _same_condition(unit: Unit, conditions: frozenset[str], known: Known) -> bool:
    """Whether a condition of the unit is one that is named, of its family, or a kind by name."""
    if not conditions or not unit.conditions:
        return True
    if unit.conditions & frozenset().union(*(known.family(c) for c in conditions)):
        return True
    parts = [frozenset(c.split("-")) for c in unit.conditions if "non" not in c.split("-")]
    return any(frozenset(c.split("-")) - {"major"} <= p for c in conditions for p in parts)


def _judged(sentence: _Sentence, near: Near, known: Known) -> _Held | None:
    said, unit = sentence.gist, near.unit
    unclear = said.loose and not unit.gist.loose  # what is denied
    found = set() if unclear else ways(said.signs, unit.gist.signs)
    if found == {"same"}:
        return _same(sentence, near, known)
    if found == {"level"} and not sentence.hedged:
        return _Held("overstated", near, "it shows no clear difference")
    unsure = sentence.hedged or (said.signs == SAID and near.score < _PLAIN)
    if unsure or "same" in found or "opposite" not in found:
        return None
    return _Held("contradicted", near, "it says the opposite")


def _same(sentence: _Sentence, near: Near, known: Known) -> _Held | None:
    """Judge a sentence that goes the way of the statement: by its numbers, then its strength."""
    whole = quantities(known.by_id[near.unit.statement].text)
    told = numbers(sentence.gist.quantities, near.unit.gist.quantities, whole)
    if told == "other" and near.score >= _SURE:
        return _Held("contradicted", near, "it prints another number")
    if told in {"other", "unheld"}:
        return None
    excess = _excess(sentence, near, known)
    if excess is not None:
        return _Held("overstated", near, excess)
    return _Held("supported", near, "it says the same")


def _excess(sentence: _Sentence, near: Near, known: Known) -> str | None:
    """Say in what a sentence goes beyond the statement: promise, extent, certainty."""
    strong = STRONG.search(sentence.text) or HYPE.search(sentence.text)
    if strong:
        return f"{strong.group()!r} is stronger than it bears"
    if sentence.gist.universal and not near.unit.gist.universal:
        return "what it holds of some is said of all"
    level = _level(near.unit.statement, known)
    plain = not sentence.hedged and not _REPORT.search(sentence.text)
    if plain and sentence.gist.signs.get("benefit") == "more" and level < _MODERATE:
        return f"stated without reserve; certainty {LEVELS[level]}"
    return None


def _level(statement: str, known: Known) -> int:
    coded = [LEVELS.index(f.certainty) for f in known.facts if f.statement == statement]
    if coded:
        return max(coded)
    strength = known.by_id[statement].strength.lower()
    return next((i for i, level in enumerate(LEVELS) if i and level in strength), _MODERATE)

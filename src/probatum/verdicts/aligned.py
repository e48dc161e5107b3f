"""A sentence on which the rules find nothing, held against the statement it is nearest to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from probatum.model.answer import VerdictKind
from probatum.text.concepts import Concept
from probatum.text.cues import HEDGE
from probatum.text.figures import quantities
from probatum.verdicts.alignment import Near, Unit, index_of
from probatum.verdicts.finding import Finding
from probatum.verdicts.gist import Gist, gist
from probatum.verdicts.items import of_statement
from probatum.verdicts.known import LEVELS, Known
from probatum.verdicts.wording import HYPE, STRONG

_CORE = 0.5  # of the unit's weight that the sentence must have
_COVERED = 0.5  # of the sentence's weight that the statement must have
_SCORE = 0.6
_WHOLE = 0.95  # score at which one shared piece of content is enough
_MARGIN = 0.06
_BARE = 0.15
_PLAIN = 0.85  # score at which what is merely said stands against a denial
_RULES = frozenset({"suited", "need", "licence"})
_DOSES = re.compile(r"\bdos\w+\b[^.;]{0,80}\bthan\b[^.;]{0,40}\bdos\w+", re.IGNORECASE)
_SURE = 0.7  # score at which a number, or a bare denial, is held against a statement
_LIKELY = re.compile(r"\b(?:more|less|as|equally) likely\b", re.IGNORECASE)
_REPORT = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|volunteers|responded|beat|fell|rose|dropped|had|raised|were|was|gave|report\w*)\b",
    re.IGNORECASE,
)
_CROSS = {  # what one axis says, said on another
    ("suited", "less", "need", "more"): "same",
    ("suited", "more", "presence", "more"): "opposite",
    ("need", "less", "suited", "less"): "opposite",
    ("presence", "less", "suited", "less"): "opposite",
    ("suited", "less", "presence", "less"): "opposite",
    ("change", "level", "presence", "less"): "same",
}


@dataclass(frozen=True, slots=True)
class _Held:
    verdict: VerdictKind
    near: Near
    why: str


def judge_aligned(
    text: str, found: list[Concept], implied: str | None, known: Known
) -> Finding | None:
    """Judge a sentence by the nearest statement; None where none is near, or two disagree."""
    said = gist(text, found, known.parents)
    drugs = said.named.get("drug", frozenset()) or frozenset({implied} - {None})
    if not drugs or not said.slots:
        return None
    near = [
        one
        for one in index_of(known).nearest(said)[:24]
        if one.core >= _CORE and one.covered >= _COVERED and one.score >= _SCORE
        and (one.joint > 1 or one.score > _WHOLE) and _fits(one.unit, said, drugs, known)
    ]
    held = [one for one in (_judged(text, said, one, known) for one in near) if one is not None]
    if not held:
        return None
    best = max(held, key=_rank)
    rivals = [o for o in held if _rank(o) >= _rank(best) - _MARGIN]
    if any(o.verdict != best.verdict for o in rivals):
        return None
    statement = known.by_id[best.near.unit.statement]
    evidence = of_statement(statement, supports=best.verdict == "supported")
    return Finding(best.verdict, f"aligned with a statement of the base: {best.why}", (evidence,))


def _rank(held: _Held) -> float:
    """Rank what says which way before what is merely said."""
    return held.near.score - (_BARE if _bare(held.near.unit.gist) else 0.0)


def _fits(unit: Unit, said: Gist, drugs: frozenset[str], known: Known) -> bool:
    """Whether both are about the same form, condition, route and comparator."""
    if unit.drugs and not drugs <= unit.drugs:
        return False
    if len(drugs) > 1:
        return False  # which of them is meant, and which way, no overlap of words can tell
    conditions = said.named.get("indication", frozenset())
    families = frozenset().union(*(known.family(c) for c in conditions))
    if conditions and unit.conditions and not families & unit.conditions:
        return _shared(conditions, unit)
    routes = said.named.get("route", frozenset())
    if routes and unit.routes and not routes & unit.routes:
        return False
    others = said.named.get("comparator", frozenset())
    if others and not others & unit.comparators:
        return False
    return not (unit.compared and unit.comparators - known.inert and not others & unit.comparators)


def _shared(conditions: frozenset[str], unit: Unit) -> bool:
    """Whether a condition of the unit is a kind of one that the sentence names."""
    return any(
        set(mine.split("-")) - {"major"} <= set(theirs.split("-")) and "non" not in theirs.split("-")
        for mine in conditions
        for theirs in unit.conditions
    )


def _judged(text: str, said: Gist, near: Near, known: Known) -> _Held | None:
    unit = near.unit
    if said.loose and not unit.gist.loose:
        return None  # what is denied is not clear
    if _RULES & set(unit.gist.signs) and not _RULES & set(said.signs):
        return None  # a rule is no finding
    if _DOSES.search(text):
        return None  # held against the curves, by other rules
    ways = _ways(said.signs, unit.gist.signs)
    hedged = HEDGE.search(_LIKELY.sub("", text)) is not None
    if "opposite" in ways:
        if "same" in ways or hedged or (_bare(said) and near.score < _PLAIN):
            return None
        return _Held("contradicted", near, "it says the opposite")
    if "level" in ways:
        return None if hedged else _Held("overstated", near, "it shows no clear difference")
    if "same" not in ways:
        return None
    numbers = _numbers(said, unit, known)
    if numbers == "other" and near.score >= _SURE:
        return _Held("contradicted", near, "it prints another number")
    if numbers in {"other", "unheld"}:
        return None
    return _same(text, said, near, known, hedged=hedged)


def _bare(said: Gist) -> bool:
    """Whether a wording has no word that says which way."""
    return dict(said.signs) == {"presence": "more"}


def _same(text: str, said: Gist, near: Near, known: Known, *, hedged: bool) -> _Held:
    strong = STRONG.search(text) or HYPE.search(text)
    if strong:
        return _Held("overstated", near, f"{strong.group()!r} is stronger than it bears")
    if said.universal and not near.unit.gist.universal:
        return _Held("overstated", near, "what it holds of some is said of all")
    level = _level(near.unit.statement, known)
    benefit = said.signs.get("benefit") == "more"
    if benefit and not hedged and level < LEVELS.index("moderate") and not _REPORT.search(text):
        return _Held("overstated", near, f"stated without reserve; certainty {LEVELS[level]}")
    return _Held("supported", near, "it says the same")


def _ways(said: Mapping[str, str], held: Mapping[str, str]) -> set[str]:
    """Give how each axis compares: the same, the opposite, or a difference where none is held."""
    ways = set()
    shared = set(said) & set(held)
    for axis in shared - {"presence"} or shared:
        value = said[axis]
        other = held.get(axis)
        if other == value:
            ways.add("same")
        elif other is not None:
            ways.add("level" if other == "level" else "opposite")
    if not ways:
        ways = {
            _CROSS[a, v, b, w]
            for a, v in said.items()
            for b, w in held.items()
            if (a, v, b, w) in _CROSS
        }
    return ways


def _numbers(said: Gist, unit: Unit, known: Known) -> str:
    """Compare quantities: none, all held, "unheld" of a kind not printed, "other" of the same."""
    whole = quantities(known.by_id[unit.statement].text)
    told = "none"
    for one in said.quantities:
        alike = [q for q in whole if q.kind == one.kind]
        if any(q.agrees(one) for q in alike):
            told = "held" if told == "none" else told
            continue
        own = [q for q in unit.gist.quantities if q.kind == one.kind]
        if one.kind == "share" and len(own) == 1 and told != "unheld":
            told = "other"
        else:
            told = "unheld"
    return told


def _level(statement: str, known: Known) -> int:
    coded = [LEVELS.index(f.certainty) for f in known.facts if f.statement == statement]
    if coded:
        return max(coded)
    strength = known.by_id[statement].strength.lower()
    return next((i for i, level in enumerate(LEVELS) if i and level in strength), 3)

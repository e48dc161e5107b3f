"""Who concluded what on a question, and when: reviews, guidelines, consensus, and this base.

Where they do not agree, both stand side by side, with their dates; nobody is averaged away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.effects.material import RATIOS
from probatum.effects.robustness import side
from probatum.flow.packs.sources import lasting, source_link
from probatum.flow.uncontrolled import subtree
from probatum.model.effect import Pooled
from probatum.model.pack import Fact, Pack, PackStatement, Question, Term
from probatum.model.published import PublishedPool, Stand, Voice

# Kinds of sources that conclude for others, as the pack names them.
_CONCLUDES = re.compile(
    r"\b(?:SR|systematic review|guideline|consensus|position)\b", re.IGNORECASE
)
_STANDS: dict[str, Stand] = {
    "improves": "benefit",
    "no-benefit": "no clear benefit",
    "worse-than": "harm",
    "as-good-as": "no clear difference",
}
_AGAINST = ("as-good-as", "worse-than")
_ORDER: tuple[str, ...] = ("improves", "worse-than", "as-good-as", "no-benefit")


def concluding(pack: Pack, question: Question) -> tuple[Voice, ...]:
    """Give the pack's statements of reviews, guidelines and consensus in the question's cell.

    That is its condition or one above or below it, and the same aspect; all aspects under which
    the pack asks for a benefit count as one. Newest first, those without a date last.
    """
    aspects = _aspects(pack, question)
    within = _family(pack.vocabulary.indications, question.indication)
    facts: dict[str, list[Fact]] = {}
    for fact in pack.facts:
        facts.setdefault(fact.statement, []).append(fact)
    found = [
        _of_statement(one, facts.get(one.id, ()), question.comparator)
        for one in pack.statements
        if one.aspect in aspects
        and one.indication in within
        and _CONCLUDES.search(one.source_type)
    ]
    return tuple(sorted(found, key=lambda one: (-(one.year or 0), one.id)))


def _aspects(pack: Pack, question: Question) -> set[str]:
    wanted = {term.id for term in pack.vocabulary.outcomes}
    if question.outcome not in wanted:
        return {question.aspect}
    return {question.aspect, *(one.aspect for one in pack.questions if one.outcome in wanted)}


def _family(terms: Sequence[Term], name: str) -> set[str]:
    """Give a condition, those below it and those above it."""
    parents = {term.id: term.parent for term in terms}
    within, above = subtree(terms, name), parents.get(name)
    while above is not None and above not in within:
        within.add(above)
        above = parents.get(above)
    return within


def _of_statement(
    statement: PackStatement, facts: Sequence[Fact], comparator: str | None
) -> Voice:
    """Read how a statement stands; what it says of the very comparator goes before the rest."""
    against = [f for f in facts if f.comparator == comparator and f.relation in _AGAINST]
    said = {fact.relation for fact in against or facts}
    held = [relation for relation in _ORDER if relation in said]
    source = statement.sources[-1] if statement.sources else None
    return Voice(
        id=statement.id,
        kind=statement.source_type,
        who=f"{statement.source_type}, {statement.strength}".rstrip(", "),
        year=statement.year,
        says=statement.text,
        stand=_STANDS[held[0]] if held else "not told",
        url=source.url if source else None,
    )


def _address(pool: PublishedPool) -> str | None:
    """Give where a pool stands: its review's DOI where it was read in a copy elsewhere."""
    if pool.doi and not lasting(pool.source_url):
        return source_link(f"doi:{pool.doi}").url
    return pool.source_url or None


def voices(
    question: Question, pooled: Pooled, pools: Sequence[PublishedPool], others: Sequence[Voice]
) -> tuple[Voice, ...]:
    """Put this base, published pools and other voices in one row, the newest first."""
    own = Voice(
        "this-base",
        "this base",
        "this base",
        None,
        _numbers(pooled.measure, pooled.estimate, pooled.ci_low, pooled.ci_high),
        _stand(question, pooled.measure, pooled.ci_low, pooled.ci_high),
        None,
    )
    published = [
        Voice(
            pool.id,
            "review",
            pool.review,
            pool.year,
            _numbers(pool.measure, pool.estimate, pool.ci_low, pool.ci_high),
            _stand(question, pool.measure, pool.ci_low, pool.ci_high),
            _address(pool),
        )
        for pool in pools
    ]
    dated = sorted([*published, *others], key=lambda one: (-(one.year or 0), one.id))
    return (own, *dated)


def _stand(
    question: Question, measure: str | None, low: float | None, high: float | None
) -> Stand:
    if low is None or high is None or measure is None or question.benefit is None:
        return "not told"
    found = side(low, high, 1.0 if measure in RATIOS else 0.0)
    if found == 0:
        return "no clear benefit"
    return "benefit" if (found < 0) == (question.benefit == "lower") else "harm"


def _numbers(
    measure: str | None, value: float | None, low: float | None, high: float | None
) -> str:
    if value is None:
        return "no estimate"
    told = f"{measure or ''} {value:.3g}".strip()
    told += "" if low is None or high is None else f" ({low:.3g} to {high:.3g})"
    return told.replace(" -", " \N{MINUS SIGN}").replace("(-", "(\N{MINUS SIGN}")


def disagreement(found: Sequence[Voice]) -> str:
    """Say who does not agree, the newest of each stand named with its date; empty where all do."""
    stands: dict[str, list[str]] = {}
    for one in found:
        if one.stand != "not told":
            stands.setdefault(_MEANING.get(one.stand, one.stand), []).append(_named(one))
    if len(stands) < 2:
        return ""
    told = "; ".join(f"{stand}: {_listed(names)}" for stand, names in stands.items())
    return f"they do not agree. {told[0].upper()}{told[1:]}"


def _named(one: Voice) -> str:
    who = one.who if one.kind in {"review", "this base"} else f"{one.kind}, {one.id}"
    dated = one.year is not None and str(one.year) not in who
    return f"{who} ({one.year})" if dated else who


def _listed(names: Sequence[str]) -> str:
    once = list(dict.fromkeys(names))
    return f"{', '.join(once[:_MOST])}{' and others' if len(once) > _MOST else ''}"


_MOST = 3
_MEANING = {"no clear difference": "no clear benefit"}

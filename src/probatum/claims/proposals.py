"""Results of a document that fit questions of the base, proposed as rows for a person to judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from probatum.claims.lookup.asked import Found, FoundArm, OutcomeKind, Sought, Value
from probatum.claims.lookup.find import Prepared, look_up_times, prepare
from probatum.claims.words import compiled
from probatum.model.added import Proposal, ProposedValue
from probatum.model.document import Document
from probatum.model.pack import Pack, Question, Scale, Term, Vocabulary, Window
from probatum.text.digest import short_id
from probatum.text.terms import Match

_THRESHOLD = 0.4  # lower than for giving numbers unasked: a person looks at each
_KINDS: dict[str, OutcomeKind] = {
    "RR": "binary", "OR": "binary", "RD": "binary", "MD": "continuous", "SMD": "continuous",
}  # fmt: skip
_OPENING = 6_000  # code points in which a report says what it is about
_MOST_ASKED = 60  # different look-ups in one document
_BESIDE = 25  # code points around a drug's name in which its route is named
_FIELDS = ("n", "events", "mean", "sd")


@dataclass(frozen=True, slots=True)
class _About:
    """The concepts of a document's title and abstract, by kind.

    ``exact``: questions on these very conditions are asked, and none on wider ones.
    """

    drugs: frozenset[str]
    conditions: frozenset[str]
    routes: frozenset[str]
    exact: bool = False


def proposals(document: Document, pack: Pack) -> list[Proposal]:
    """Propose rows: for each question that a document is about, the numbers found for it.

    A question is asked when its condition (or a kind of it) and its drug are named in the opening
    of the document, and its route where the opening names routes. Where questions ask about the
    very condition that is named, those on wider ones are not asked. Every time that the document
    tells is proposed for the questions in whose window it lies; a number without a time for all.
    """
    about = _about(document, pack)
    asked = [(q, sought) for q in pack.questions if (sought := _sought(q, pack, about))]
    if not asked:
        return []
    prepared = prepare(document)
    found: dict[Sought, list[Found]] = {}
    made: dict[str, Proposal] = {}
    for question, sought in asked:
        if sought not in found and len(found) < _MOST_ASKED:
            found[sought] = look_up_times(prepared, sought, threshold=_THRESHOLD)
        for one in found.get(sought, ()):
            if one.arms and _in_window(one, question, pack.vocabulary.windows):
                proposal = _proposal(prepared, question, sought, one, pack)
                made.setdefault(proposal.id, proposal)
    return list(made.values())


def _about(document: Document, pack: Pack) -> _About:
    """Tell what a document is about: its conditions are those of the title, else of the opening.

    Where questions ask about the very conditions that are named, the wider ones are dropped.
    """
    title = document.metadata.title or ""
    opening = f"{title}\n{document.text[:_OPENING]}"
    matches = compiled(pack.vocabulary).matcher.find(opening)
    drugs = [m for m in matches if any(kind == "drug" for kind, _ in m.terms)]
    conditions = _conditions(m for m in matches if m.start < len(title)) or _conditions(matches)
    terms = pack.vocabulary.indications
    narrow = {c for c in conditions if not (_below(terms, c) - {c}) & conditions}
    exact = frozenset(narrow) & {question.indication for question in pack.questions}
    return _About(
        frozenset(name for match in drugs for kind, name in match.terms if kind == "drug"),
        exact or conditions,
        _routes(opening, [(match.start, match.end) for match in drugs], pack.vocabulary),
        exact=bool(exact),
    )


def _conditions(matches: Iterable[Match]) -> frozenset[str]:
    return frozenset(n for match in matches for kind, n in match.terms if kind == "indication")


def _routes(opening: str, drugs: Sequence[tuple[int, int]], words: Vocabulary) -> frozenset[str]:
    """Give the routes that stand beside a drug: "nasal spray of X", not "oral" elsewhere."""
    beside = " | ".join(
        opening[max(0, start - _BESIDE) : end + _BESIDE] for start, end in drugs
    ).casefold()
    return frozenset(
        route.id
        for route in words.routes
        for name in (route.label, *route.synonyms)
        if re.search(rf"\b{re.escape(name.casefold())}\b", beside)
    )


def _sought(question: Question, pack: Pack, about: _About) -> Sought | None:
    """Put a question into words, or None where the document is not about it."""
    words = pack.vocabulary
    kind = _KINDS.get(question.measure or "")
    wider = frozenset({question.indication})
    within = wider if about.exact else _below(words.indications, question.indication)
    if question.route and about.routes and question.route not in about.routes:
        return None
    drug = _drug(question, words, about)
    outcome = _labels((*words.outcomes, *words.harms), question.outcome)
    if kind is None or drug is None or not outcome or not within & about.conditions:
        return None
    scale = _labels(words.scales, question.scale)
    comparator = _labels(words.comparators, question.comparator) or "placebo"
    return Sought(_labels(words.drugs, drug), comparator, f"{outcome} {scale}".strip(), kind)


def _drug(question: Question, words: Vocabulary, about: _About) -> str | None:
    """Give the drug that a document gives and the question is about: its own or a kind of it."""
    if question.drug is None:
        return min(about.drugs, default=None)
    return min(_below(words.drugs, question.drug) & about.drugs, default=None)


def _below(terms: Sequence[Term], name: str) -> frozenset[str]:
    """Give a term and all its kinds; a circle of parents adds nothing."""
    found = {name}
    for _ in range(6):
        found |= {term.id for term in terms if term.parent in found}
    return frozenset(found)


def _labels(terms: Sequence[Term | Scale], name: str | None) -> str:
    return next((term.label.partition(" (")[0] for term in terms if term.id == name), "")


def _in_window(found: Found, question: Question, windows: Sequence[Window]) -> bool:
    window = next((w for w in windows if w.id == question.window), None)
    days = found.days
    return window is None or days is None or window.low <= days < window.high


def _proposal(
    prepared: Prepared, question: Question, sought: Sought, found: Found, pack: Pack
) -> Proposal:
    document = prepared.document
    drugs = pack.vocabulary.drugs
    drug = next((d.id for d in drugs if _labels((d,), d.id) == sought.intervention), None)
    values = tuple(_values(found.arms)) if found.arms else ()
    doi = document.metadata.identifiers.doi
    return Proposal(
        id=short_id(document.id, found.start, found.end, question.id),
        document=document.id,
        question=question.id,
        study=_study(document),
        source=f"https://doi.org/{doi}" if doi else document.source.name,
        drug=drug,
        days=found.days,
        values=values,
        where=found.where,
        start=found.start,
        end=found.end,
        quote=document.text[found.start : found.end],
        confidence=found.confidence,
    )


def _values(arms: tuple[FoundArm, FoundArm]) -> Iterator[ProposedValue]:
    for arm, side in zip(arms, ("exp", "ctl"), strict=True):
        for name in _FIELDS:
            value: Value | None = getattr(arm, name)
            if value is not None:
                yield ProposedValue(
                    f"{name}_{side}", value.value, value.start, value.end, value.computed
                )


def _study(document: Document) -> str:
    """Name a study as tables do: first author and year."""
    data = document.metadata
    author = data.authors[0].family if data.authors else (data.title or document.source.name)[:60]
    return f"{author} {data.year}" if data.year else author

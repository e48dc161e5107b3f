"""Compare: a text with what the base holds, sentence by sentence; it abstains by default."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from probatum.model.answer import Answer, Verdict
from probatum.model.flag import Flag
from probatum.model.pack import Pack
from probatum.text.concepts import Concept, concepts, nearest
from probatum.text.sentences import segment
from probatum.verdicts.beside import Library
from probatum.verdicts.context import Said
from probatum.verdicts.efficacy import judge_effect
from probatum.verdicts.facts import judge_dose, judge_interactions, judge_mechanism, judge_use
from probatum.verdicts.finding import Finding, gravest
from probatum.verdicts.harms import judge_harm, judge_safe
from probatum.verdicts.known import Known, known
from probatum.verdicts.newer import dated, newer
from probatum.verdicts.rates import judge_rate
from probatum.verdicts.rules import judge_rules
from probatum.verdicts.said import said
from probatum.verdicts.shape import judge_shape
from probatum.verdicts.speech import cue, is_claim, may_claim

_PRONOUN = re.compile(
    r"\W*(?:(?:additionally|furthermore|moreover|in addition|also|however|thus|for example),? )?"
    r"(?:its?|they|their|(?:this|the|these|such) (?:drug|medication|medicine|treatment|therapy"
    r"|infusions?|compound|agent|effects?|benefits?))\b",
    re.IGNORECASE,
)
_LONGEST = 4_000
_EFFECTS = frozenset({"improves", "worsens", "no-benefit"})
_HARMS = frozenset({"causes", "not-causes", "minimises", "reduces"})
_NOTHING = Finding("no_evidence", "nothing in the base bears on this claim")
_NO_CLAIM = Finding("not_checkable", "no claim on the therapy was recognised")


def compare(  # noqa: PLR0913, public: keyword-only options
    text: str,
    document: str,
    answers: Sequence[Answer],
    pack: Pack,
    flags: Sequence[Flag] = (),
    *,
    blocks: Sequence[tuple[int, int]] | None = None,
    library: Library | None = None,
    year: int | None = None,
) -> tuple[Verdict, ...]:
    """Hold a text against pooled answers and the pack's statements.

    Each sentence gets one verdict. "not_checkable" has no claim on the therapy, "no_evidence" a
    claim on which nothing is held; the others name their evidence with its source. Where a
    sentence says several things, a contradiction decides before an excess, an excess before
    support. ``flags`` of the same text are named beside the sentences they touch; ``blocks`` are
    spans that no sentence crosses (None: the whole text); ``library`` gives what the base's
    documents claim on a question, to be shown beside; of a text of a known ``year`` the reason
    names evidence that is younger. ``faithful`` is what the base itself says
    where a claim was judged.

    Some 1,000 sentences a second.
    """
    held = _Held(known(answers, pack), library)
    years = dated(answers, pack) if year is not None else None
    marks = sorted((f.start, f.end or 0, f.kind) for f in flags if f.start is not None)
    made = []
    last: str | None = None
    topic: str | None = None
    for start, end, _ in segment(text, [(0, len(text))] if blocks is None else blocks):
        quote = text[start:end]
        found = concepts(held.known.matcher, quote[:_LONGEST])
        implied = last if _PRONOUN.match(quote) else None
        finding = _judge(_Sentence(quote[:_LONGEST], found, implied, topic), held)
        late = newer(finding.evidence, year, years) if years is not None else ""
        finding = replace(finding, reason=f"{finding.reason}; {late}") if late else finding
        place = document, start, end, quote
        made.append(_verdict(place, finding, _touching(marks, start, end)))
        drug, named = nearest(found, ("drug",), 0), nearest(found, ("indication",), 0)
        last = drug.id if drug else last
        topic = named.id if named else topic
    return tuple(made)


def _verdict(
    place: tuple[str, int, int, str], finding: Finding, touching: tuple[str, ...]
) -> Verdict:
    told = finding.verdict, finding.reason, finding.evidence
    return Verdict(*place, *told, touching, _faithful(finding))


def _faithful(finding: Finding) -> str | None:
    """Give the sentence that the base would write on what was judged.

    Of a supported claim the evidence for it, of a contradicted one the evidence against it, of one
    that is too strong the most certain; a pooled answer, which is in GRADE's words, before a
    statement.
    """
    decided = {"supported": {True}, "contradicted": {False}, "overstated": {True, False}}
    wanted = decided.get(finding.verdict, set())
    ranked = sorted(finding.evidence, key=lambda e: (e.supports not in wanted, e.kind != "pooled"))
    return ranked[0].quote if ranked and wanted else None


@dataclass(frozen=True, slots=True)
class _Held:
    """What a text is held against, and what is shown beside."""

    known: Known
    beside: Library | None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, its concepts, the drug a pronoun stands for, the condition last named."""

    text: str
    found: list[Concept]
    implied: str | None
    topic: str | None


def _judge(sentence: _Sentence, held: _Held) -> Finding:
    if not may_claim(sentence.text):
        return _NO_CLAIM
    rules = judge_rules(sentence.text, held.known)
    shaped = _shape(sentence, held.known)
    if shaped is not None or any("approval" in one.reason for one in rules):
        return gravest([*rules, *([shaped] if shaped else [])]) or _NOTHING
    claimed = said(sentence.text, sentence.found, sentence.implied, sentence.topic)
    judged = gravest([*rules, *_findings(sentence, claimed, held)])
    if judged is not None:
        return judged
    idle = cue("no_claim").search(sentence.text) and all(one.presupposed for one in claimed)
    open_ = is_claim(sentence.text, sentence.found, sentence.implied) and not idle
    return _NOTHING if open_ else _NO_CLAIM


def _shape(sentence: _Sentence, known: Known) -> Finding | None:
    """Judge what is said of effect over dose, which no other reading does justice."""
    drug = nearest(sentence.found, ("drug",), 0)
    name = drug.id if drug else sentence.implied
    topic = nearest(sentence.found, ("indication",), 0)
    condition = topic.id if topic else sentence.topic
    return judge_shape(sentence.text, name, condition, known) if name else None


def _findings(sentence: _Sentence, claimed: Sequence[Said], held: _Held) -> Iterator[Finding]:
    """Judge each thing that a sentence says, and what it says of safety, company and dose."""
    text, found = sentence.text, sentence.found
    studied = cue("no_claim").search(text) is not None
    for one in claimed:
        idle = studied and (one.presupposed or one.relation == "used-for")
        judged = None if idle else _one(text, one, held)
        if judged is not None:
            yield judged
    drugs = {c.id for c in found if c.kind == "drug"} or {sentence.implied} - {None}
    for drug in sorted(filter(None, drugs)):
        yield from judge_interactions(text, drug, held.known)
        topic = nearest(found, ("indication",), 0)
        condition = topic.id if topic else sentence.topic
        rate = judge_rate(text, drug, condition, held.known)
        safe = judge_safe(text, drug, found, held.known)
        yield from (one for one in (rate, safe) if one is not None)
    dosed = judge_dose(text, found, held.known) if drugs else None
    if dosed is not None:
        yield dosed


def _one(sentence: str, claim: Said, held: _Held) -> Finding | None:
    if claim.relation in _EFFECTS:
        return judge_effect(sentence, claim, held.known, held.beside)
    if claim.relation in _HARMS:
        return judge_harm(sentence, claim, held.known)
    if claim.relation == "used-for":
        return judge_use(claim, held.known)
    return judge_mechanism(sentence, claim, held.known)


def _touching(marks: list[tuple[int, int, str]], start: int, end: int) -> tuple[str, ...]:
    at = bisect_left(marks, (end, 0, ""))
    near = (mark for mark in marks[max(0, at - 200) : at] if mark[1] > start)
    return tuple(sorted({kind for _, _, kind in near}))

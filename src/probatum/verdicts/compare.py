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
from probatum.text.cues import HEDGE
from probatum.text.sentences import segment
from probatum.verdicts.aligned import judge_aligned
from probatum.verdicts.beside import Library
from probatum.verdicts.context import Said
from probatum.verdicts.course import judge_course, judge_onset
from probatum.verdicts.disputed import disputed, turned
from probatum.verdicts.efficacy import judge_effect
from probatum.verdicts.facts import (
    judge_dose,
    judge_interactions,
    judge_mechanism,
    judge_part,
    judge_use,
)
from probatum.verdicts.finding import Finding, by, gravest
from probatum.verdicts.gist import gist
from probatum.verdicts.harms import judge_harm, judge_safe
from probatum.verdicts.known import Known, known
from probatum.verdicts.learned import reading_of, weighed
from probatum.verdicts.newer import dated, newer
from probatum.verdicts.pairing import Reading
from probatum.verdicts.rates import judge_rate
from probatum.verdicts.ratios import judge_ratio
from probatum.verdicts.rules import judge_rules
from probatum.verdicts.said import said
from probatum.verdicts.shape import judge_shape
from probatum.verdicts.speech import cue, is_claim, may_claim
from probatum.verdicts.standing import judge_standing, judge_unknown
from probatum.verdicts.thread import Thread
from probatum.verdicts.wording import HYPE, STRONG

_LONGEST = 4_000
# "receptor.31 The", "anxiety?Depending on", "in pain.It is": common where markup was lost.
_TIGHT_STOP = re.compile(
    r"(?<=[a-z]{3})[.?!](?:(?:\d{1,3}(?:[,\u2013-]\d{1,3}){0,4}|one|two|three|four|five|six|seven"
    r"|eight|nine|ten)(?P<space>\s)|)(?=[A-Z][\w\u2019'-]*\s\w)"
)
_EFFECTS = frozenset({"improves", "worsens", "no-benefit"})
_OPEN = frozenset({"no_evidence", "not_checkable"})
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
    article: bool = False,
) -> tuple[Verdict, ...]:
    """Hold a text against pooled answers and the pack's statements.

    Each sentence gets one verdict. "not_checkable" has no claim on the therapy, "no_evidence" a
    claim on which nothing is held; the others name their evidence with its source. Where a
    sentence says several things, a contradiction decides before an excess, an excess before
    support. ``flags`` of the same text are named beside the sentences they touch; ``blocks`` are
    spans that no sentence crosses (None: the whole text); ``library`` gives what the base's
    documents claim on a question, to be shown beside; of a text of a known ``year`` the reason
    names evidence that is younger. Sentences of a research ``article``, which tell of its own
    data, are left to the rules. ``faithful`` is what the base itself says
    where a claim was judged.

    Some 200 sentences a second where all are short claims, more of other prose.
    """
    held = _Held(known(answers, pack), library)
    years = dated(answers, pack) if year is not None else None
    marks = sorted((f.start, f.end or 0, f.kind) for f in flags if f.start is not None)
    made = []
    for place, reading in _readings(text, held, blocks):
        start, end = place
        finding = reading.rules if article else weighed(reading, held.known)
        finding = turned(finding) if disputed(text[start:end]) is not None else finding
        late = newer(finding.evidence, year, years) if years is not None else ""
        finding = replace(finding, reason=f"{finding.reason}; {late}") if late else finding
        whole = document, start, end, text[start:end]
        made.append(_verdict(whole, finding, _touching(marks, start, end)))
    return tuple(made)


def readings(text: str, answers: Sequence[Answer], pack: Pack) -> list[Reading]:
    """Give each sentence of a text as the model weighs it, with what the rules find."""
    return [one for _, one in _readings(text, _Held(known(answers, pack), None), None)]


def _readings(
    text: str, held: _Held, blocks: Sequence[tuple[int, int]] | None
) -> Iterator[tuple[tuple[int, int], Reading]]:
    known_ = held.known
    thread = Thread(default=known_.root, forms=known_.by_route(), inert=known_.inert)
    for start, end in _sentences(text, [(0, len(text))] if blocks is None else blocks):
        quote = text[start : min(end, start + _LONGEST)]
        quote = disputed(quote) or quote
        found = concepts(held.known.matcher, quote)
        implied = thread.implied(quote, found)
        asked = may_claim(quote)
        claimed = said(quote, found, implied, thread.topic) if asked else []
        finding = _judge(_Sentence(quote, found, implied, thread.topic, claimed), held)
        content = gist(quote, found, held.known.parents)
        if finding.verdict in _OPEN and asked:
            aligned = judge_aligned(quote, found, content, implied, held.known)
            finding = next(iter(by("aligned", aligned)), finding)
        yield (start, end), reading_of(quote, found, content, (implied, claimed), finding)
        thread = thread.after(quote, found, implied)


def _sentences(text: str, blocks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the sentences, also those whose stop a reference number or no space at all follows."""
    for start, end, _ in segment(text, blocks):
        at = start
        for stop in _TIGHT_STOP.finditer(text, start, end):
            yield at, stop.start("space") if stop["space"] else stop.end()
            at = stop.end()
        yield at, end


def _verdict(
    place: tuple[str, int, int, str], finding: Finding, touching: tuple[str, ...]
) -> Verdict:
    told = finding.verdict, finding.reason, finding.evidence
    return Verdict(*place, *told, touching, _faithful(finding))


def _faithful(finding: Finding) -> str | None:
    """Give the sentence that the base would write on what was judged.

    Of a supported claim the evidence for it, of a contradicted one the evidence against it, of one
    that is too strong the most certain; of equal certainty a pooled answer, which is in GRADE's
    words, before a statement.
    """
    decided = {"supported": {True}, "contradicted": {False}, "overstated": {True, False}}
    wanted = decided.get(finding.verdict, set())
    ranked = sorted(finding.evidence, key=lambda e: (e.supports not in wanted, e.kind == "claim"))
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
    claimed: list[Said]


def _judge(sentence: _Sentence, held: _Held) -> Finding:
    if not may_claim(sentence.text):
        return _NO_CLAIM
    rules = judge_rules(sentence.text, held.known, sentence.implied)
    shaped = _shape(sentence, held.known)
    if shaped is not None:
        return gravest([*rules, *by("shape", shaped)]) or _NOTHING
    claimed = sentence.claimed
    judged = gravest([*rules, *_findings(sentence, claimed, held)])
    open_ = is_claim(sentence.text, sentence.found, sentence.implied)
    if judged is not None and (open_ or judged.verdict != "no_evidence"):
        return judged
    idle = bool(claimed) and cue("no_claim").search(sentence.text) is not None
    idle = idle and all(one.presupposed for one in claimed)
    return _NOTHING if open_ and not idle else _NO_CLAIM


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
    drugs = {c.id for c in found if c.kind == "drug"} or {sentence.implied} - {None}
    unknown = judge_unknown(text, held.known) if drugs else None
    yield from by("unknown", unknown)
    if unknown is None or STRONG.search(text) or HYPE.search(text):
        yield from _claims(sentence, claimed, held)  # else "how it lifts mood" only names it
    for drug in sorted(filter(None, drugs)):
        yield from _of_drug(sentence, drug, held.known)
    yield from by("dose", judge_dose(text, found, held.known) if drugs else None)


def _claims(sentence: _Sentence, claimed: Sequence[Said], held: _Held) -> Iterator[Finding]:
    """Judge what verbs of effect, harms and mechanisms say."""
    text = sentence.text
    studied = cue("no_claim").search(text) is not None
    open_ = []
    for one in claimed:
        idle = studied and (one.presupposed or one.relation == "used-for")
        judged = None if idle else _one(text, one, held)
        if judged is not None:
            yield from by(one.relation, judged)
        elif one.relation == "acts-by" and not HEDGE.search(text):
            open_.append(one.thing.id)
    yield from by("part", judge_part(open_, claimed, held.known))


def _of_drug(sentence: _Sentence, drug: str, known: Known) -> Iterator[Finding]:
    """Judge what is said of a drug without a verb that is bound to a thing."""
    text, found = sentence.text, sentence.found
    for met in judge_interactions(text, drug, known):
        yield from by("interaction", met)
    topic = nearest(found, ("indication",), 0)
    condition = topic.id if topic else sentence.topic
    yield from by("ratio", judge_ratio(text, drug, condition, found, known))
    if not _other_first(found):
        yield from by("rate", judge_rate(text, drug, condition, known))
    yield from by("standing", judge_standing(text, drug, found, sentence.topic, known))
    yield from by("onset", judge_onset(text, drug, condition, known))
    yield from by("safe", judge_safe(text, drug, found, known))
    yield from by("course", judge_course(text, drug, condition, known))


def _other_first(found: list[Concept]) -> bool:
    """Whether another treatment is named before the drug, so that a share may be its own."""
    first = nearest(found, ("drug", "comparator"), 0)
    return first is not None and first.kind == "comparator"


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

"""Compare: a text with what the base holds, sentence by sentence; it abstains by default."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from probatum.model.answer import Answer, Evidence, Verdict
from probatum.model.flag import Flag
from probatum.model.pack import Pack, PackStatement
from probatum.text.concepts import Concept, concepts, nearest
from probatum.text.positions import Position, agreed, opposed, positions
from probatum.text.sentences import segment
from probatum.verdicts.efficacy import Finding, is_claim, judge_effect
from probatum.verdicts.known import Known, known

_PRONOUN = re.compile(
    r"(?:it|they|(?:this|the) (?:drug|medication|medicine|treatment))\b", re.IGNORECASE
)
_LONGEST = 4_000


def compare(
    text: str,
    document: str,
    answers: Sequence[Answer],
    pack: Pack,
    flags: Sequence[Flag] = (),
    *,
    blocks: Sequence[tuple[int, int]] | None = None,
) -> tuple[Verdict, ...]:
    """Hold a text against pooled answers and the pack's statements.

    Each sentence gets one verdict. "not_checkable" has no claim on the therapy, "no_evidence" a
    claim on which nothing is held; the others name their evidence with its source. Statements on
    approval, monitoring and contraindications come before pooled numbers. ``flags`` of the same
    text are named beside the sentences they touch; ``blocks`` are spans that no sentence crosses
    (None: the whole text). ``faithful`` is what the base itself says where a claim was judged.

    Some 1,000 sentences a second.
    """
    held = known(answers, pack)
    marks = sorted((f.start, f.end or 0, f.kind) for f in flags if f.start is not None)
    made = []
    last: str | None = None
    for start, end, _ in segment(text, [(0, len(text))] if blocks is None else blocks):
        quote = text[start:end]
        found = concepts(held.matcher, quote[:_LONGEST])
        implied = last if _PRONOUN.match(quote) else None
        finding = _judge(quote[:_LONGEST], found, held, implied)
        touching = _touching(marks, start, end)
        made.append(
            Verdict(
                document,
                start,
                end,
                quote,
                finding.verdict,
                finding.reason,
                finding.evidence,
                touching,
                _faithful(finding),
            )
        )
        drug = nearest(found, ("drug",), 0)
        last = drug.id if drug else last
    return tuple(made)


def _faithful(finding: Finding) -> str | None:
    """Give the sentence that the base would write: its pooled answer, else its statement."""
    if finding.verdict not in {"supported", "overstated", "contradicted"}:
        return None
    ranked = sorted(finding.evidence, key=lambda item: item.kind != "pooled")
    return ranked[0].quote if ranked else None


def _judge(sentence: str, found: list[Concept], held: Known, implied: str | None) -> Finding:
    said = positions(sentence, held.matcher)
    rules = _by_statements([p for p in said if p.topic != "harm"], held)
    harms = _by_statements([p for p in said if p.topic == "harm"], held)
    opposing = harms if harms is not None and harms.verdict == "contradicted" else None
    judged = rules or opposing or judge_effect(sentence, found, held, implied) or harms
    if judged is not None:
        return judged
    if is_claim(sentence, found, implied):
        return Finding("no_evidence", "nothing in the base bears on this claim", ())
    return Finding("not_checkable", "no claim on the therapy was recognised", ())


def _by_statements(said: Sequence[Position], held: Known) -> Finding | None:
    """Judge by the pack's statements: an opposing one decides, an agreeing one supports.

    A word on an approval of which nothing is held is never read as a claim of effect.
    """
    agreeing: Finding | None = None
    for position in said:
        against = opposed(position, held.positions, held.related)
        if against:
            reason = f"a statement of the base on {position.topic} says the opposite"
            evidence = tuple(_evidence(held.statements[i], supports=False) for i in against[:3])
            return Finding("contradicted", reason, evidence)
        same = agreed(position, held.positions, held.related)
        if same and agreeing is None and not position.found:
            reason = f"a statement of the base on {position.topic} says the same"
            evidence = tuple(_evidence(held.statements[i], supports=True) for i in same[:3])
            agreeing = Finding("supported", reason, evidence)
    if agreeing is None and any(p.topic == "approval" and p.drugs for p in said):
        return Finding("no_evidence", "nothing in the base bears on this approval", ())
    return agreeing


def _evidence(statement: PackStatement, *, supports: bool) -> Evidence:
    source = statement.sources[0] if statement.sources else None
    return Evidence(
        "statement",
        statement.id,
        statement.text,
        f"{statement.source_type}, {statement.strength}",
        source.url if source else None,
        supports,
    )


def _touching(marks: list[tuple[int, int, str]], start: int, end: int) -> tuple[str, ...]:
    at = bisect_left(marks, (end, 0, ""))
    near = (mark for mark in marks[max(0, at - 200) : at] if mark[1] > start)
    return tuple(sorted({kind for _, _, kind in near}))

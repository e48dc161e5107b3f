"""Claims on dose and effect: more with more, a turn, one dose against another.

Held against what the answers say along dose: a difference between the doses that were tried, and
a turn between them. That neither is shown never means that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.model.answer import Answer, Evidence
from probatum.model.curve import DoseSet
from probatum.verdicts.finding import Finding
from probatum.verdicts.items import fits_drug
from probatum.verdicts.known import Known

_SURE = 0.05
_MOST = 3
_TURN = re.compile(
    r"\b(?:(?:inverted|inverse)[- \u2010\u2011]u|u[- \u2010\u2011]shaped|bell[- ]shaped"
    r"|biphasic)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:unclear|unknown|uncertain|not (?:yet )?(?:known|clear|established)|remains to be)\b",
    re.IGNORECASE,
)
_DOSE = r"\d{1,4}(?:\.\d{1,3})?\s?(?:mg|mcg|ug|\u00b5g)(?:/kg)?"
_BETTER = r"(?:better|more|stronger|greater|superior|twice|larger|higher|longer|most)"
_MORE = re.compile(
    rf"\b(?:higher|larger|bigger|greater|increasing) dos(?:es?|ages?)\b[^.;]{{0,60}}\b{_BETTER}\b"
    rf"|\b{_BETTER}\b[^.;]{{0,60}}\b(?:at|with) (?:higher|larger|bigger|greater) dos(?:es?|age)"
    r"|\bdose[- ](?:dependent(?:ly)?|related|response)\b"
    rf"|\b{_DOSE}[^.;]{{0,60}}\b{_BETTER}\b[^.;]{{0,40}}\bthan\b[^.;]{{0,20}}\b{_DOSE}"
    rf"|\b{_DOSE}[^.;]{{0,60}}\btwice as\b[^.;]{{0,40}}\b{_DOSE}",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:adverse|side[- ]effects?|risks?|harm\w*|toxic\w*|unsafe|dissociat\w*|dizz\w*|nause\w*"
    r"|blood pressure|sedat\w*|overdos\w*|abus\w*|misus\w*)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\d\s?(mg|mcg|ug|\u00b5g)(/kg| per kg)?\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no(?:t|r)?|never|without|neither|n't)\b[^.;]{0,40}\b(?:better|more|dose|superior)",
    re.IGNORECASE,
)


def judge_shape(sentence: str, drug: str, condition: str | None, known: Known) -> Finding | None:
    """Judge what a sentence says of the shape of effect over dose; None where it says nothing.

    Denials are left alone: that doses do not differ cannot be shown by a test that finds none. So
    are harms, which the curves are not of.
    """
    turn, unit = _TURN.search(sentence) is not None, _unit(sentence)
    # Without a condition or a dose "effects are dose-dependent" may be of anything.
    of_benefit = turn or bool(_MORE.search(sentence) and (condition or unit))
    if not of_benefit or _DENIED.search(sentence) or _HARM.search(sentence):
        return None
    held = [one for one in _held(drug, condition, known) if unit in {None, _of(one[0])}]
    if not held:
        return Finding("no_evidence", "the base holds no comparison of doses on this")
    shown = [one for one in held if (_turns if turn else _differs)(one[1])]
    what = "a turn between the doses tried" if turn else "a difference between the doses tried"
    reason = f"{what} is shown in {len(shown)} of {len(held)} answers with several doses"
    borne_out = len(shown) * 2 > len(held)
    if _OPEN.search(sentence):
        shown, borne_out = [one for one in held if one not in shown], not borne_out
    evidence = tuple(_evidence(a, known, supports=(a, s) in shown) for a, s in held)[:_MOST]
    if borne_out:
        return Finding("supported", reason, evidence)
    return Finding("overstated", f"{reason}; it cannot be excluded", evidence)


def _held(drug: str, condition: str | None, known: Known) -> Iterator[tuple[Answer, DoseSet]]:
    """Give the answers with several doses on the condition, the ones with most people first."""
    family = {condition, *known.family(condition)} if condition else None
    found = [
        (answer, answer.dose.sets[0])
        for answer in known.answers
        if answer.dose is not None
        and (
            fits_drug(drug, answer.question.drug, known)
            or known.parents.get(answer.question.drug or "") == drug
        )
        and (family is None or answer.question.indication in family)
    ]
    yield from sorted(found, key=lambda one: (-(one[0].pooled.n or 0), one[0].question.id))


def _unit(sentence: str) -> str | None:
    """Give the unit of the first dose that is named.

    >>> _unit("84 mg v 56 mg"), _unit("above 0.5 mg per kg"), _unit("more")
    ('mg', 'mg/kg', None)
    """
    found = _UNIT.search(sentence)
    return None if found is None else found[1].lower() + ("/kg" if found[2] else "")


def _of(answer: Answer) -> str | None:
    return answer.dose.unit if answer.dose else None


def _differs(found: DoseSet) -> bool:
    return found.equal_p is not None and found.equal_p < _SURE


def _turns(found: DoseSet) -> bool:
    both = (found.turn_p, found.monotone_p)
    return all(p is not None and p < _SURE for p in both)


def _evidence(answer: Answer, known: Known, *, supports: bool) -> Evidence:
    dose = answer.dose
    rows = [point.row_id for point in dose.points] if dose else []
    link = next((known.links[row] for row in rows if row in known.links), None)
    text = f"{answer.question.label}: {dose.text}" if dose else answer.sentence
    return Evidence(
        "pooled",
        answer.question.id,
        text,
        f"effect against dose ({', '.join(rows)})",
        link,
        supports,
    )

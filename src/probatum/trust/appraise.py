"""Appraise: one document to its flags and its profile, each flag with rule and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from probatum.model.document import Document
from probatum.model.flag import Appraisal, Flag, Profile
from probatum.model.pack import Pack
from probatum.model.passage import Repeat
from probatum.model.study import STUDIES, SYSTEMATIC
from probatum.model.work import Notice
from probatum.text.digest import short_id
from probatum.trust.checks import CHECKS, Check
from probatum.trust.findings import Findings
from probatum.trust.learned import learned
from probatum.trust.lists import Lists
from probatum.trust.review import gravest
from probatum.trust.sign import Sign
from probatum.trust.signals import study
from probatum.trust.spun import Spun, judge_spun
from probatum.trust.subject import Subject, subject

# Checks of wording know English only.
_ANY_LANGUAGE = frozenset({"identity", "records"})


def appraise(
    document: Document,
    pack: Pack,
    notices: Sequence[Notice] = (),
    repeats: Sequence[Repeat] = (),
    lists: Lists | None = None,
) -> Appraisal:
    """Appraise one document against the checks, the pack and the notices in the base.

    ``notices`` are all of the base; those about other records are ignored. ``repeats`` are the
    passages of this document that another one holds too; ``lists`` what the base holds beside the
    shipped lists. A text that is not
    English prose is checked for identity and records only, and its profile says "not assessed".
    """
    given = subject(document, pack, notices, repeats, lists)
    checks = [c for c in CHECKS if given.english or c.dimension in _ANY_LANGUAGE]
    flags = [
        flag
        for check in checks
        if not check.after
        for flag in _flags(given, check, check.load()(given))
    ]
    flags = _without_praise_of_errors(flags)
    spun = judge_spun(flags, given.wording, given.words, on_health=given.on_health)
    findings = Findings(tuple(flags), spun)
    for check in checks:
        if check.after:
            flags.extend(_flags(given, check, check.load_after()(given, findings)))
    flags.extend([_flag(document, check, sign) for check, sign in learned(given, flags)])
    flags.sort(key=lambda f: (f.start is not None, f.start or 0, f.end or 0, f.kind))
    return Appraisal(document.id, tuple(flags), _profile(given, flags, spun))


def _flags(given: Subject, check: Check, found: Iterator[Sign]) -> Iterator[Flag]:
    signs = list(islice(found, check.most + 1))
    if len(signs) > check.most:
        last = signs[check.most - 1]
        signs = [*signs[: check.most - 1], replace(last, evidence=last.evidence + "; more follow")]
    seen = set()
    for sign in signs:
        if (sign.start, sign.end) not in seen:
            seen.add((sign.start, sign.end))
            yield _flag(given.document, check, sign)


def _without_praise_of_errors(flags: list[Flag]) -> list[Flag]:
    """Drop signs to the good on a sentence that is itself against the pack."""
    wrong = {
        (f.start, f.end) for f in flags if f.dimension == "support" and f.severity == "serious"
    }
    return [f for f in flags if f.dimension != "good" or (f.start, f.end) not in wrong]


def _flag(document: Document, check: Check, sign: Sign) -> Flag:
    place = (sign.start, sign.end) if sign.start is not None and sign.end is not None else None
    start, end = place or (0, 0)
    return Flag(
        id=short_id(document.id, start, end, f"flag:{check.kind}"),
        document=document.id,
        rule=f"{check.kind}/{check.version}",
        kind=check.kind,
        scope="span" if place else "document",
        severity=sign.severity or check.severity,
        explanation=sign.explanation,
        evidence=sign.evidence,
        reference=check.reference,
        dimension=check.dimension,
        start=sign.start,
        end=sign.end,
        quote=document.text[start:end] if place else None,
        suggestion=sign.suggestion,
        instrument=check.instrument,
        version=check.version,
    )


def _profile(given: Subject, flags: Sequence[Flag], spun: Spun) -> Profile:
    """Give the gravest flag a line."""
    reported = study(given.document, given.sentences) if given.english else None
    is_study = reported is not None and reported.design in (*STUDIES, *SYSTEMATIC)
    return Profile(
        document=given.document.id,
        identity=gravest(flags, "identity"),
        integrity=gravest(flags, "integrity"),
        interest=gravest(flags, "interest") if given.english else "not assessed",
        support=gravest(flags, "support") if given.english else "not assessed",
        certainty=gravest(flags, "certainty") if is_study else "not assessed",
        spun=spun.spun,
        spun_score=spun.score,
        study=reported,
    )

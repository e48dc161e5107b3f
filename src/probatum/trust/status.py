"""What a page says of a medicine's status beside naming an approved use: who approved, for whom.

Whatever the medicine: regulators approve medicines, not programmes; others do not approve any;
what a pharmacy compounds shares no approval; what a source calls controlled is not sold freely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from probatum.model.pack import PackStatement
from probatum.text.hazards import asserted
from probatum.text.terms import Matcher
from probatum.trust.told import is_told, own_words

_LONGEST = 2_000
_APPROVED = r"(?:approv\w+|licen[sc]\w+|authori[sz]\w+|clear(?:ed|ance)|certif\w+)"
_REGULATOR = r"(?:FDA|EMA|MHRA|TGA|European Medicines Agency|Health Canada)"
_OFFER = r"(?:protocols?|program(?:me)?s?|methods?|clinics?|cent(?:er|re)s?|courses?|retreats?)"
_NO_REGULATOR = (
    r"(?:NHS|World Health Organi[sz]ation|WHO|wellness (?:\w+)|tourist board|chamber of commerce"
    r"|trade (?:body|association)|insurers?|health ministry|CE[- ]?mark\w*|ISO \d+)"
)
_ADVISER = r"(?:NICE|SMC|IQWiG|PBAC|ICER)"
_DENIED = re.compile(
    r"\b(?:not?|never|nor|neither|none|nothing|nobody|without|un(?:approved|licensed)|cannot"
    r"|illegal\w*|unlawful\w*|crim\w+|danger\w*|risk\w*|warn\w*|seiz\w+|counterfeit\w*|fake\w*"
    r"|ethics|board of ethics|off-label)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_ILLEGAL = re.compile(
    r"\b(?:illegal\w*|unlawful\w*|crim\w+|danger\w*|risk\w*|warn\w*|seiz\w+|counterfeit\w*|fake\w*"
    r"|never|cannot|avoid|not (?:be )?(?:buy|bought|sold|take|taken|available|legal))\b"
    r"|n['\u2019]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern of what is said, what takes it back, and how a statement against it is worded."""

    said: re.Pattern[str]
    unless: re.Pattern[str]
    against: re.Pattern[str]


_ANY_STATUS = re.compile(_APPROVED, re.IGNORECASE)
_RULES = (
    _Rule(  # a regulator is said to have approved what is offered, not a medicine
        re.compile(
            rf"\b{_OFFER}\b[^.;]{{0,60}}\b{_APPROVED}\b[^.;]{{0,30}}\b{_REGULATOR}\b"
            rf"|\b{_REGULATOR}\b[^.;]{{0,40}}\b{_APPROVED}\b[^.;]{{0,40}}\b{_OFFER}\b"
            rf"|\b{_OFFER}\b[^.;]{{0,40}}\b{_REGULATOR}[- ]{_APPROVED}\b"
            rf"|\b{_REGULATOR}[- ]{_APPROVED} (?:[\w-]+ ){{0,3}}{_OFFER}\b",
            re.IGNORECASE,
        ),
        _DENIED,
        _ANY_STATUS,
    ),
    _Rule(  # somebody who approves no medicines
        re.compile(
            rf"\b{_APPROVED}\b[^.;]{{0,30}}\b(?:by|under|from|of) (?:the |an? )?"
            rf"(?:[\w'\u2019-]+ )?{_NO_REGULATOR}\b"
            rf"|\b{_NO_REGULATOR}\b[^.;]{{0,50}}\b{_APPROVED}\b",
            re.IGNORECASE,
        ),
        _DENIED,
        _ANY_STATUS,
    ),
    _Rule(  # a body that advises who pays is said to be for it
        re.compile(
            rf"\b{_ADVISER}\b[^.;]{{0,40}}\b(?:recommends?|recommended|backs|supports|endorses|pays)\b"
            rf"|\b(?:recommended|backed|endorsed) by {_ADVISER}\b",
            re.IGNORECASE,
        ),
        _DENIED,
        re.compile(rf"\b{_ADVISER} (?:did|does) not recommend\b"),
    ),
    _Rule(  # what a pharmacy compounds
        re.compile(rf"\bcompound(?:ed|ing)\b[^.;]{{0,80}}\b{_APPROVED}", re.IGNORECASE),
        _DENIED,
        re.compile(r"compound", re.IGNORECASE),
    ),
    _Rule(  # sold freely
        re.compile(
            r"\b(?:no|without(?: an?| any)?|needs? no|non-?) ?(?:[\w-]+ or )?"
            r"(?:REMS|prescription|script|doctor['\u2019]s (?:note|order))\b"
            r"|\bover[- ]the[- ]counter\b|\bprescription[- ]free\b"
            r"|\b(?:(?:no longer|not|neither is|none is|isn.t|aren.t|never) (?:\w+ )?(?:an? )?"
            r"(?:controlled|scheduled)|unscheduled)\b"
            r"|\b(?:taken|struck|dropped|removed|came|come) (?:off|from) (?:the|every|any)"
            r" (?:\w+ ){0,3}?(?:controlled|scheduled|restricted) (?:drugs?|substances?|list)\b"
            r"|\blegal to (?:buy|order|own|possess|sell)\b"
            r"|\b(?:no longer|isn.t|not) (?:\w+ )?(?:counts?|lists?|classif\w+|regards?|treats?)\b"
            r"[^.;]{0,40}\b(?:scheduled|controlled|restricted)\b|\bde-?scheduled\b"
            r"|\bREMS\b[^.;]{0,50}\b(?:lifted|dropped|scrapped|ended|abolished|gone|removed)\b"
            r"|\b(?:any|every|your (?:local|corner)) (?:pharmacy|chemist|drug ?store)\b",
            re.IGNORECASE,
        ),
        _ILLEGAL,
        re.compile(r"\b(?:schedule|REMS|prescription|controlled)\b", re.IGNORECASE),
    ),
)
_NOT_DONE = re.compile(r"\b(?:not|never|n.t|yet to) (?:be(?:en)? )?$", re.IGNORECASE)
# A quick look before these: a word of each.
STATUS = re.compile(
    r"approv|licen[sc]|authori[sz]|clear(?:ed|ance)|certif|prescri|\bscript|REMS|doctor['\u2019]s"
    r"|recommend|back(?:s|ed)|supports|endors|\bpays|counter|controlled|schedul|legal to"
    r"|pharmacy|chemist|drug ?store",
    re.IGNORECASE,
)


def against_status(
    text: str, drugs: frozenset[str], statements: tuple[PackStatement, ...], words: Matcher
) -> Iterator[PackStatement]:
    """Give the statements of the pack that a sentence on a drug's status stands against.

    ``statements`` are the regulators'; of those that fit, the one that names the drug comes first,
    and only one is given for each thing said.
    """
    cut = own_words(text[:_LONGEST])
    for rule in _RULES:
        found = rule.said.search(cut)
        free = rule is _RULES[-1]  # its own "no prescription" takes nothing back
        if (
            not found
            or _NOT_DONE.search(cut[: found.start()])
            or rule.unless.search(_without(cut, found) if free else cut)
            or is_told(cut)
        ):
            continue
        fitting = [s for s in statements if rule.against.search(s.text)]
        fitting.sort(key=lambda s: not (_drugs(s.text, words) & drugs))
        if fitting and (free or asserted(cut)) and not cut.rstrip().endswith("?"):
            yield fitting[0]


def _without(text: str, found: re.Match[str]) -> str:
    """Cut a match out of a text."""
    return f"{text[: found.start()]} {text[found.end() :]}"


def _drugs(text: str, words: Matcher) -> frozenset[str]:
    return frozenset(n for m in words.find(text) for k, n in m.terms if k == "drug")

"""Who wrote a page, as its byline prints it: names, never a reviewer, never prose with "by"."""

from __future__ import annotations

import re
from typing import NamedTuple

from probatum.model.document import Author
from probatum.text.names import parse_name

_TITLES = r"(?:(?:dr|prof|professor|mr|mrs|ms|mx|sir|dame|associate|assistant|nurse)\b\.?\s*)*"
_WORD = r"(?:[^\W\d_a-z][\w'\u2019-]*\.?|(?:[^\W\d_a-z]\.){2,3})"
_PARTICLE = r"(?:de|van|von|der|den|di|da|la|le|bin|al|del|dos|el|ten|ter|zu)"
_DEGREE = (
    r"(?:M\.?D|Ph\.?D|D\.?O|M\.?Sc|B\.?Sc|M\.?S|M\.?A|B\.?A|R\.?N|M\.?P\.?H|MBBS|MBChB|MRCP|FRCP"
    r"|FRCGP|FACP|PharmD|Pharm\.D|RDN?|CRNP|NP|PA-C|DDS|DVM|MSN|BSN|LCSW|PsyD|DPT|DPhil|RPh|GP"
    r"|EdD|JD|MBA|MHS|MSW|DNP|FNP(?:-BC)?|CDE|CNS|FAAP|FACC|FRCPsych|MRCPsych|MRCGP)\.?"
)
_NAME = re.compile(
    rf"(?i:{_TITLES})(?P<name>{_WORD}(?:\s(?:{_WORD}|{_PARTICLE})){{0,4}})[\s\d*\u2020\u2021]*"
)
_DEGREES = re.compile(rf"{_DEGREE}(?:[\s,/]+{_DEGREE})*")
_TAIL = re.compile(rf"(?:\s+{_DEGREE})+$")
_SIGNED = re.compile(r"\b(?:dr|prof|professor)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:correspondent|reporter|writer|editor|journalist|columnist|author|physician|doctor|nurse"
    r"|pharmacist|psychiatrist|psychologist|surgeon|professor|lecturer|researcher|scientist"
    r"|diet[ic]+i?an|nutritionist|therapist|consultant|midwife|dentist|blogger|contributor"
    r"|[a-z]+ologist|[a-z]+iatrician|[a-z]+iatrist|general practitioner)\b",
    re.IGNORECASE,
)
_NO_ROLE = re.compile(
    r"\b(?:your|you|it|its|our|my|to|says?|is|are|or|if|how|why)\b", re.IGNORECASE
)
_ORGANISATION = re.compile(
    r"\b(?:university|hospitals?|institutes?|college|department|cent(?:er|re)s?|clinics?|school"
    r"|news|press|media|journal|magazine|times|post|staff|team|trust|foundation|association"
    r"|society|agency|council|service|nhs|group|desk|bureau|editors|reuters|bbc|cnn|afp|sports?|weekly|daily)\b",
    re.IGNORECASE,
)
# Words that stand with capitals where a name could stand, and are no part of one.
_NO_NAME = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the|our|your|this|these|my|you|we"
    r"|age|design|law|default|mouth|chance|contrast|type|drug|disease|treatment|health|medical"
    r"|new|san|los|north|south|east|west|united|kingdom|states|contributing|senior|special|guest"
    r"|read|share|home|about|contact|menu|abstract|background|introduction|side|effects?|category"
    r"|topics?|tags?|related|more|popular|demand|comments?|min|minutes?|advertisement|sponsored"
    r"|subscribe|sign|log|email|print|facebook|twitter|all|posts?|view|updated|published|hong"
    r"|inc|ltd|llc|gmbh|plc|corp|symptoms|causes|risks?|sleep|pain|therapy|care|study|review"
    r"|before|after|how|why|what|when|where|who|can|do|does|did|is|are|not|no|if|and|with|for|in|on"
    r"|it|its|cancer|test|tests|heart|blood|brain|breast|vaccine|trial|diabetes|surgery|pills?"
    r"|women|men|children|patients|food|weight|stroke|depression|anxiety|clinical|research|science"
    r"|admin|administrator|editorial|webmaster|anonymous|unknown|guest|user)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?P<sure>(?:posted|written|authored|published|prepared|compiled|text|article|story|words)\s+by"
    r"\s*:?\s+|(?:the\s+)?authors?(?:\(s\))?\s*:\s*)|(?P<by>by)(?::\s*|\s+)",
    re.IGNORECASE,
)
# Whom else a byline thanks: from here on nobody is an author.
_OTHERS = re.compile(
    r"[\s,;.|]*(?:\band\s+)?\b(?:(?:medically|clinically|scientifically|last|fact)[\s-]*)?"
    r"(?:reviewed|checked|approved|edited|translated|illustrated|photograph\w*|updated"
    r"|published|posted|for|in|at|on|from|of)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s*[;|]\s*|\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&|with)\s+")
_LONGEST, _MOST_WORDS = 240, 9


class Byline(NamedTuple):
    """Authors with what stands for it: a lead such as "By", degrees, a role behind the name."""

    authors: tuple[Author, ...]
    led: bool
    signed: bool


def byline(words: str) -> Byline | None:
    """Read a line, or a part of one between signs, that names who wrote the page.

    Names without a lead are given too, for the caller to judge by what stands around them. An
    organisation counts only behind a lead; a reviewer, an editor or a photographer never.

    >>> [author.family for author in byline("By Jane Roe, MD, and Ole Finke, nurse").authors]
    ['Roe', 'Finke']
    >>> byline("By contrast, the others slept well"), byline("Medically reviewed by Jane Roe")
    (None, None)
    """
    lead = _LEAD.match(words) if len(words) <= _LONGEST else None
    if lead is None:
        names, signed, tail = _names(words[:_LONGEST].strip(" ."), single=False)
        whole = names and not tail and len(words) <= _LONGEST
        return Byline(names, False, signed) if whole else None
    rest = _OTHERS.sub("", words[lead.end() :], count=1).strip(" .,;|")
    names, signed, tail = _names(rest, single=bool(lead["sure"]))
    if not names:
        group = _group(rest)
        return Byline((group,), True, False) if group else None
    brief = all(len(part.split()) <= _MOST_WORDS for part in tail)
    return Byline(names, True, signed) if brief else None


def _names(rest: str, single: bool) -> tuple[tuple[Author, ...], bool, list[str]]:
    """Give names, whether degrees or roles stand with them, and the parts that are neither."""
    names: list[Author] = []
    signed = False
    tail: list[str] = []
    for part in filter(None, _PARTS.split(rest)):
        if names and (_DEGREES.fullmatch(part) or _is_role(part)):
            signed = True
        elif not tail and (found := person(part, single)):
            names.append(found)
            signed = signed or bool(_SIGNED.match(part) or _TAIL.search(part))
        elif not names:
            return (), False, []
        else:
            tail.append(part)
    return tuple(dict.fromkeys(names)), signed, tail


def _is_role(part: str) -> bool:
    named = _ROLE.search(part) is not None and not _NO_ROLE.search(part)
    return named and len(part.split()) <= 6


def _group(words: str) -> Author | None:
    """Give an organisation that signs: few words, all with capitals, one that says what it is."""
    found = words.removeprefix("the ").removeprefix("The ").split()
    named = all(word[:1].isupper() or word in {"of", "for", "and", "the"} for word in found)
    if named and 0 < len(found) <= 6 and _ORGANISATION.search(words):
        return Author(" ".join(found))
    return None


def person(words: str, single: bool = False) -> Author | None:
    """Read one name with its titles and degrees; ``single`` allows one word alone.

    >>> person("Dr. A. B. Smith MD"), person("Side Effects"), person("Kaya")
    (Author(family='Smith', given='A. B.', orcid=None, affiliations=()), None, None)
    """
    found = _NAME.fullmatch(_TAIL.sub("", words.strip()))
    if not found or _NO_NAME.search(found["name"]) or _ORGANISATION.search(found["name"]):
        return None
    name = found["name"]
    if _ROLE.search(name) or not any(len(word.strip(".")) > 1 for word in name.split()):
        return None
    if " " not in name and not (single and name[1:].islower()):
        return None
    return Author(*parse_name(name, "given-first"))

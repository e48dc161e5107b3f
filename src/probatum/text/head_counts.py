"""People counted along a trial: how many a sentence says were assessed, randomised, analysed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from probatum.text.number_words import TEENS, TENS, TO_TWELVE, UNITS, VALUES

Stage = Literal["assessed", "enrolled", "studied", "randomised", "completed", "analysed"]

_ONES = "|".join(UNITS)
_TO_NINETEEN = "|".join(reversed((*TO_TWELVE, *TEENS)))  # "sixteen" before "six"
_HYPHENS = r"-\u2010\u2011\u2013"
_BELOW = rf"(?:(?:{'|'.join(TENS)})(?:[ {_HYPHENS}](?:{_ONES}))?|{_TO_NINETEEN})"
_SPELLED = (
    rf"\b(?<![{_HYPHENS}])(?<!hundred )(?<!thousand )(?<!dred and )(?:(?:an?|{_ONES})[ -]hundred"
    rf"(?:(?: and|,)? {_BELOW})?|{_BELOW})\b(?![{_HYPHENS}]| hundred| thousand)"
)
_DIGITS = (
    r"(?<![\d.,/=<>\u2264\u2265\u2013+\u00b1^-])(?<!\d\s)"
    r"(?:\d{1,3}(?:[,\u2009\u202f\u00a0]\d{3})+|\d{1,6})(?![\d%/\u2013-]|[.,\u00b7]\d|\s?%|\s\d)"
)
WRITTEN = rf"(?:{_DIGITS}|{_SPELLED})"  # a whole number, in digits or in words
PEOPLE = (
    r"(?:patients|participants|subjects|women|men|adults|children|people|persons|individuals"
    r"|volunteers|infants|neonates|newborns|adolescents|students|veterans|mothers|smokers"
    r"|outpatients|inpatients|parturients|girls|boys|cases|males|females|nurses|workers|employees"
    r"|athletes|players|schoolchildren|toddlers|survivors|families|couples|dyads|pairs|users)"
)
NUMBER = re.compile(rf"(?P<n>{WRITTEN})", re.IGNORECASE)
# What stands between a number and its verb: the people, and who they are.
_TAIL = re.compile(
    rf"\s(?:(?P<people>(?:(?:(?:[^\W\d]|\d(?!\d))[\w/+'\u2019-]*|\([\w\s,./+-]{{1,30}}\))\s){{0,6}}?"
    rf"{PEOPLE})(?:\s?\([^()]{{0,60}}\))?"
    r"(?:,?\s(?!or\b|and\b|in the [\w-]+ (?:group|arm))"
    r"(?:(?!\bw(?:ere|as|ill)\b|\bbut\b|\beach\b|\bper\b|\bcomplet|, ?(?:of whom )?\d)"
    r"[^.;:]){1,110}?)?,?\s)?",
    re.IGNORECASE,
)
_SIZE = re.compile(
    rf"\b{PEOPLE}\s?[(\[]\s?n\s?=\s?(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})\s?[)\]][^.;:]{{0,100}}?\s"
    r"(?=were|was|have|had)",
    re.IGNORECASE,
)
_ALSO = (
    r"(?:(?:initially |prospectively )?"
    r"(?:enrolled|recruited|included|involved|selected|registered|consented)"
    r"(?: prospectively)?(?:,? (?:in|into) (?:the|this|our) (?:study|trial))?"
    r"(?:,|,? and)(?: then| were| was)?\s)?"
)
_PARTED = r"(?:assigned|allocated|allotted|classified|divided|distributed|grouped|split)"
_BY_CHANCE = (
    rf"(?:randomi[sz]ed|randomly (?:and equally )?{_PARTED}|(?:equally )?{_PARTED}"
    r"(?=\s(?:randomly|equally|at random|(?:in)?to (?:one of|two|three|four|either)\b)))"
)
_STUDY = r"(?:the|this|our) (?:present )?(?:study|trial)"
_VERB = re.compile(
    r"\b(?:were|was|have been|had been)\s"
    r"(?:(?:then|finally|subsequently|thus|therefore|also|successfully|eventually)\s)?(?:"
    rf"(?P<randomised>{_ALSO}(?:equally )?{_BY_CHANCE})"
    r"|(?P<assessed>screened|(?:assessed|evaluated) for eligibility)"
    rf"|(?P<enrolled>enrolled|recruited|included in {_STUDY})"
    r"|(?P<analysed>analy[sz]ed|included in the (?:[\w-]+ ){0,4}analys[ei]s))\b"
    r"|\b(?:had |have )?(?:(?P<completed>completed (?:the |this )?(?:study|trial|protocol))"
    rf"|(?P<underwent>underwent randomi[sz]ation)|(?P<joined>participated in {_STUDY}))\b",
    re.IGNORECASE,
)
_NAMED = {"underwent": "randomised", "joined": "enrolled"}
_ACTIVE = re.compile(
    r"\bwe (?:then )?(?:randomi[sz]ed|randomly (?:assigned|allocated)) (?:a total of )?"
    rf"(?P<n>{WRITTEN})\s(?:[\w()/+'-]+\s){{0,6}}?{PEOPLE}\b",
    re.IGNORECASE,
)
_AS_NOUN = re.compile(
    rf"\b(?:there were|total of|all(?: the)?|of(?: the)?) (?P<n>{WRITTEN})"
    rf"\s(?:[\w/+'-]+\s){{0,4}}?(?:{PEOPLE} randomi[sz]ed|randomi[sz]ed {PEOPLE})\b",
    re.IGNORECASE,
)
# Words before a number after which it counts a part, or no people at all.
_PART_BEFORE = re.compile(
    r"(?:(?:another|additional|further|other|first|last|next|each|about|approximately|around"
    r"|nearly|almost|over|than|least|most|up to|per|every|initial|planned|types?|phases?|grades?"
    r"|groups?|weeks?|days?|months?|visits?|stud(?:y|ies)|trials?|stages?|class|years?|age[ds]?"
    r"|cohorts?|arms?|parts?|steps?|level|table|between|if|when|after|until|one of)"
    r"|\d,?\s(?:and|to))\s$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"^\s(?:but|before|who|twice|and (?:then )?(?:withdr\w+|excluded|did|died|never|not|had))\b"
    r"|^[^,;(]{0,60}\b(?:phase|period|stage|cohort|part|study \d|trial \d|sites?|again|subsets?"
    r"|sub-?stud(?:y|ies)|extension|maintenance|each (?:arm|group|treatment)|per (?:arm|group))\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:either|or|one of|two|three|four|five|six|[1-6]|both|groups|arms|versus|vs)\b"
    r"|\band (?:an? |the )?(?:control|placebo|sham"
    r"|(?:[\w-]+ ){1,3}(?:\([\w-]{1,10}\) )?(?:group|arm))"
    r"|[(\[]\s?n\s?=.*[(\[]\s?n\s?=",
    re.IGNORECASE,
)
_GROUPS = re.compile(
    r"^\s(?:in|into|to|between|among)\s(?:[\w-]+\s){0,4}(?:groups|arms)\b|^[^,;]{0,40}\beither\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    rf"(?:\band|,|;)\s(?:the (?:other|remaining) )?{WRITTEN}\s"
    rf"(?:{PEOPLE}\s)?(?:were|was|in|to|into|received|as)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d to $")
_TO_WHAT = re.compile(r"\s(?:to|into|in|for)\b", re.IGNORECASE)
_TO_ONE = re.compile(r"\s(?:to|in(?:to)? the [\w-]+ (?:group|arm)|for)\b", re.IGNORECASE)
_REACH = 170
_STEMS: tuple[str, ...] = (
    "random",
    "screened",
    "eligib",
    "analy",
    "complete",
    "enrolled",
    "recruited",
)
_STEMS += ("allocated", "divided", "assigned", "distributed", "participated", "included in")


@dataclass(frozen=True, slots=True)
class HeadCount:
    """People at one stage of a trial; [start, end) of the sentence holds number and verb."""

    stage: Stage
    n: int
    start: int
    end: int


def head_counts(text: str) -> Iterator[HeadCount]:
    """Give how many a sentence says were assessed, enrolled, randomised, completed or analysed.

    Only whole groups: one arm, a part, the first or further ones are left out. Linear in the text.

    >>> said = "Of 80 adults who came, sixty-two were randomised to X or placebo."
    >>> [(c.stage, c.n) for c in head_counts(said)]
    [('randomised', 62)]
    """
    small = text.lower()
    if not any(stem in small for stem in _STEMS):
        return
    for verb in _VERB.finditer(text):
        group = str(verb.lastgroup)
        stage = cast(Stage, _NAMED.get(group, group))
        found = _subject(text, verb.start(), bare=stage in {"randomised", "assessed"})
        if found and _is_whole(text, found.start(), verb.end(), stage):
            yield HeadCount(stage, whole_number(found["n"]), found.start(), verb.end())
    for said in (*_ACTIVE.finditer(text), *_AS_NOUN.finditer(text)):
        if _is_whole(text, said.start("n"), said.end(), "randomised"):
            yield HeadCount("randomised", whole_number(said["n"]), said.start(), said.end())


def _subject(text: str, end: int, *, bare: bool) -> re.Match[str] | None:
    """Find the number of people that a verb at ``end`` is about."""
    first = max(0, end - _REACH)
    sized = [*_SIZE.finditer(text, first, min(len(text), end + 5))]
    if sized and sized[-1].end() == end:
        return sized[-1]
    for found in reversed([*NUMBER.finditer(text, first, end)][-4:]):
        tail = _TAIL.fullmatch(text, found.end(), end)
        if tail is None or _RANGE.search(text, max(0, found.start() - 5), found.start()):
            continue
        if not tail["people"] and _looks_like_a_year(found[0]):
            continue
        odd = tail[0].count(")") != tail[0].count("(") or tail[0].endswith(" who ")
        if odd or not (tail["people"] or bare):
            return None
        return found
    return None


def _looks_like_a_year(digits: str) -> bool:
    return digits.isdigit() and 1900 <= int(digits) <= 2035


def _is_whole(text: str, start: int, end: int, stage: Stage) -> bool:
    """Whether a number counts all of them: no part before or after it, no single arm."""
    before, after = text[max(0, start - 20) : start], _clause(text, end)
    if _PART_BEFORE.search(before) or _PART_AFTER.search(after):
        return False
    if stage != "randomised":
        return not _TO_ONE.match(after)
    if not _TO_WHAT.match(after) or _GROUPS.search(after):
        return True
    return bool(_SEVERAL.search(after)) and not _ANOTHER.search(after)


def _clause(text: str, end: int) -> str:
    return re.split(r"[.;](?:\s|$)", text[end : end + _REACH], maxsplit=1)[0]


def whole_number(words: str) -> int:
    """Read a whole number below a thousand in words, or any in digits.

    >>> whole_number("1,204"), whole_number("One hundred and twenty-one")
    (1204, 121)
    """
    if words[0].isdigit():
        return int(re.sub(r"\D", "", words))
    total = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            total = 100 * max(total, 1)
        else:
            total += VALUES.get(word, 0)  # "and", "a"
    return total

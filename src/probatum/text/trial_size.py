"""How many a trial says it is of, without a verb of chance: "a randomised trial of 60 adults"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.text.head_counts import PEOPLE, WRITTEN, HeadCount, Stage, whole_number

_WHO = rf"(?P<n>{WRITTEN})\s(?:(?!and\b|or\b|per\b)[\w'/-]+\s){{0,6}}?{PEOPLE}\b"
_TRIAL = r"(?:stud(?:y|ies)|trial|RCT)"
_HELD = r"(?:was |were |is )?(?:conducted|carried out|performed|done|undertaken)\s"
_IN = (
    r"(?:of|in|on|with|among|included|enrolled|recruited|comprised|consisted of|involved|studying)"
)
_OF_TRIAL = re.compile(
    rf"\brandomi[sz]ed\b[^.;]{{0,120}}?\b{_TRIAL}\s(?:{_HELD})?{_IN}\s(?:the |a total of )?{_WHO}"
    rf"|\brandomi[sz]ed\b[^.;]{{0,100}}?\b{_TRIAL},\s(?:a total of )?{_WHO.replace('<n>', '<m>')}"
    rf"|\b(?:the|this|our|present) (?:[\w-]+ ){{0,2}}{_TRIAL}\s(?:{_HELD})?{_IN}"
    rf"\s(?:the |a total of )?{_WHO.replace('<n>', '<k>')}"
    rf"|\b(?:study|trial) (?:population|sample|participants|subjects) (?:consisted of|comprised"
    rf"|were|included)\s(?:a total of )?{_WHO.replace('<n>', '<l>')}",
    re.IGNORECASE,
)
_TAKING_PART = re.compile(
    rf"(?<!the other )(?P<n>{WRITTEN})\s(?:[\w'/-]+\s){{0,4}}?{PEOPLE}\s"
    r"(?:(?:were|was) (?:studied|involved|included|enrolled|recruited)"
    r"(?: (?:prospectively|into|in) (?:the|this|our) (?:present |current )?(?:study|trial))?"
    r"|(?:took part|participated) in (?:the|this|our) (?:present |current )?(?:study|trial))\b",
    re.IGNORECASE,
)
# Numbers that are planned, of a part, or of other people.
_NOT = re.compile(
    r"\bwill\b|\bplan|\btarget|sample size|\bpower\b|\beach\b|\bper (?:group|arm)|\bprevious"
    r"|\bet al\b|\bearlier\b|\bat least|\bminimum|\bneeded\b|\brequired\b|\bexpect"
    r"|\bsub-?(?:group|sample|set)|\banalys[ei]s\b|\bcontrols?\b"
    r"|\b(?:group|arm) (?:of|included|consisted|comprised)",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"(?:\b(?:another|additional|further|other|first|last|about|approximately|around|nearly|almost"
    r"|over|than|least|most|to|and|of|these|only|remaining)|\d,)\s$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"total of\s$", re.IGNORECASE)


_CHANCE = re.compile(r"randomi[sz]ed\b|randomly (?:assign|alloc|divid)", re.IGNORECASE)
_NEAR = re.compile(
    rf"(?P<n>{WRITTEN})\s(?:(?!and\b|or\b|per\b)[\w'/-]+\s){{0,5}}?{PEOPLE}\b", re.IGNORECASE
)
_NOT_NEAR = re.compile(
    r"\bwill\b|\bplan|\btarget|sample size|\bpower\b|\bprevious|\bet al\b|\bat least|\bneeded\b"
    r"|\brequired\b|\bexpect|\bestimat|screened|approach|recommend|trials\b|studies\b|week|month"
    r"|\bsub-?(?:group|sample|set)|\beligib|\bconsented|\bassessed|\b(?:phase|period|stage|cohort)\b"
    r"|\bpart\b|\bagain\b|\bextension\b|\bmaintenance\b",
    re.IGNORECASE,
)


_ANALYSIS = re.compile(r"\banaly[sz]ed\b|\banalys[ei]s\b", re.IGNORECASE)
_NOT_LATER = re.compile(r"exclu|withdr|declin|refus|drop|consent|\bsites?\b|remain", re.IGNORECASE)


def trial_sizes(text: str) -> Iterator[HeadCount]:
    """Give how many a sentence says that its trial is of; none where others may be meant.

    >>> [c.n for c in trial_sizes("In this randomised trial of 60 adults, pain was measured.")]
    [60]
    """
    if _NOT.search(text):
        return
    for found in _OF_TRIAL.finditer(text):
        name = next(name for name in "nmkl" if found[name])
        yield HeadCount("studied", whole_number(found[name]), found.start(name), found.end())
    for found in _TAKING_PART.finditer(text):
        before = text[max(0, found.start() - 24) : found.start()]
        if _TOTAL.search(before) or not _PART_BEFORE.search(before):
            yield HeadCount("studied", whole_number(found["n"]), found.start("n"), found.end())


def near_chance(text: str) -> Iterator[HeadCount]:
    """Give every number of people in a sentence on randomisation, whatever it counts of them.

    >>> said = "Sixty adults, with a mean age of 40, had been randomised."
    >>> [c.n for c in near_chance(said)]
    [60]
    """
    if "andom" in text and _CHANCE.search(text) and not _NOT_NEAR.search(text):
        yield from _people(text, "studied")


def near_analysis(text: str) -> Iterator[HeadCount]:
    """Give every number of people in a sentence on who was analysed.

    >>> [c.n for c in near_analysis("Finally, 58 adults had data and were analysed.")]
    [58]
    """
    asked = "naly" in text and _ANALYSIS.search(text)
    if asked and not (_NOT_NEAR.search(text) or _NOT_LATER.search(text)):
        yield from _people(text, "analysed")


def _people(text: str, stage: Stage) -> Iterator[HeadCount]:
    for found in _NEAR.finditer(text):
        yield HeadCount(stage, whole_number(found["n"]), found.start("n"), found.end())

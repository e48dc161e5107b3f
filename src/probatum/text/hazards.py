"""What a sentence holds of hazards: that one exists, or that there is none.

Warnings of medicines speak of the same states and acts whatever the medicine (pregnancy, driving,
abuse, blood pressure ...). A warning, a prohibition or a named harm holds a hazard; "safe in",
"may drive", "is not addictive" deny it. Used on a text and on statements with a source alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from probatum.text.assertions import clauses
from probatum.text.lexicon import load, words
from probatum.text.spotting import spotter
from probatum.text.terms import Matcher

_DUTIES = frozenset({"supervision"})
_BOUNDS = frozenset({"limit"})
_DENIALS = frozenset({"unsupervised"})  # its own words deny, and so take nothing back
_AMOUNTS = frozenset({"excess"})
_OF_CLINICS = frozenset({"children", "sedatives"})  # what theatres and emergency rooms do daily
# "Adults with depression without psychosis" are those who were chosen.
_CHOSEN = re.compile(
    r"\b(?:(?:out|in)?patients|people|adults|those|individuals|persons|women|men|volunteers"
    r"|depression|disorder|pain) (?:with [\w-]+ )?(?:without|free of) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_LONGEST = 2_000
_SIDE = re.compile(r"[\s,]*(?:while|although|though|even though|despite|whereas)\b", re.IGNORECASE)
_NEAR = 50
_EVEN = re.compile(
    r"\b(?:especially|particularly|even|including|also) (?:in|for) (?:\w+ ){0,2}(?:with )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard that a clause holds or denies, of which drugs; offsets in the sentence.

    ``denied_near`` tells that a denial stands within some words of the hazard's own words; one
    that stands further off may deny something else of the clause.
    """

    name: str
    holds: bool
    drugs: frozenset[str]
    start: int
    end: int
    denied_near: bool = True


def asserted(sentence: str) -> bool:
    """Whether a sentence says a thing, rather than ask, suppose or hope it.

    >>> asserted("It is safe."), asserted("Is it safe?")
    (True, False)
    """
    return not _cue("speculative").search(sentence[:_LONGEST])


def hazards(
    sentence: str, matcher: Matcher, *, rule: bool = False, about: frozenset[str] = frozenset()
) -> list[Hazard]:
    """Read the hazards of a sentence, clause by clause.

    ``rule`` marks statements of a source of warnings: there what is named is a hazard unless it is
    allowed, and past findings count. ``about`` are the drugs of a sentence that names none.

    >>> from probatum.text.terms import matcher
    >>> words = matcher([("drug", "x", "drug X")])
    >>> [(h.name, h.holds) for h in hazards("Drug X is safe during pregnancy.", words)]
    [('pregnancy', False)]
    """
    text = sentence[:_LONGEST]
    small = text.lower()
    likely = [(n, p) for n, p in _patterns().items() if spotter(p.pattern).may_match(small)]
    if not likely:
        return []
    if not rule and (not asserted(text) or _cue("found").search(text)):
        likely = [one for one in likely if one[0] in _AMOUNTS and not text.rstrip().endswith("?")]
    found = [
        (m.start, m.end, name) for m in matcher.find(text) for k, name in m.terms if k == "drug"
    ]
    spoken = frozenset(name for _, _, name in found) or about
    made: list[Hazard] = []
    for start, end in main_and_side(text):
        drugs = frozenset(name for a, _, name in found if start <= a < end) or spoken
        until = start + len(text[start:end].rstrip())
        for name, holds, near in _read(text[start:end], likely, rule):
            made.append(Hazard(name, holds, drugs, start, until, near))
    return made


def main_and_side(text: str) -> Iterator[tuple[int, int]]:
    """Give the clauses; "While A, B" are two, so that a denial in B takes nothing back from A."""
    for start, end in clauses(text):
        comma = text.find(",", start, end) if _SIDE.match(text, start) else -1
        if comma > 0:
            yield start, comma + 1
            yield comma + 1, end
        else:
            yield start, end


def _read(
    clause: str, likely: Sequence[tuple[str, re.Pattern[str]]], rule: bool
) -> Iterator[tuple[str, bool, bool]]:
    """Give the hazards of a clause: name, whether it holds, whether a denial stands near."""
    for name, pattern in likely:
        word = pattern.search(clause)
        if word is None or (not rule and _CHOSEN.search(clause[: word.start()])):
            continue
        holds = _holds(clause, name, rule)
        if holds is not None:
            yield name, holds, _denied_near(clause, word)


def _denied_near(clause: str, word: re.Match[str]) -> bool:
    before = clause[max(0, word.start() - _NEAR) : word.start()]
    if _EVEN.search(before):
        before = clause[max(0, word.start() - 3 * _NEAR) : word.start()]
    after = clause[word.end() : word.end() + _NEAR // 2]
    allowed = _cue("allowing").search(before + word.group() + after)  # "may drive"
    return bool(allowed) or any(_cue("denial").search(part) for part in (before, after))


def named_hazards(text: str) -> list[str]:
    """Give the hazards that a text names, whatever it says of them.

    >>> named_hazards("Can I drive home?")
    ['driving']
    """
    small = text[:_LONGEST].lower()
    found = (
        name
        for name, pattern in _patterns().items()
        if spotter(pattern.pattern).may_match(small) and pattern.search(small)
    )
    return list(found)


def forbids(sentence: str) -> bool:
    """Tell whether a sentence warns or forbids.

    >>> forbids("Drug X should be avoided in pregnancy."), forbids("Drug X is given once.")
    (True, False)
    """
    return _cue("forbidding").search(sentence[:_LONGEST]) is not None


def _holds(clause: str, name: str, rule: bool) -> bool | None:
    """Tell whether a clause holds a hazard, denies it, or does neither."""
    denial = None if name in _DENIALS else _cue("denial").search(clause)
    if name in _DUTIES:  # a duty: its denial is what stands against a warning
        lifted = denial is not None and _cue("duty").search(clause, denial.start())
        return False if lifted else (rule or None)
    if name in _BOUNDS:
        return False if denial is not None and not rule else (rule or None)
    if name in _AMOUNTS:
        free = not (rule or denial) and _cue("permitting").search(clause)
        return False if free else (rule or denial is not None or None)
    return _of_words(clause, name, rule, denied=denial is not None)


def _of_words(clause: str, name: str, rule: bool, *, denied: bool) -> bool | None:
    """Tell it of a hazard that is a state, an act or a harm; what is called a myth is turned."""
    if not rule and _cue("refuting").search(clause):
        rest = _cue("refuting").sub(" ", clause)
        denied = name not in _DENIALS and _cue("denial").search(rest) is not None
        holds = _of_words(rest, name, rule, denied=denied)
        return None if holds is None else not holds
    forbidden = bool(_cue("forbidding").search(clause))
    spoken = rule or _cue("harm").search(clause)
    holds = None if not spoken or (rule and denied) else not denied
    if not rule and _cue("lifting").search(clause):
        holds = False
    elif not (forbidden or rule) and _is_no_leave(clause, name):
        holds = None
    elif forbidden or (_cue("allowing").search(clause) and not denied):
        holds = forbidden
    return holds


def _is_no_leave(clause: str, name: str) -> bool:
    """Whether what is allowed has a condition, or is what clinics do rather than patients."""
    clinical = name in _OF_CLINICS and _cue("clinical").search(clause)
    return bool(clinical or _cue("restricted").search(clause))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = load("probatum.text", "hazards.toml")["hazards"]
    return {name: re.compile(words(patterns), re.IGNORECASE) for name, patterns in lists.items()}


@cache
def _cue(name: str) -> re.Pattern[str]:
    patterns = load("probatum.text", "hazards.toml")["cues"][name]
    return re.compile("|".join(patterns), re.IGNORECASE)

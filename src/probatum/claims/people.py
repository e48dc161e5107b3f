"""Who a claim is said of: groups of people, animals or cells, as the pack names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from probatum.claims.ages import aged, refined
from probatum.claims.named import Context, Implied, Sentence
from probatum.claims.passages import Passage
from probatum.claims.roles import Role
from probatum.text.concepts import Concept, concepts
from probatum.text.terms import Matcher

# The group that is only held against the one spoken of, or that is no group: out of its reach.
_OTHER_SIDE = re.compile(
    r"\b(?:than|unlike|versus|vs\.?|compared (?:with|to)|relative to|rather than)\s"
    r"(?:(?:in|that|those|of|among|for|with|the|other)\s){0,4}$"
    r"|\b(?:reach of|away from|parents? of|mothers? of|without|excluding|except(?: for)?"
    r"|other than)\s(?:the\s)?$|\b(?:non|un)[-\u2010\u2011]$",
    re.IGNORECASE,
)
_NO_GROUP = re.compile(r"['\u2019]s?\s|[-\u2010\u2011]\w|\s(?:onset|hospital|dose|dosage|size)\b")
# "Adult male mice" are mice.
_SAME_NOUN = re.compile(r"[\s-](?:(?!(?:and|or|in|of|with|than|to|for)\b)[\w/-]+[\s-]){0,3}")
_HUMANS = re.compile(
    r"\b(?:patients?|humans?|people|persons?|participants?|volunteers?|men|women|clinical"
    r"|clinically)\b",
    re.IGNORECASE,
)
_FINDINGS = re.compile(r"\b(?:results?|findings|conclusions?|interpretation)\b", re.IGNORECASE)
_OURS = re.compile(
    r"\bwe (?:\w+ )?(?:found|observed|showed|demonstrated|saw|noted|conclude)\b"
    r"|\b(?:our|the present|the current) (?:\w+ )?(?:stud(?:y|ies)|trial|results|findings|data"
    r"|analysis)\b",
    re.IGNORECASE,
)
_LONGEST, _BESIDE = 4_000, 60
NOT_HUMAN = frozenset({"animals", "cells"})


def groups(words: Matcher, sentence: Sentence, clause: tuple[int, int]) -> list[Concept]:
    """Find whom the clause of a claim is about; else whom the sentence names before it, or after.

    A group that the claim is only held against ("than in adults") is not among them.
    """
    whole = tuple((c.start, c.end) for c in sentence.found)
    named = _once(words, sentence.text, whole)
    low, high = clause
    inside = [one for one in named if low <= one.start < high]
    if inside or not named:
        return inside
    chosen = [one for one in named if one.start < low] or list(named)
    if _HUMANS.search(sentence.text, low, min(high, len(sentence.text))):
        return [one for one in chosen if one.id not in NOT_HUMAN]
    return chosen


def named_groups(words: Matcher, text: str, found: Sequence[Concept]) -> list[Concept]:
    """Find the groups that a text names; words inside another term, as of a scale, are none."""
    return list(_once(words, text, tuple((c.start, c.end) for c in found)))


@lru_cache(maxsize=16)  # the claims of one sentence name the same people
def _once(words: Matcher, text: str, whole: tuple[tuple[int, int], ...]) -> tuple[Concept, ...]:
    """Find the groups of a text whose other terms stand at these places."""
    ages = aged(words, text)
    named = concepts(words, text)
    named = refined(named, ages, words) if ages else named
    if not named:
        return ()
    kept = [
        one for one in named
        if not any(a <= one.start and one.end <= b and b - a > one.end - one.start
                   for a, b in whole)
        and not _OTHER_SIDE.search(text[max(0, one.start - 40) : one.start])
        and not _NO_GROUP.match(text, one.end)
    ]  # fmt: skip
    beasts = [one for one in kept if one.id in NOT_HUMAN]
    return tuple(
        one for one in kept
        if one.id in NOT_HUMAN
        or not any(
            0 < beast.start - one.end < _BESIDE
            and _SAME_NOUN.fullmatch(text, one.end, beast.start)
            for beast in beasts
        )
    )  # fmt: skip


def of_title(context: Context) -> tuple[Implied, ...]:
    """Give the groups that the title of an article names; none where it names men and mice."""
    document = context.document
    if document.kind not in ("article", "record") or not document.metadata.title:
        return ()
    found = _placed(context, document.metadata.title, len(document.text))
    return found if len({one.id in NOT_HUMAN for one in found}) < 2 else ()


def above(context: Context, passage: Passage, text: str) -> tuple[Implied, ...]:
    """Give the groups that words above a passage name: its heading, or its lead-in."""
    return _placed(context, text, passage.start)


def _placed(context: Context, text: str, before: int) -> tuple[Implied, ...]:
    named = context.groups.get(text)
    if named is None:
        terms = concepts(context.words.matcher, text)
        named = context.groups[text] = named_groups(context.words.people, text, terms)
    return tuple(context.meant(text, one, before) for one in named)


def is_own(passage: Passage, role: Role | None) -> bool:
    """Whether a sentence of an article tells what its authors found, not what others did.

    ``role`` is that of a sentence of an undivided abstract.
    """
    if passage.block.role == "results" or role in ("results", "conclusions"):
        return True
    under = passage.block.section[-1] if passage.block.section else ""
    if passage.block.role == "abstract" and _FINDINGS.search(under):
        return True
    return bool(_OURS.search(passage.text[:_LONGEST]))


def lent(sentence: Sentence) -> list[Implied]:
    """Give the groups of the title or heading above, for a sentence that names none.

    One that speaks of people is not about the animals of its article.
    """
    if sentence.lent and _HUMANS.search(sentence.text):
        return [one for one in sentence.lent if one.id not in NOT_HUMAN]
    return list(sentence.lent)

"""Results in prose whose sentence gives a number to each of two or more arms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from probatum.claims.arm_names import ArmNames, Mention, sides
from probatum.claims.passages import Passage
from probatum.claims.words import Words
from probatum.model.claim import Arm, Result
from probatum.model.document import Document
from probatum.text.concepts import Concept, concepts, nearest
from probatum.text.digest import short_id
from probatum.text.group_numbers import GroupNumber, Spread, group_numbers, usual_spread
from probatum.text.quantities import time_point

_READ = frozenset({"abstract", "results", "conclusions", "other"})
_NUMBERS = re.compile(r"\d.*?\d", re.DOTALL)
_SIGN = re.compile(r"\u00b1|\+/|%|\d\s?/\s?\d|[(\[]|\bvs?\.?\s|\bversus\b|\bof\b")
# How people were before, and what a study planned, are no results.
_BEFORE = re.compile(
    r"\b(?:at|pre-?) ?baseline\b|\bmean ages?\b|\bmedian ages?\b|\bages? (?:was|were|of|ranged)\b"
    r"|\b(?:before|prior to) (?:the )?(?:intervention|treatment|surgery)\b|\byears old\b"
    r"|\bage distribution|\bdemographic|\bsample size|\bpower of\b|\b[89]0 ?% power|\bexpected\b"
    r"|\b(?:randomi[sz]ed|divided|allocated) (?:in)?to\b",
    re.IGNORECASE,
)
_SIGNED_P = re.compile(
    r"\b[pP](?:[- ]?values?)?\s?(?P<p>[<>=\u2264\u2265]\s?(?:0?[.\u00b7]\d{1,6}|1\.0+))"
)
_AGAINST = re.compile(r"\b(?:vs?\.?|versus|than|compared|against)\s")
# "3.1 in the X group" against "3.1; Y 4.9".
_OF = re.compile(
    r"^(?:(?!\b(?:and|while|whereas|but|than|versus|vs)\b)[^.;:]){0,40}?"
    r"\b(?:in|for|with|among|on|of|after|under|receiving|by|from)\s(?:[a-z]+\s){0,4}$"
    r"|^\s?[(\[]\s?(?:the\s)?$"
)
_JOINED = re.compile(r"\b(?:vs?|versus|and|or|against|compared|than)\b|[,;/]\s")
_JOINS = frozenset(
    ["v", "vs", "versus", "and", "or", "against", "compared", "with", "to", "than", "in", "the"]
)
_ASIDE = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]")
_FROM = re.compile(r"\bfrom\s(?:[a-z]+\s){0,2}[(\[]?$")
_LONGEST = 1_500
_WIDEST = 130  # code points between the numbers of two arms
_P_REACH = 60
_MOST = 400  # sentences of a document


def prose_arms(document: Document, found: Sequence[Passage], words: Words) -> Iterator[Result]:
    """Give a result for every pair or list of numbers that a sentence gives to its arms.

    Abstracts, results and conclusions are read. Which number is whose is told by the order in
    which the arms are named; where it is not told, there is no result.
    """
    names = ArmNames(document, words)
    usual = usual_spread(document.text)
    read = 0
    for passage in found:
        text = passage.text
        if read >= _MOST or passage.block.role not in _READ or not passage.is_prose:
            continue
        if len(text) > _LONGEST or not _SIGN.search(text) or not _NUMBERS.search(text):
            continue
        read += 1
        yield from _of_sentence(document, passage, words, names, usual)


def _of_sentence(
    document: Document, passage: Passage, words: Words, names: ArmNames, usual: Spread | None
) -> Iterator[Result]:
    text = passage.text
    numbers = group_numbers(text, usual)
    if len(numbers) < 2 or _BEFORE.search(text):
        return
    mentions = names.mentions(text)
    if len({mention.key for mention in mentions}) < 2:
        return
    terms = concepts(words.matcher, text)
    for group, owners in _assigned(text, numbers, mentions):
        arms = tuple(_arm(names, m, number) for m, number in zip(owners, group, strict=True))
        start = passage.start + min(*(n.start for n in group))
        end = passage.start + max(*(n.end for n in group))
        mine, other = sides([names.given(mention.label) for mention in owners])
        scale = nearest(terms, ("scale",), group[0].start)
        outcome = _outcome(terms, group[0].start)
        yield Result(
            id=short_id(document.id, start, end, "arms"),
            document=document.id,
            start=start,
            end=end,
            quote=document.text[start:end],
            intervention=mine,
            comparator=other,
            outcome=outcome.id if outcome else words.scales.get(scale.id) if scale else None,
            scale=scale.id if scale else None,
            time_point=time_point(_without(text, numbers)),
            arms=arms,
            p=_p_behind(text, group[-1].end),
        )


def _outcome(terms: list[Concept], at: int) -> Concept | None:
    """Give the outcome or harm named last before the numbers, else the next behind them."""
    named = [c for c in terms if c.kind in {"outcome", "harm"}]
    before = [c for c in named if c.end <= at]
    return before[-1] if before else next(iter(named), None)


def _assigned(
    text: str, numbers: Sequence[GroupNumber], mentions: Sequence[Mention]
) -> Iterator[tuple[tuple[GroupNumber, ...], tuple[Mention, ...]]]:
    """Give groups of numbers, each with its arms in the same order."""
    named = _distinct(mentions)
    alike = len({n.statistic for n in numbers}) == 1
    if len(numbers) == len(named) > 2 and alike:
        if "respectively" in text or _alternate(numbers, named):
            yield tuple(numbers), tuple(named)
        return
    if "respectively" in text and _longest_run(numbers, mentions) > 2:
        return
    ends, odd = [0], len(numbers) % 2 == 1
    for first, second, after in _pairs(text, numbers):
        if odd and not _AGAINST.search(text, first.end, second.start):
            continue  # of three numbers it is not told which two belong together
        window = (ends[-1], after, numbers[0].start)
        owners = _owners(text, mentions, (first, second), window)
        ends.append(second.end)
        if owners is not None:
            yield (first, second), owners


def _pairs(
    text: str, numbers: Sequence[GroupNumber]
) -> Iterator[tuple[GroupNumber, GroupNumber, int]]:
    """Give neighbours of one kind, each in one pair, and where the number behind them begins."""
    at = 0
    while at + 1 < len(numbers):
        first, second = numbers[at], numbers[at + 1]
        after = numbers[at + 2].start if at + 2 < len(numbers) else len(text)
        if _are_pair(text, first, second):
            yield first, second, after
            at += 2
        else:
            at += 1


def _are_pair(text: str, first: GroupNumber, second: GroupNumber) -> bool:
    between = text[first.end : second.start]
    same = first.statistic == second.statistic and first.spread == second.spread
    counted = (first.first is None) == (second.first is None)
    told = not _FROM.search(
        text[max(0, first.start - 30) : first.start]
    )  # "from 3 to 2" is one arm
    return same and counted and told and len(between) <= _WIDEST


def _owners(
    text: str,
    mentions: Sequence[Mention],
    pair: tuple[GroupNumber, GroupNumber],
    window: tuple[int, int, int],
) -> tuple[Mention, Mention] | None:
    """Tell whose two numbers are by where the arms stand: A 1 B 2, 1 A 2 B, A B 1 2 or 1 2 A B.

    ``window``: where the numbers before end, where the next begins, where the first of all begins.
    """
    (first, second), (since, until, opening) = pair, window
    between = _distinct([m for m in mentions if first.end <= m.start < second.start])
    before = [m for m in mentions if since <= m.start < first.start]
    after = _distinct([m for m in mentions if second.end <= m.start < until])
    if len(between) == 1:
        if _OF.search(text[first.end : between[0].start]):
            return _two(between[0], next(iter(after), None))
        return _two(before[-1] if before else None, between[0])
    if between or not _joined(text[first.end : second.start]):
        return None
    leading = _distinct([m for m in mentions if m.start < opening])
    return _beside(first, before, after, leading)


def _beside(
    first: GroupNumber,
    before: Sequence[Mention],
    after: Sequence[Mention],
    leading: Sequence[Mention],
) -> tuple[Mention, Mention] | None:
    """Give the two arms that stand together before two numbers, or behind them."""
    near = _distinct(before)
    repeated = bool(near) and before[-1].key != near[-1].key  # "in A and in B (A: 1 v 2": both A
    owners = near if before else after if len(after) == 2 else leading
    if repeated or len(owners) != 2:
        return None
    one, two = owners
    swapped = one.second and not two.second and two.start < first.start
    return (two, one) if swapped else (one, two)


def _joined(between: str) -> bool:
    """Say whether only a sign or a word that sets one beside the other divides two numbers."""
    words = re.findall(r"[a-z]+", _ASIDE.sub("", between).lower())
    return bool(_JOINED.search(between)) and len([w for w in words if w not in _JOINS]) <= 1


def _two(one: Mention | None, two: Mention | None) -> tuple[Mention, Mention] | None:
    return (one, two) if one and two and one.key != two.key else None


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """Give each arm once, where it is named first."""
    seen: dict[str, Mention] = {}
    for mention in mentions:
        seen.setdefault(mention.key, mention)
    return list(seen.values())


def _alternate(numbers: Sequence[GroupNumber], mentions: Sequence[Mention]) -> bool:
    """Say whether one arm stands between each two numbers."""
    return all(
        sum(one.start <= m.start < two.start for m in mentions) == 1
        for one, two in pairwise(numbers)
    )


def _longest_run(numbers: Sequence[GroupNumber], mentions: Sequence[Mention]) -> int:
    """Count the numbers that follow each other without a word between them: a list."""
    longest = run = 1
    for one, two in pairwise(numbers):
        apart = two.start - one.end > 8 or any(one.end <= m.start < two.start for m in mentions)
        run = 1 if apart else run + 1
        longest = max(longest, run)
    return longest


def _arm(names: ArmNames, mention: Mention, number: GroupNumber) -> Arm:
    given = names.given(mention.label)
    first = number.first.value if number.first else None
    second = number.second.value if number.second else None
    counted = number.statistic == "count"
    middle = number.statistic == "median"
    bounds = number.spread if number.spread in {"iqr", "range", "ci"} else None
    return Arm(
        mention.label,
        number.total,
        first if counted else None,
        None if counted or middle else first,
        second if number.spread == "sd" else None,
        percent=number.percent.value if number.percent else None,
        se=second if number.spread == "se" else None,
        median=first if middle else None,
        low=number.low.value if number.low else None,
        high=number.high.value if number.high else None,
        interval=bounds,
        treatment=given.id,
        dose=given.dose,
    )


def _without(text: str, numbers: Sequence[GroupNumber]) -> str:
    """Blank the numbers of groups: "3.6 min" of theirs is no time of the study."""
    for number in numbers:
        text = f"{text[: number.start]}{' ' * (number.end - number.start)}{text[number.end :]}"
    return text


def _p_behind(text: str, at: int) -> str | None:
    found = _SIGNED_P.search(text, at)
    return found["p"] if found and found.start() <= at + _P_REACH else None

"""Candidates in prose: two numbers of one kind in a sentence that names both arms once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from probatum.claims.lookup.arms import Arms
from probatum.claims.lookup.asked import FoundArm, OutcomeKind, Value
from probatum.claims.lookup.readings import spread_told
from probatum.claims.lookup.tables import Candidate, Sizes
from probatum.claims.lookup.topics import topic
from probatum.claims.lookup.wording import stems
from probatum.claims.passages import Passage
from probatum.text.numbers import Printed

_NUMBER = r"[-\u2212\u2013]?\d{1,6}(?:[.\u00b7]\d{1,6})?"
_SHARE = r"\d{1,3}(?:\.\d+)?"
_NO_COUNT = r"(?!\s?(?:months?|weeks?|days?|years?|h|hours?|min|mg|kg)\b)"
_NOT_AFTER = "".join(f"(?<!{word} )" for word in ("week", "weeks", "month", "day", "year", "Week"))
_NO_SHARE = (
    r"(?!\s?(?:higher|lower|greater|more|less|fewer|increase|decrease|reduction|relative|CI"
    r"|confidence|improvement|difference))"
)
_COUNTED = re.compile(
    r"(?<![\d.,/])(?P<n>\d{1,6})\s?(?:/|of|out of)\s?(?:the\s)?(?P<total>\d{1,6})\b(?!\s?[%.]\d)"
    rf"(?:\s\w+){{0,2}}(?:\s?[(\[,]\s?(?P<pct>{_SHARE})\s?%)?"
    rf"|(?<![\d.,]){_NOT_AFTER}(?P<n2>\d{{1,6}}){_NO_COUNT}(?:\s[a-z]+){{0,3}}"
    rf"\s?[(\[]\s?(?P<pct2>{_SHARE})\s?%"
    rf"|(?<![\d.,])(?P<pct3>{_SHARE})\s?%{_NO_SHARE}(?:\s?[(\[](?:n\s?=\s?)?(?P<n3>\d{{1,6}})"
    r"(?:\s?(?:/|of)\s?(?P<total3>\d{1,6}))?\s?[)\]])?"
)
_PLAIN = re.compile(r"[(,]\s?(?P<n>\d{1,6}) (?:vs\.?|versus) (?P<m>\d{1,6})(?!\s?%|\.\d)")
_MEANT = re.compile(
    rf"(?<![\d.,\w])(?P<mean>{_NUMBER})\s?[a-zA-Z%\u00b0/]{{0,6}}\s?(?P<sign>\u00b1|\+/-|[(\[]\s?(?:SDs?|\u00b1|SEM?|s\.d\.)?\s?[=:]?)"
    rf"\s?(?P<sd>\d{{1,6}}(?:[.\u00b7]\d{{1,6}})?)(?!\s?%|\s?(?:to|\u2013|-|,)\s?\d|\d|\.\d)"
)
_GROUPS = re.compile(r"[A-Za-z-]+ group|group [A-Z1-9IV]+\b|\bcontrols?\b|\bplacebo\b")
_LABELS = ("intervention", "comparator")
_INTO = re.compile(r"^\W*(?:(?:in|for|on|with|among|of|the)\s)+", re.IGNORECASE)
_COUNT_OF = re.compile(
    r"\bnumbers? of (?:[\w-]+ ){0,2}(?:patients|participants|subjects|women|men|children|cases"
    r"|people|infants|adults|responders)\b",
    re.IGNORECASE,
)
_WAS = re.compile(
    rf"\b(?:was|were)\s(?P<n>\d{{1,4}}){_NO_COUNT}(?![\d.,\u00b7/]*\d|\s?(?:[%\u00b1\u00b0]|[(\[]\s?\d|to\b|of\b|\+/-))"
)
_LISTED = re.compile(r",\s*(?:and\s)?|\sand\s|\sthan\s|\sversus\s|\svs\.?\s")
_WORD = re.compile(r"(?:\b(?:[Nn]o|without|[Nn]on)[\s-]+)?[A-Za-z][A-Za-z0-9+-]*")
_CHANGED_BY = re.compile(
    r"\b(?:decreased|increased|improved|fell|rose|dropped|declined|reduced|lost|gained|worsened)"
    r"(?: by)?\W*$",
    re.IGNORECASE,
)
_VERB_REACH = 30
_READ = frozenset({"abstract", "results", "other"})
_LONGEST = 1_500
_PERIODS = 400  # sentences with two numbers that are read at most


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of one arm in a sentence, offsets in the sentence.

    ``percent`` is a share without a count; of a mean, set where its spread has no name beside it.
    """

    start: int
    end: int
    first: Value
    second: Value | None
    percent: float | None


def prose_candidates(
    passages: Sequence[Passage], arms: Arms, kind: OutcomeKind | None, usual: str, sizes: Sizes
) -> Iterator[Candidate]:
    """Give the candidates of the abstract and the results; others relay or plan."""
    read = 0
    for passage in passages:
        if passage.block.role not in _READ or not passage.is_prose or read > _PERIODS:
            continue
        text = passage.text[:_LONGEST]
        for one in (kind,) if kind else ("binary", "continuous"):
            numbers = sorted(_numbers(text, passage.start, one), key=lambda n: n.start)
            if len(numbers) < 2:
                continue
            read += 1
            yield from _of_sentence(passage, numbers, arms, one, (usual, sizes))


def _of_sentence(
    passage: Passage,
    numbers: list[_Number],
    arms: Arms,
    kind: OutcomeKind,
    known: tuple[str, Sizes],
) -> Iterator[Candidate]:
    text = passage.text[:_LONGEST]
    spoken = arms.intervention | arms.comparator
    mentions = _mentions(text, arms)
    begins = 0
    listed = _respectively(text, numbers, arms)
    if listed is not None:
        pair = _both(listed, kind, text, known)
        if pair is not None:
            yield _made(passage, spoken, pair, kind, text, listed)
        return
    yield from _by_clause(passage, spoken, numbers, mentions, kind, known)
    if _is_enumeration(text, numbers):
        return
    follows = not any(at < numbers[0].start for at, _ in mentions)
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    for number, (one, two) in enumerate(pairs):
        ends = pairs[number + 1][0].start if number + 1 < len(pairs) else len(text)
        span = (one.start, ends) if follows else (begins, two.start)
        order = _order(mentions, *span) or _order(mentions, 0, len(text))
        if order is None or (len(numbers) % 2 and len(numbers) > 2):
            continue
        left, right = (one, two) if order == (0, 1) else (two, one)
        region = text[begins : max(two.end, begins)]
        about = f"{region} {text[two.end : ends]}" if number + 1 == len(pairs) else region
        begins = two.end
        pair = _both((left, right), kind, text, known)
        if pair is not None:
            yield _made(passage, spoken, pair, kind, about, (one, two))


def _both(
    numbers: tuple[_Number, _Number], kind: OutcomeKind, text: str, known: tuple[str, Sizes]
) -> tuple[FoundArm, FoundArm] | None:
    """Make the arms of two numbers, the intervention's first."""
    left, right = (
        _arm(label, number, size, kind, (text, known[0]))
        for label, number, size in zip(_LABELS, numbers, known[1], strict=True)
    )
    return (left, right) if left.is_complete and right.is_complete else None


def _made(
    passage: Passage,
    spoken: frozenset[str],
    pair: tuple[FoundArm, FoundArm],
    kind: OutcomeKind,
    about: str,
    numbers: tuple[_Number, _Number],
) -> Candidate:
    start = passage.start + min(n.start for n in numbers)
    end = passage.start + max(n.end for n in numbers)
    headings = " ; ".join(passage.block.section[-1:])
    told = topic(about, headings, prose=True)
    said = passage.text[max(0, start - passage.start - _VERB_REACH) : start - passage.start]
    if kind == "continuous" and _CHANGED_BY.search(said):
        told = replace(told, changes=True)
    return Candidate(pair, kind, told, spoken, 0.6, "text", start, end)


def _respectively(text: str, numbers: list[_Number], arms: Arms) -> tuple[_Number, _Number] | None:
    """Read "A, B and C ... were 1, 2 and 3, respectively": the places say which is whose."""
    if len(numbers) < 3 or "respectively" not in text:
        return None
    told = text.index("respectively")
    for segment in (text[: numbers[0].start], text[numbers[-1].end : told]):
        items = [item for item in _LISTED.split(segment) if item.strip(" ,;(")][-len(numbers) :]
        fits = [arms.affinity(_INTO.sub("", item)) for item in items]
        mine, other = (max((f[side] for f in fits), default=0.0) for side in (0, 1))
        first = [i for i, f in enumerate(fits) if mine and f[0] == mine]
        second = [i for i, f in enumerate(fits) if other and f[1] == other]
        if len(items) == len(numbers) and len(first) == len(second) == 1:
            return numbers[first[0]], numbers[second[0]]
    return None


def _by_clause(
    passage: Passage,
    spoken: frozenset[str],
    numbers: list[_Number],
    mentions: list[tuple[int, int]],
    kind: OutcomeKind,
    known: tuple[str, Sizes],
) -> Iterator[Candidate]:
    """Read "in A, pain (8 %), nausea (4 %); in B, pain (9 %), nausea (3 %)"."""
    text = passage.text[:_LONGEST]
    cuts = [0, *(m.start() for m in re.finditer(";", text)), len(text)]
    lists: tuple[list[tuple[frozenset[str], str, _Number]], ...] = ([], [])
    for start, end in pairwise(cuts):
        named = {side for at, side in mentions if start <= at < end}
        if len(named) != 1:
            continue
        at = start
        for number in (n for n in numbers if start <= n.start < end):
            phrase = text[max(at, number.start - 60) : number.start]
            at = number.end
            words = frozenset(stems(phrase.rpartition(",")[2] or phrase))
            lists[min(named)].append((words, phrase, number))
    for words, phrase, left in lists[0]:
        same = [right for found, _, right in lists[1] if words and found == words]
        if len(same) == 1:
            pair = _both((left, same[0]), kind, text, known)
            if pair is not None:
                yield _made(passage, spoken, pair, kind, phrase, (left, same[0]))


def _is_enumeration(text: str, numbers: list[_Number]) -> bool:
    """Whether outcomes are listed first and their numbers after: which is whose is not told."""
    between = [text[numbers[i].end : numbers[i + 1].start] for i in range(1, len(numbers) - 1, 2)]
    return any(not [w for w in stems(gap) if w.isalpha() and len(w) > 2] for gap in between)


def _numbers(text: str, base: int, kind: OutcomeKind) -> Iterator[_Number]:
    if kind == "continuous":
        for match in _MEANT.finditer(text):
            mean = Value(Printed(match["mean"]).value, base + match.start("mean"),
                         base + match.end("mean"))  # fmt: skip
            sd = Value(
                Printed(match["sd"]).value, base + match.start("sd"), base + match.end("sd")
            )
            bare = match["sign"].strip() in ("(", "[")
            yield _Number(match.start(), match.end(), mean, sd, 0.0 if bare else None)
        return
    for match in _PLAIN.finditer(text):
        for name in ("n", "m"):
            at = match.start(name), match.end(name)
            value = Value(float(match[name]), base + at[0], base + at[1])
            yield _Number(*at, value, None, None)
    counted = _COUNT_OF.search(text)
    for match in _WAS.finditer(text, counted.end()) if counted else ():
        value = Value(float(match["n"]), base + match.start("n"), base + match.end("n"))
        yield _Number(match.start("n"), match.end("n"), value, None, None)
    for match in _COUNTED.finditer(text):
        count = next((g for g in ("n", "n2", "n3") if match[g]), None)
        total = next((g for g in ("total", "total3") if match[g]), None)
        percent = next((match[g] for g in ("pct", "pct2", "pct3") if match[g]), None)
        place = count or "pct3"
        first = Value(float(match[place]), base + match.start(place), base + match.end(place))
        second = None
        if total:
            second = Value(float(match[total]), base + match.start(total), base + match.end(total))
        share = float(percent) if percent else None
        yield _Number(match.start(), match.end(), first, second, None if count else share)


def _arm(
    label: str, number: _Number, size: Value | None, kind: OutcomeKind, told: tuple[str, str]
) -> FoundArm:
    if kind == "binary":
        return _counted_arm(label, number, size)
    spread = spread_told(told)
    bare = number.percent is not None and spread_told(told[:1]) != "sd"
    if spread in ("se", "median", "unclear") or number.second is None or bare:
        return FoundArm(label, size)
    return FoundArm(label, size, mean=number.first, sd=number.second)


def _counted_arm(label: str, number: _Number, size: Value | None) -> FoundArm:
    """Make an arm of a count, or of a percentage of a known group."""
    if number.percent is None:
        n = number.second or size
        fits = n is None or number.first.value <= n.value
        return FoundArm(label, n, events=number.first) if fits else FoundArm(label, size)
    if size is None or number.percent > 100 or not size.value:
        return FoundArm(label, size)
    events = round(number.percent * size.value / 100)
    near = abs(100 * events / size.value - number.percent) <= max(0.5, 50 / size.value)
    computed = f"{number.percent:g} % of {size.value:.0f}"
    value = Value(float(events), number.first.start, number.first.end, computed)
    return FoundArm(label, size, events=value) if near else FoundArm(label, size)


def _mentions(text: str, arms: Arms) -> list[tuple[int, int]]:
    """Give (place, side) of what names an arm: words that only one of them has."""
    mine, other = arms.intervention - arms.comparator, arms.comparator - arms.intervention
    made = []
    for match in _WORD.finditer(text):
        words = arms.wording.spelled(match.group()) | set(stems(match.group(), keep=True))
        if words & mine and not words & other:
            made.append((match.start(), 0))
        elif words & other and not words & mine:
            made.append((match.start(), 1))
    if {side for _, side in made} != {0, 1}:
        made += _by_kind(text, arms, {side for _, side in made})
    return sorted(made)


def _by_kind(text: str, arms: Arms, known: set[int]) -> list[tuple[int, int]]:
    """Find "control group" and "intervention group" for an arm that is not named."""
    made = []
    for match in re.finditer(
        r"[A-Za-z-]+ group|group [A-Z1-9IV]+\b|\bcontrols?\b|\bplacebo\b", text
    ):
        mine, other = arms.affinity(match.group())
        if mine and 0 not in known:
            made.append((match.start(), 0))
        elif other and 1 not in known:
            made.append((match.start(), 1))
    return made


def _order(mentions: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Give the order of the arms in a stretch where each is named in one run only."""
    inside = [side for at, side in mentions if start <= at < end]
    runs = [inside[0], *(b for a, b in pairwise(inside) if a != b)] if inside else []
    if runs == [0, 1]:
        return 0, 1
    return (1, 0) if runs == [1, 0] else None

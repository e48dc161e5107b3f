"""How well what a row or a sentence is about fits the outcome that is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from probatum.claims.lookup.asked import Sought
from probatum.claims.lookup.wording import CAPITALS, Wording, initialled, stem, stems
from probatum.text.quantities import TIME

_DAYS = {"mi": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0, "mo": 30.4, "y": 365.0}
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_LATE = re.compile(
    r"\bpost|\bafter\b|\bfinal\b|\bend\b|\bendpoint\b|follow-?up|discharge|last", re.IGNORECASE
)
_EARLY = re.compile(
    r"\bbaseline\b|\bpre-?\b|pre-?treatment|pre-?op|\bbefore\b|\bentry\b|\binitial\b|screening"
    r"|randomi[sz]ation visit|\b(?:week|day|month)s? 0\b|\bT0\b|admission|characteristics"
    r"|demographic",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"change|from baseline|reduction|increase|difference|decrease|improvement|gain|\bloss\b|delta|"
    "\u0394",
    re.IGNORECASE,
)
_IS_CHANGE = re.compile(
    r"\bmean changes?\b|changes? (?:in|of|from)|\(change\)|from baseline|\u0394|\bdelta\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(week|day|month|year)s?\s?(\d+(?:\.\d+)?)\b", re.IGNORECASE)
_BASELINE_ASKED = re.compile(
    r"\bbaseline\b|characteristic|before (?:the )?treatment", re.IGNORECASE
)
_SUBGROUP = re.compile(
    r"sub-?group|among (?:those|patients)|per[- ]protocol|\bPP\b|stratif|\bmales?\b|\bfemales?\b"
    r"|\bwomen\b|\bmen\b|\bboys\b|\bgirls\b|children|adolescents|complet(?:er|ed)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a row is about: its own words, those of its table, its time in days, its nature."""

    own: str
    around: str
    days: float | None
    baseline: bool
    change: bool
    subgroup: bool
    prose: bool = False
    changes: bool = False


def tells_change(label: str) -> bool:
    """Whether a label names changes rather than values.

    >>> tells_change("Change from baseline"), tells_change("Week 4")
    (True, False)
    """
    return bool(_IS_CHANGE.search(label))


def topic(own: str, around: str, *, prose: bool = False, both: bool = False) -> Topic:
    """Read the topic of a row from its labels and its caption.

    ``both``: the table has columns or rows of changes beside those of values, so that its
    caption does not tell which this one is.
    """
    early = bool(_EARLY.search(own)) and not _CHANGE.search(own)
    caption_early = bool(_EARLY.search(around)) and not (
        _CHANGE.search(f"{own} {around}") or _LATE.search(around)
    )
    late = bool(_LATE.search(own)) or (days_of(own) or 0) > 0
    baseline = (early or (caption_early and not late)) and not (late and _LATE.search(own))
    return Topic(
        own, around, days_of(own), baseline,
        bool(_CHANGE.search(own)), bool(_SUBGROUP.search(f"{own} {around}")), prose,
        tells_change(own if both else f"{own} {around}"),
    )  # fmt: skip


def days_of(text: str) -> float | None:
    """Give the last time that a label names, in days; "after" and "final" count as late.

    >>> days_of("Pain at 2 weeks"), days_of("Day 3"), days_of("Pain")
    (14.0, 3.0, None)
    """
    found = [float(m[2]) * _unit(m[1]) for m in _NUMBERED.finditer(text)]
    for match in TIME.finditer(text):
        words = re.match(r"([\d.]+|[a-z-]+)[^a-z]{0,2}([a-z]+)", match.group().lower())
        if words is None:
            continue
        count = words[1]
        value = _NUMBERS.index(count) + 1.0 if count in _NUMBERS else None
        if re.fullmatch(r"\d+(?:\.\d+)?", count):
            value = float(count)
        if value is not None:
            found.append(value * _unit(words[2]))
    if found:
        return max(found)
    return 1e5 if _LATE.search(text) else None


def timeless(text: str) -> str:
    """Drop the times that a label names.

    >>> timeless("Pain at 2 weeks").split()
    ['Pain', 'at']
    """
    return _NUMBERED.sub(" ", TIME.sub(" ", text))


_STAGE = re.compile(
    r"\b(?:pre|post|after|before|final|end|follow-?up|last|baseline)(?:-?\w+)?\b", re.IGNORECASE
)


def same_but_for_time(one: Topic, other: Topic) -> bool:
    """Whether two rows differ in the time they name only, as far as their words tell."""
    said = (frozenset(stems(_STAGE.sub(" ", timeless(x.own)), keep=True)) for x in (one, other))
    return next(said) == next(said)


def _unit(name: str) -> float:
    low = name.lower()
    return _DAYS["mo"] if low.startswith("mo") else _DAYS["mi"] if low.startswith("mi") else (
        _DAYS.get(low[0], 1.0)
    )  # fmt: skip


_BRACKETS = re.compile(r"\([^()]{1,12}\)|\[[^\[\]]{1,12}\]")  # units
_DIGITS = re.compile(r"\d+")
_WHOLE = re.compile(r"\b(?:any|all|overall|at least one)\b|total\b", re.IGNORECASE)
_TIMING = frozenset(("baseli", "charac"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The outcome that is asked for, as stems with their weight."""

    words: frozenset[str]
    baseline: bool
    change: bool
    days: float | None
    subgroup: bool
    wording: Wording
    shared: frozenset[str] = frozenset()
    asked: str = ""

    def fit(self, about: Topic, spoken: frozenset[str]) -> float:
        """Say how well a topic fits, in [0, 1]; ``spoken`` are the words of the arms' labels."""
        own = self._read(about.own) - spoken
        around = self.wording.spelled(about.around)
        total = self.wording.weigh(self.words)
        if not total:
            return 0.0
        hit = self.wording.weigh(self.words & own)
        hit += 0.6 * self.wording.weigh((self.words & around) - own)
        if about.prose:
            return min(0.95, max(0.0, 0.95 * hit / total - self._penalty(about)))
        bare = frozenset(stems(timeless(_BRACKETS.sub(" ", about.own)))) - spoken
        alien = self.wording.weigh(bare - self.words)
        precise = hit / (hit + alien) if hit + alien else 0.0
        score = 0.7 * hit / total + 0.3 * precise + (0.06 if _WHOLE.search(about.own) else 0.0)
        if self.shared & own:
            score += 0.08  # what both arms got: "drug X in smokers v in others"
        return max(0.0, score - self._penalty(about))

    def tells_apart(self, about: Topic, rival: Topic) -> bool:
        """Whether a row has the numbers of the question ("C2-4", "IL-6"), and a rival others."""
        asked, own, other = (
            frozenset(_DIGITS.findall(timeless(text)))
            for text in (self.asked, about.own, rival.own)
        )
        more = self._hits(rival) - self._hits(about)
        return bool(asked) and own == asked != other and all(w.isdigit() for w in more)

    def holds(self, about: Topic, rival: Topic) -> bool:
        """Whether a row is the total of what a rival, that hits no more of the question, parts."""
        if not _WHOLE.search(about.own) or _WHOLE.search(rival.own):
            return False
        said, parted = (
            {word for word in self.wording.spelled(timeless(row.own)) if word.isalpha()}
            for row in (about, rival)
        )
        parts = said <= parted and (bool(said) or about.around == rival.around)
        return parts and self._hits(rival) <= self._hits(about)

    def _hits(self, about: Topic) -> frozenset[str]:
        return self.words & self._read(about.own)

    def _read(self, label: str) -> frozenset[str]:
        """Give the stems of a label, with the words of the question whose initials it prints."""
        found = set(self.wording.spelled(label))
        for short in CAPITALS.findall(label):
            if short not in self.wording.short:
                found.update(stem(word) for word in initialled(short, self.asked))
        return frozenset(found)

    def _penalty(self, about: Topic) -> float:
        cost = 0.0
        if about.baseline != self.baseline:
            cost += 0.5
        if about.subgroup and not self.subgroup:
            cost += 0.08
        if about.change and not self.change:
            cost += 0.08 if about.changes else 0.02  # changes are not given for values
        if self.days and about.days and about.days < 1e4:
            same = abs(self.days - about.days) <= 0.05 * self.days
            cost += -0.1 if same else 0.6
        return cost


def wanted(sought: Sought, wording: Wording) -> Wanted:
    """Prepare the outcome of a question."""
    told = f"{sought.outcome} {sought.time or ''}"
    return Wanted(
        (wording.spelled(timeless(sought.outcome)) or frozenset(stems(sought.outcome, keep=True)))
        - _TIMING,
        bool(_BASELINE_ASKED.search(sought.outcome)),
        bool(_CHANGE.search(sought.outcome)),
        days_of(told) if (days_of(told) or 0) < 1e4 else None,
        bool(_SUBGROUP.search(sought.outcome)),
        wording,
        frozenset(stems(sought.intervention)) & frozenset(stems(sought.comparator)),
        sought.outcome,
    )

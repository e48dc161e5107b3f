"""Which label of a table, or which mention in a sentence, stands for which arm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from probatum.claims.lookup.asked import Sought
from probatum.claims.lookup.wording import CAPITALS, Wording, folded, initialled, stem, stems

_CONTROL_WORDS = """
control placebo sham standard usual conventional waiting waitlist untreated vehicle routine
nointervention notreatment comparison saline dummy
"""
_ACTIVE_WORDS = "intervention treatment experimental active study verum treated therapy"
CONTROL = frozenset(stem(word) for word in _CONTROL_WORDS.split())
ACTIVE = frozenset(stem(word) for word in _ACTIVE_WORDS.split())
_LETTERED = re.compile(
    r"\W*(?:(?i:study |treatment )?(?i:group|arm|gr\.?|cohort))?\s?-?([ivIV]{1,3}|[A-Z1-9])\b\W*",
)
_GROUP = r"\b(?:[Gg]roup|[Aa]rm|[Cc]ohort)s?\s?-?{0}\b"
_REACH = 110
_MOST_MENTIONS = 12
_LEAST = 0.25
_BY_KIND = 0.55  # "control" for a comparator that is one
_LEAST_KNOWN = 0.4
_BY_REST = 0.5  # the only other label


@dataclass(frozen=True, slots=True)
class Arms:
    """The words of the two arms, and those that only one of them has."""

    intervention: frozenset[str]
    comparator: frozenset[str]
    text: str
    wording: Wording
    names: tuple[str, str] = ("", "")

    @property
    def controlled(self) -> bool:
        """Whether the comparator is a control rather than another treatment."""
        lacks = any(
            word.startswith("no") and any(own.startswith(word[2:]) for own in self.intervention)
            for word in self.comparator - self.intervention
            if len(word) > 4
        )
        added = self.comparator < self.intervention
        return (
            lacks or added or (bool(self.comparator & CONTROL) and not self.intervention & CONTROL)
        )

    def affinity(self, label: str) -> tuple[float, float]:
        """Say how well a label fits the intervention and the comparator, each in [0, 1]."""
        exact = _named(label, self.names[0]), _named(label, self.names[1])
        words = self.words(label)
        # "Drug X" opens "drug X plus Y", and says nothing where the other arm got X too.
        apart = self.intervention ^ self.comparator
        if exact[0] != exact[1] and (max(exact) == 1.0 or words & apart):
            return exact
        mine = _affinity(words, self.intervention, self.comparator)
        other = _affinity(words, self.comparator, self.intervention)
        if not mine and not other and self.controlled:
            bare = frozenset(stems(label, keep=True))  # "HAART" has "active" in its long form only
            if bare & CONTROL:
                other = _BY_KIND
            elif bare & ACTIVE:
                mine = _BY_KIND
        return (mine, 0.0) if mine > other else (0.0, other) if other > mine else (0.0, 0.0)

    def words(self, label: str) -> frozenset[str]:
        """Give the stems of a label, with what "group A" is called elsewhere in the text."""
        found = frozenset(all_stems(label, self.wording)) | self._of_initials(label)
        lettered = _LETTERED.fullmatch(label)
        if lettered and not found & (self.intervention ^ self.comparator):
            return found | self._told_of(lettered[1])
        return found

    def _of_initials(self, label: str) -> frozenset[str]:
        """Give the words of the one arm whose initials a label's capitals are: "CBT"."""
        made: set[str] = set()
        for short in CAPITALS.findall(label):
            told = [initialled(short, name) for name in self.names]
            if short not in self.wording.short and bool(told[0]) != bool(told[1]):
                made.update(stem(word) for word in told[0] or told[1])
        return frozenset(made)

    def _told_of(self, name: str) -> frozenset[str]:
        """Give the words that stand near "group A" more often than only once by chance."""
        seen: Counter[str] = Counter()
        own = self.intervention ^ self.comparator
        pattern = re.compile(_GROUP.format(re.escape(name)))
        for match, _ in zip(pattern.finditer(self.text), range(_MOST_MENTIONS), strict=False):
            after = self.text[match.end() : match.end() + _REACH]
            after = re.split(r"[.;]\s|\b[Gg]roup\b", after)[0]
            before = self.text[max(0, match.start() - 50) : match.start()]
            inside = before.rstrip().endswith("(")  # "drug X (group A)"
            before = re.split(r"[.;]\s|\b[Gg]roup\b|,\s", before)[-1] if inside else ""
            seen.update(all_stems(f"{before} {after}", self.wording) & own)
        if not seen:
            return frozenset()
        most = max(seen.values())
        return frozenset(word for word, count in seen.items() if count * 2 >= most)


def arms_of(sought: Sought, text: str, wording: Wording) -> Arms:
    """Prepare the arms of a question for a document."""
    mine = all_stems(sought.intervention, wording)
    other = all_stems(sought.comparator, wording)
    names = (sought.intervention, sought.comparator)
    return Arms(frozenset(mine), frozenset(other), text, wording, names)


_FILLER = re.compile(r"\b(?:groups?|arms?|the|study|mean|sd|receiving|received)\b")


_APART = re.compile(r"[\W_]+|(?<=[a-z])(?=\d)")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")


def _named(label: str, name: str) -> float:
    """Compare with a name as it is asked for, and without what its brackets explain."""
    short = _ASIDE.sub("", name)
    return max(_same(label, name), _same(label, short) if short != name else 0.0)


def _same(label: str, name: str) -> float:
    """Say whether a label is the arm's name, or what its name opens or closes with."""
    one, two = (" ".join(_FILLER.sub(" ", _APART.sub(" ", folded(x))).split())
                for x in (label, name))  # fmt: skip
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    opens = two.startswith(one + " ") or one.startswith(two + " ")
    return 0.88 + 0.01 * min(10, len(one)) if opens and len(one) > 2 else 0.0


_EMPTY = frozenset(
    stem(w)
    for w in [
        "the",
        "a",
        "an",
        "of",
        "in",
        "with",
        "and",
        "or",
        "for",
        "group",
        "groups",
        "arm",
        "n",
        "to",
        "at",
    ]
)


def all_stems(text: str, wording: Wording) -> set[str]:
    """Give the stems of a label of an arm; words such as "treatment" count here."""
    return (set(stems(text, keep=True)) | set(wording.spelled(text))) - _EMPTY


def _affinity(label: frozenset[str], mine: frozenset[str], other: frozenset[str]) -> float:
    own, against = (mine - other) & label, (other - mine) & label
    if mine - other:
        if not own or len(against) >= len(own):
            return 0.0
        recall = len(own) / len(mine - other)
    else:
        if not mine & label or against:
            return 0.0
        recall = len(mine & label) / len(mine)
    precision = len(label & mine) / len(label)
    score = 0.5 * precision + 0.5 * recall
    return score if score >= _LEAST else 0.0


@dataclass(frozen=True, slots=True)
class Sides:
    """The axis of a table on which its arms stand, their labels there, and how sure that is."""

    axis: str
    intervention: str
    comparator: str
    score: float

    @property
    def stands_in_rows(self) -> bool:
        """Whether the arms are rows rather than columns."""
        return self.axis == "heading" or self.axis.startswith("row")


def sides(arms: Arms, labels: Iterable[tuple[str, tuple[str, ...]]]) -> list[Sides]:
    """Find the axes on which both arms stand, best first; ``labels`` by axis, in order."""
    made = []
    for axis, listed in labels:
        found = _on_axis(arms, axis, listed)
        if found is not None:
            made.append(found)
    return sorted(made, key=lambda side: -side.score)


def _on_axis(arms: Arms, axis: str, listed: tuple[str, ...]) -> Sides | None:
    fits = {label: arms.affinity(label) for label in listed}
    mine = _best({label: fit[0] for label, fit in fits.items()})
    other = _best({label: fit[1] for label, fit in fits.items()})
    if mine and other:
        return Sides(axis, mine[0], other[0], (mine[1] + other[1]) / 2)
    if not mine and not other:
        return _by_kind(arms, axis, listed)
    known, rest = mine or other, _rest(axis, listed, fits)
    if known is None or rest is None or known[1] < _LEAST_KNOWN:
        return None
    score = (known[1] + _BY_REST) / 2
    return Sides(axis, known[0], rest, score) if mine else Sides(axis, rest, known[0], score)


def _by_kind(arms: Arms, axis: str, listed: tuple[str, ...]) -> Sides | None:
    """Take "experimental" and "control" for the arms where the axis names no others."""
    labels = [label for label in listed if _may_be_arm(label)]
    bare = {label: frozenset(stems(label, keep=True)) - _EMPTY for label in labels}
    active = [label for label in labels if bare[label] and bare[label] <= ACTIVE]
    control = [label for label in labels if bare[label] and bare[label] <= CONTROL]
    if len(labels) != 2 or len(active) != 1 or len(control) != 1 or arms.intervention & CONTROL:
        return None
    return Sides(axis, active[0], control[0], _BY_REST)


def _rest(axis: str, listed: tuple[str, ...], fits: dict[str, tuple[float, float]]) -> str | None:
    """Give the only label besides one that fits; none where several fit a side."""
    fitting = [label for label, fit in fits.items() if fit != (0.0, 0.0)]
    rest = [label for label in listed if label not in fitting and _may_be_arm(label)]
    allowed = axis != "heading" and not (axis.startswith("row") and len(listed) != 2)
    return rest[0] if len(fitting) == len(rest) == 1 and allowed else None


def _best(scores: dict[str, float]) -> tuple[str, float] | None:
    """Give the label that fits best; None where none does, or two do equally."""
    ranked = sorted(((score, label) for label, score in scores.items() if score), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.02):
        return None
    return ranked[0][1], ranked[0][0]


_NO_ARM = re.compile(
    r"\bp\b|p[- ]?value|differ|\bci\b|confidence|odds|ratio|effect|\btotal\b|overall|baseline"
    r"|\ball\b|statistic|\bdf\b|change|reference|ref\.|week|month|day|mean|\bsd\b|\bn\b|%"
    r"|test|\bt\b|\bF\b|time|variable|outcome|measure|chi|unit",
    re.IGNORECASE,
)


def _may_be_arm(label: str) -> bool:
    return bool(label.strip()) and not _NO_ARM.search(label)

"""Dangers of a medicine that a page dismisses: by leave, by denial, by laughter, by leaving out.

What is dangerous (a state, an act, a harm) and what is owed (a check) are read apart from the
words that dismiss them; both must stand near each other in a sentence that neither warns, asks,
tells a finding nor says what others claim. Whoever calls sees to it that the sentence is about a
medicine of the pack, and finds the warning that stands against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from probatum.text.lexicon import load, words
from probatum.text.spotting import spotter

ANY = "any"  # harms at large: any warning of the drug stands against it
_LONGEST = 400  # characters: a longer sentence is a list, or several run together
_NEAR = 90  # characters between what is dangerous and what dismisses it
_RIGHT_BEHIND = 35
_BY = {
    "states": ("free", "laughed"),
    "acts": ("free", "laughed"),
    "duties": ("skipped", "laughed"),
    "harms": ("none", "lacks", "laughed"),
}
_NEGATED = re.compile(
    r"\b(?:not|never|no|cannot|nobody|n.t|without|hardly|far from)\b[^.,;]{0,20}$"
)
# A contrast; "while you are breastfeeding" is none.
_GAP = re.compile(
    r";|\bwhereas\b|\balthough\b|\bwhile\b"
    r"(?! (?:you|they|she|we|i|pregnant|breast-?feeding|nursing|expecting|taking|drinking|still"
    r"|on)\b)"
)


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A danger by its name in ``text/hazards.toml``, or ``ANY``, and the words that dismiss it."""

    name: str
    words: str


def dismissed(text: str) -> Iterator[Dismissed]:
    """Give the dangers that a sentence on a medicine dismisses, likeliest kinds first.

    >>> [found.name for found in dismissed("Feel free to drive home afterwards.")]
    ['driving']
    >>> list(dismissed("You should not drive until the next day."))
    []
    """
    small = text.lower().replace("\u2019", "'")
    if len(small) > _LONGEST:
        return
    if _patterns()["whole"].search(small):
        return
    for kind, cues in _BY.items():
        for name, topic in _matches(kind, small):
            found = next(_dismissing(small, topic, cues), None)
            if found is not None:
                yield Dismissed(name, found.group().strip())
                break


def _dismissing(
    small: str, topic: re.Match[str], cues: tuple[str, ...]
) -> Iterator[re.Match[str]]:
    """Give the words that dismiss a danger and that nothing in the sentence takes back."""
    for name in cues:
        for cue in _cues(name, small):
            if _meet(small, topic, cue, after=name == "lacks"):
                rest = f"{small[: cue.start()]} {small[cue.end() :]}"
                if not _patterns()["all"].search(rest):
                    yield cue


def _matches(kind: str, small: str) -> Iterator[tuple[str, re.Match[str]]]:
    for name, pattern in _topics()[kind].items():
        if spotter(pattern.pattern).may_match(small):
            yield from ((name, match) for match in pattern.finditer(small))


def _cues(name: str, small: str) -> Iterator[re.Match[str]]:
    pattern = _patterns()[name]
    for match in pattern.finditer(small):
        if name != "free" or not _NEGATED.search(small[: match.start()]):
            yield match


def _meet(small: str, topic: re.Match[str], cue: re.Match[str], *, after: bool) -> bool:
    """Whether both stand near each other; ``after``: right behind the cue, with no comma."""
    first, last = sorted((topic, cue), key=re.Match.start)
    between = small[first.end() : max(first.end(), last.start())]
    if after and (first is topic or len(between) > _RIGHT_BEHIND or "," in between):
        return False
    same = first.start() == last.start() and first.end() == last.end()
    return not same and len(between) <= _NEAR and not _GAP.search(between)


@cache
def _topics() -> dict[str, dict[str, re.Pattern[str]]]:
    lists = load("probatum.trust", "data/dismissals.toml")
    return {
        kind: {name: re.compile(words(patterns)) for name, patterns in lists[kind].items()}
        for kind in _BY
    }


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = load("probatum.trust", "data/dismissals.toml")
    cues = {name: re.compile("|".join(patterns)) for name, patterns in lists["cues"].items()}
    back = {name: re.compile("|".join(patterns)) for name, patterns in lists["taken_back"].items()}
    return cues | back

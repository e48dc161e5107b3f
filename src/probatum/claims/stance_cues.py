"""Cues of agreement and contrast in a sentence, and the circumstances in which they stand.

The tables are ``stance.toml``: cues as patterns, and classes of single words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import accumulate
from operator import or_

from probatum.claims.stance_context import BREAKS, NAMED, OTHER, Said, Seen
from probatum.text.lexicon import load, words

_TABLE = load("probatum.claims", "stance.toml")
_CUES = [(row["name"], row["stance"]) for row in _TABLE["cue"]]


def _letters(pattern: str) -> frozenset[str]:
    """Give the letters that a pattern of the table can begin with.

    It begins with a letter or with a group ``(?:a|b)``, and no group there is optional.
    """
    if not pattern.startswith("(?:"):
        return frozenset(pattern[0])
    return frozenset(branch[0] for branch in pattern[3 : pattern.index(")")].split("|"))


def _beginning(letter: str) -> re.Pattern[str]:
    """Compile the cues that can begin with a letter, in their order, one group a cue."""
    branches = [
        (i, [p for p in row["patterns"] if letter in _letters(p)])
        for i, row in enumerate(_TABLE["cue"])
    ]
    return re.compile("|".join(f"(?P<c{i}>(?:{'|'.join(ps)})\\b)" for i, ps in branches if ps))


# Words are in lower case, so that no pattern need fold them: that halves the time. A fifth of the
# branches a letter: that halves it again.
_LETTERS = {letter for row in _TABLE["cue"] for p in row["patterns"] for letter in _letters(p)}
_CUE = {letter: _beginning(letter) for letter in sorted(_LETTERS)}
_OWN = re.compile(words(_TABLE["own"]["patterns"]))
_PRIOR = re.compile(words(_TABLE["prior"]["patterns"]))
_TO_OWN = re.compile(
    r"\b(?:with|to|than|from|of|by|in) (?:our|ours|the present|the current|this study"
    r"|these (?:results|findings|data)|those of (?:our|the present))\b"
)
_TO_PRIOR = re.compile(
    r"\b(?:with|to|than|from|by|of|as) (?:(?:the|that|those|what|results?|findings?|data|in|of"
    r"|has|been|was|were|have|most|many|some|several|a|an|other) ){0,5}(?:previous\w*|prior"
    r"|earlier|other|others|published|reported|literature|studies|recent|\u220e|observed|found"
    r"|\u29d6)(?=\s|$)"
)
_OPENING = re.compile(
    r"^\W*(however|in contrast|by contrast|contrary|on the other hand|on the contrary|conversely"
    r"|although|though|whereas|while|despite|nevertheless|unlike|similarly|likewise|in (?:line"
    r"|agreement|accordance|keeping|concordance)|consistent|this|these|our|we|in (?:a|an|another"
    r"|one|the|our|this)|other|another|some|several|previous|recent|the|a|an|\u220e)"
)
_OWN_FIRST = re.compile(
    r"^\W*(?:\w+ ){0,3}?(?:we|our|the present|the current|this study|these|this|in our|in the"
    r" present|in this|in the current)\b"
)
_CITED_FIRST = re.compile(
    r"^\W*(?:(?:however|in contrast|by contrast|conversely|similarly|also|moreover|furthermore"
    r"|in addition|additionally|indeed|recently|although|while|whereas|on the other hand"
    r"|interestingly|for example) (?:, )?)?(?:\u220e|(?:a|an|another|other|one|two|three|several"
    r"|some|many|most|few|previous|prior|earlier|recent|in a|in an|in another|in one|the)\b)"
)
_CLASSES = tuple(_TABLE["class"])
_BIT = {name: 1 << k for k, name in enumerate(_CLASSES)}
_OWN_BIT, _PRIOR_BIT, _TO_OWN_BIT, _TO_PRIOR_BIT = (1 << len(_CLASSES) + k for k in range(4))
_PATTERNS = {"own": _OWN, "prior": _PRIOR, "to_own": _TO_OWN, "to_prior": _TO_PRIOR}
_FIRST_BIT = {name: 1 << (len(_CLASSES) + 4 + k) for k, name in enumerate(_TABLE["first"])}
_BESIDE_NAMES = ("result", "setting", "we", "study", "action", "none", "modal")
_BESIDE = sum(_BIT[name] for name in _BESIDE_NAMES)
_ANY_FIRST = sum(_FIRST_BIT.values())
_WORD_BITS = [
    *((1 << k, re.compile(p)) for k, p in enumerate(_TABLE["class"].values())),
    *((_FIRST_BIT[name], re.compile(p)) for name, p in _TABLE["first"].items()),
]
_NAMES = (*_CLASSES, "own", "prior", "to own", "to prior")
_JOINS = BREAKS | {","}
_NEAR = 9  # words beside a cue that tell what is compared
_CHUNK = 7


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its name in the table, the side it speaks for, its words, the word it starts at."""

    name: str
    side: str
    words: str
    word: int
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Traits:
    """A text's words as bits of :data:`_NAMES`, how it opens, whom it is about, its cues."""

    bits: tuple[int, ...]
    opens: str
    subject: str
    cues: tuple[Cue, ...]


@lru_cache(maxsize=1 << 16)
def _bits(word: str) -> int:
    return sum(bit for bit, pattern in _WORD_BITS if pattern.fullmatch(word))


@lru_cache(maxsize=1024)
def _traits(said: Said) -> _Traits:
    bits = list(map(_bits, said.words))
    at = [0, *accumulate(len(word) + 1 for word in said.words)]
    first = [(k, word) for k, word in enumerate(bits) if word & _ANY_FIRST]
    for bit, (name, pattern) in enumerate(_PATTERNS.items(), len(_CLASSES)):
        for k, _ in _matches(pattern, _FIRST_BIT[name], said.text, first, at):
            bits[k] |= 1 << bit
    opening = _OPENING.match(said.text)
    own, cited = bool(_OWN_FIRST.search(said.text)), bool(_CITED_FIRST.search(said.text))
    return _Traits(
        tuple(bits),
        opening.group(1) if opening else "other",
        f"{own:d}{cited:d}",
        tuple(_cue(m, k, bits, at) for k, m in _found_cues(said.text, first, at)),
    )


# Tried only at words that can begin one, not at every letter: a third of the time.
def _matches(
    pattern: re.Pattern[str], bit: int, text: str, first: list[tuple[int, int]], at: list[int]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Find what a pattern matches, as ``finditer`` does: (number of the first word, match)."""
    end = 0
    for k, word in first:
        if word & bit and at[k] >= end:
            match = pattern.match(text, at[k])
            if match:
                end = match.end()
                yield k, match


def _found_cues(
    text: str, first: list[tuple[int, int]], at: list[int]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Find the cues as ``_matches`` does, by the branches that begin with the word's letter."""
    end, bit = 0, _FIRST_BIT["cue"]
    for k, word in first:
        if word & bit and at[k] >= end:
            match = _CUE[text[at[k]]].match(text, at[k])
            if match:
                end = match.end()
                yield k, match


def cues(said: Said) -> tuple[Cue, ...]:
    """Give the cues of a text in order."""
    return _traits(said).cues


def names_own(said: Said) -> bool:
    """Tell whether a text names the study that it is part of."""
    return bool(_any(_traits(said).bits) & _OWN_BIT)


def _cue(match: re.Match[str], first: int, bits: list[int], at: list[int]) -> Cue:
    name, side = _CUES[int((match.lastgroup or "c0")[1:])]
    last = bisect_right(at, max(match.start(), match.end() - 1))
    after, before = _any(bits[last : last + _NEAR]), _any(bits[max(0, first - _NEAR) : first])
    beside = _beside(name, side, before & _BESIDE, after & _BESIDE)
    return Cue(name, side, match.group(), first, beside)


@lru_cache(maxsize=1 << 12)
def _beside(name: str, side: str, before: int, after: int) -> tuple[str, ...]:
    """Name what stands on either side of a cue: whose results, or settings, are compared."""
    made = []
    for key in ("result", "setting", "we", "study", "action"):
        is_after = bool(after & _BIT[key])
        made += [f"q{key}a{is_after:d}{side}", f"q{key}a{is_after:d}{name}"]
    for key in ("result", "setting", "we", "none", "modal"):
        is_before = bool(before & _BIT[key])
        made += [f"q{key}b{is_before:d}{side}", f"q{key}b{is_before:d}{name}"]
    ours = f"{bool(after & _BIT['we']):d}{bool(before & _BIT['we']):d}"
    made.append(f"q{side}{ours}{bool(after & _BIT['study']):d}")
    made.append(f"q{name}{bool(after & _BIT['result']):d}{bool(after & _BIT['setting']):d}")
    return tuple(made)


def circumstances(seen: Seen, found: tuple[Cue, ...]) -> list[str]:
    """Name the cues of a context and all that tells what they mean for its citation."""
    zones = _zones(seen)
    made = [*_cue_names(seen, found, zones), *_around(seen, found), *_presence(zones)]
    made += _openings(seen, zones)
    made += _ways(seen, zones)
    made += _crossed(seen, zones)
    return list(dict.fromkeys(made))


def _any(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


@dataclass(frozen=True, slots=True)
class _Zones:
    """Classes of words in the target's clause, before and after it, in both neighbours."""

    clause: int
    left: int
    right: int
    previous: int
    next: int

    def has(self, zone: str, name: str) -> int:
        """Tell (1 or 0) whether a class stands in a zone."""
        return int(bool(getattr(self, zone) & _BIT[name]))

    @property
    def rest(self) -> int:
        """The sentence without the target's clause."""
        return self.left | self.right

    @property
    def own(self) -> str:
        """Whether the own study is named in the sentence, and in the one before."""
        here = self.clause | self.left | self.right
        return f"own{bool(here & _OWN_BIT):d}{bool(self.previous & _OWN_BIT):d}"


def _zones(seen: Seen) -> _Zones:
    bits = _traits(seen.said).bits
    clause = _any(bits[seen.low : seen.first]) | _any(bits[seen.last : seen.high])
    return _Zones(
        clause,
        _any(bits[: seen.low]),
        _any(bits[seen.high :]),
        _any(_traits(seen.previous).bits),
        _any(_traits(seen.next).bits),
    )


def _presence(zones: _Zones) -> Iterator[str]:
    for zone in ("clause", "left", "right", "previous", "next"):
        bits = getattr(zones, zone)
        for shift in (0, _CHUNK, 2 * _CHUNK):
            yield from _named(zone, shift, bits >> shift & ((1 << _CHUNK) - 1))


# A third of the classes at a time: few sets, so that their names are made once.
@lru_cache(maxsize=1 << 11)
def _named(zone: str, shift: int, bits: int) -> tuple[str, ...]:
    return tuple(f"{zone} {name}" for k, name in enumerate(_NAMES[shift:]) if bits >> k & 1)


def _cue_names(seen: Seen, found: tuple[Cue, ...], zones: _Zones) -> Iterator[str]:
    own = zones.own[3]
    for cue in found:
        near = seen.low <= cue.word < seen.high
        before = cue.word < seen.first
        distance = min(2, (seen.first - cue.word if before else cue.word - seen.last + 1) // 8)
        place = f"{'b' if before else 'a'}{distance}"
        name, side = cue.name, cue.side
        yield from (
            name, f"{name} near{near}", f"{name} near{near} own{own}", f"{name} {place}",
            f"{side} {seen.section}", f"{side} {zones.own}", f"{side} near{near} own{own}",
            f"{side} {place}", f"cue {cue.words[:16]}", f"cue {cue.words[:16]} near{near}",
        )  # fmt: skip
        yield from cue.beside


def _around(seen: Seen, found: tuple[Cue, ...]) -> Iterator[str]:
    sides = sorted({cue.side for cue in found})
    yield f"sides {sides} {seen.section}"
    for said, place in ((seen.previous, "previous"), (seen.next, "next")):
        for cue in _traits(said).cues[-3:]:
            yield f"{place} {cue.name}"
            yield f"{place} {cue.side} sides {sides}"


def _openings(seen: Seen, zones: _Zones) -> Iterator[str]:
    traits, words = _traits(seen.said), seen.said.words
    opens, own = traits.opens, zones.own
    found, denied = f"found{zones.has('clause', 'found')}", f"denied{zones.has('clause', 'none')}"
    author = seen.first > 0 and words[seen.first - 1] == NAMED
    joined = words[seen.low] if seen.low < len(words) and words[seen.low] in _JOINS else "start"
    sides = f"own{bool(zones.rest & _OWN_BIT):d}{bool(zones.clause & _OWN_BIT):d}"
    yield from (
        f"opens {opens}", f"opens {opens} {own}", f"opens {opens} {found} {denied}",
        f"opens {opens} {found} {own}", f"author{author:d} opens {opens}",
        f"joined {joined} {found} {denied}", f"joined {joined} {sides}",
        f"joined {joined} {sides}{own} {found}", f"{own} {seen.section}",
        f"section {seen.section}", f"prior{bool(zones.clause & _PRIOR_BIT):d} {own}",
        f"others {min(3, words.count(OTHER))}", f"last{len(words) - seen.last < 2:d} {found}",
        f"compared{zones.has('clause', 'differ')} {found} {seen.section}",
        f"compared{zones.has('clause', 'differ')} {own}",
        f"next opens {_traits(seen.next).opens}",
        f"subject {traits.subject}",
        f"subject {traits.subject} previous {_traits(seen.previous).subject}",
        f"subject {traits.subject} next {_traits(seen.next).subject}",
    )  # fmt: skip


def _way(bits: int) -> str:
    """Tell which way a text's findings point."""
    if bits & _BIT["none"]:
        return "none"
    return f"{'up' if bits & _BIT['up'] else ''}{'down' if bits & _BIT['down'] else ''}"


def _ways(seen: Seen, zones: _Zones) -> Iterator[str]:
    here, back, rest = _way(zones.clause), _way(zones.previous), _way(zones.rest)
    however = int(bool((zones.clause | zones.left) & _BIT["however"]))
    traits, before = _traits(seen.said), _traits(seen.previous)
    yield from (
        f"ways {here} rest {rest} {however}", f"ways {here} back {back} {however}",
        f"ways {here} back {back} opens {traits.opens}",
        f"ways {here} back {back} {however} {traits.subject}{before.subject}",
        f"ways {here} back {back} {zones.own}",
        f"ways {here} next {_way(zones.next)} {zones.has('next', 'however')}",
    )  # fmt: skip


def _crossed(seen: Seen, zones: _Zones) -> Iterator[str]:
    has, subject = zones.has, _traits(seen.said).subject
    to_own, to_prior = bool(zones.clause & _TO_OWN_BIT), bool(zones.clause & _TO_PRIOR_BIT)
    elsewhere = bool(zones.rest & _TO_OWN_BIT)
    however = int(bool((zones.clause | zones.left) & _BIT["however"]))
    result, setting = has("clause", "result"), has("clause", "setting")
    yield from (
        f"to {to_own:d}{elsewhere:d}{to_prior:d}",
        f"differ{has('clause', 'differ')} to {to_own:d}{to_prior:d} {setting}{result}",
        f"however{however} {result} {has('clause', 'action')} {has('clause', 'modal')}",
        f"however{however} {has('clause', 'reason')} {subject}",
        f"conflict {has('previous', 'conflict')}{has('clause', 'conflict')}"
        f"{has('next', 'conflict')}",
        f"also {has('clause', 'also')}{has('next', 'also')} {result} {subject}"
        f"{_traits(seen.previous).subject}",
    )  # fmt: skip

"""Cues of agreement and contrast in a sentence, and the circumstances in which they stand.

The tables are ``stance.toml``: cues as patterns, and classes of single words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import accumulate, chain
from operator import or_

from probatum.claims.stance_context import Said
from probatum.text.hashed import word_hash
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
BIT = {name: 1 << k for k, name in enumerate((*_CLASSES, "own", "prior", "to own", "to prior"))}
_PATTERNS = {"own": _OWN, "prior": _PRIOR, "to_own": _TO_OWN, "to_prior": _TO_PRIOR}
_FIRST_BIT = {name: 1 << (len(_CLASSES) + 4 + k) for k, name in enumerate(_TABLE["first"])}
_BESIDE_NAMES = ("result", "setting", "we", "study", "action", "none", "modal")
_BESIDE = sum(BIT[name] for name in _BESIDE_NAMES)
_ANY_FIRST = sum(_FIRST_BIT.values())
_WORD_PATTERNS = [
    *((1 << k, p) for k, p in enumerate(_TABLE["class"].values())),
    *((_FIRST_BIT[name], p) for name, p in _TABLE["first"].items()),
]
_PLAIN = re.compile(r"[a-z]+")
_BRANCH = re.compile(r"(?:\(\?:[^()]*\)|[^|()])+")


@dataclass(frozen=True, slots=True)
class _Rest:
    """Patterns of words that share a beginning: any of them, and each with its bit."""

    any: re.Pattern[str]
    each: tuple[tuple[int, re.Pattern[str]], ...]


def _by_beginning() -> tuple[dict[str, int], dict[str, _Rest]]:
    """Divide the patterns of words: whole words, and by first letter what is left ("" for any)."""
    whole: dict[str, int] = {}
    rest: dict[str, dict[int, list[str]]] = {}
    for bit, pattern in _WORD_PATTERNS:
        for branch in _BRANCH.findall(pattern):
            if _PLAIN.fullmatch(branch):
                whole[branch] = whole.get(branch, 0) | bit
            else:
                letter = branch[0] if branch[0].isalpha() else ""
                rest.setdefault(letter, {}).setdefault(bit, []).append(branch)
    return whole, {
        letter: _Rest(
            re.compile("|".join(chain.from_iterable(by_bit.values()))),
            tuple((bit, re.compile("|".join(branches))) for bit, branches in by_bit.items()),
        )
        for letter, by_bit in rest.items()
    }


_WHOLE, _REST = _by_beginning()
_NEAR = 9  # words beside a cue that tell what is compared


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its name in the table, the side it speaks for, its words, the word it starts at.

    ``beside`` are the hashed names of what stands on either side of it.
    """

    name: str
    side: str
    words: str
    word: int
    beside: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Traits:
    """A text's words as bits of :data:`BIT`, all of them in one, how it opens, its subject."""

    bits: list[int]
    all: int
    opens: str
    subject: str
    cues: tuple[Cue, ...]


_KNOWN: dict[str, int] = {}
_MOST_KNOWN = 1 << 16


def _learnt(word: str) -> int:
    """Find the bits of a word and keep them."""
    bits = _WHOLE.get(word, 0)
    for letter in (word[0], ""):
        rest = _REST.get(letter)
        if rest is not None and rest.any.fullmatch(word):
            bits |= any_of(bit for bit, pattern in rest.each if pattern.fullmatch(word))
    if len(_KNOWN) >= _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[word] = bits
    return bits


def _bits(found: tuple[str, ...]) -> list[int]:
    known = list(map(_KNOWN.get, found))
    if None not in known:
        return known  # type: ignore[return-value]
    return [_learnt(w) if b is None else b for w, b in zip(found, known, strict=True)]


@lru_cache(maxsize=1024)
def traits(said: Said) -> Traits:
    """Look at a text once for all that its citations and its neighbours' ask of it."""
    bits, text = _bits(said.words), said.text
    at = [n + k for k, n in enumerate(accumulate(map(len, said.words), initial=0))]
    first = [(k, word) for k, word in enumerate(bits) if word & _ANY_FIRST]
    for bit, (name, pattern) in enumerate(_PATTERNS.items(), len(_CLASSES)):
        for k, _ in _matches(pattern, _FIRST_BIT[name], text, first, at):
            bits[k] |= 1 << bit
    opening = _OPENING.match(text)
    own, cited = bool(_OWN_FIRST.match(text)), bool(_CITED_FIRST.match(text))
    return Traits(
        bits,
        any_of(bits),
        opening.group(1) if opening else "other",
        f"{own:d}{cited:d}",
        tuple([_cue(m, k, bits, at) for k, m in _found_cues(text, first, at)]),
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
    return traits(said).cues


def names_own(said: Said) -> bool:
    """Tell whether a text names the study that it is part of."""
    return bool(traits(said).all & BIT["own"])


def _cue(match: re.Match[str], first: int, bits: list[int], at: list[int]) -> Cue:
    name, side = _CUES[int((match.lastgroup or "c0")[1:])]
    last = bisect_right(at, max(match.start(), match.end() - 1))
    after, before = any_of(bits[last : last + _NEAR]), any_of(bits[max(0, first - _NEAR) : first])
    beside = _beside(name, side, before & _BESIDE, after & _BESIDE)
    return Cue(name, side, match.group(), first, beside)


@lru_cache(maxsize=1 << 12)
def _beside(name: str, side: str, before: int, after: int) -> tuple[int, ...]:
    """Name what stands on either side of a cue: whose results, or settings, are compared."""
    made = []
    for key in ("result", "setting", "we", "study", "action"):
        is_after = bool(after & BIT[key])
        made += [f"q{key}a{is_after:d}{side}", f"q{key}a{is_after:d}{name}"]
    for key in ("result", "setting", "we", "none", "modal"):
        is_before = bool(before & BIT[key])
        made += [f"q{key}b{is_before:d}{side}", f"q{key}b{is_before:d}{name}"]
    ours = f"{bool(after & BIT['we']):d}{bool(before & BIT['we']):d}"
    made.append(f"q{side}{ours}{bool(after & BIT['study']):d}")
    made.append(f"q{name}{bool(after & BIT['result']):d}{bool(after & BIT['setting']):d}")
    return tuple(map(word_hash, made))


def any_of(bits: Iterable[int]) -> int:
    """Put the bits of words together."""
    return reduce(or_, bits, 0)

"""What a wording comes to: its content as slots, its drugs, which way it goes, its quantities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from probatum.text.concepts import Concept
from probatum.text.figures import Quantity, quantities
from probatum.text.lexicon import load
from probatum.text.polarity import direction_for
from probatum.text.stems import stem

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_BREAK = re.compile(
    r"[;:,.]|\b(?:but|whereas|although|though|while|because|which|yet|however)\b", re.IGNORECASE
)
_REACH = 6  # words that a denial reaches
_LONG = 2  # words of a denial that no cue outweighs
_NEAR = 5  # words between a change and what changes
_DEGREE = 7  # words between a change and "more than"
_THAN_STEM = stem("than")
_THAN = re.compile(r"\b(?:than|rather than|instead of|over)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|v|vs|unlike|beside|alongside|than|to|with|beyond)\s"
    r"(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_OPPOSITE = {"more": "less", "less": "more", "level": "level"}
_COMPARED = ("change", "benefit", "speed")
_SPOKEN = frozenset({"indication", "harm", "outcome", "mechanism", "comparator"})

Signs = Mapping[str, str]
_Parents = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Gist:
    """What a wording comes to.

    ``slots`` are sets of keys, any of which may stand for one piece of content; ``signs`` tell by
    axis whether more, less or no difference is said; ``named`` are the ids of concepts by kind;
    ``loose`` is a denial that reaches none of the signs beside it.
    """

    slots: tuple[frozenset[str], ...]
    signs: Signs
    named: Mapping[str, frozenset[str]]
    quantities: tuple[Quantity, ...]
    universal: bool
    loose: bool


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sign:
    axis: str
    value: str
    first: int
    last: int


_Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


@dataclass(frozen=True, slots=True)
class _Table:
    light: frozenset[str]
    synonyms: _Phrases
    cues: _Phrases
    denial: _Phrases
    universal: _Phrases
    turned: _Phrases


def gist(text: str, found: list[Concept], parents: _Parents) -> Gist:
    """Read a wording; ``found`` are its concepts, ``parents`` what an id is a kind of."""
    table = _table()
    words = [_Word(stem(_bare(_named(m.group()))), *m.span()) for m in _WORD.finditer(text)]
    breaks = [m.start() for m in _BREAK.finditer(text)]
    signs, spoken = _signs(words, breaks, table)
    loose = len({s.axis for s in signs} - {"void"}) > 1 and any(
        s.axis == "presence" and not s.last and s.value == "less" for s in signs
    )
    signs = [_within(s, words, found) for s in signs if s.axis != "void"]
    signs = [*signs, *_benefits(signs, words, found)]
    read = _agreed(signs)
    if _turned(text, found):
        read = {a: _OPPOSITE[v] if a in _COMPARED else v for a, v in read.items()}
    if any(True for _ in _matches(words, table.turned)):
        read = {a: _OPPOSITE[v] if a == "change" else v for a, v in read.items()}
    kinds = {c.kind for c in found}
    named = {kind: frozenset(c.id for c in found if c.kind == kind) for kind in kinds}
    return Gist(
        tuple(_slots(words, found, spoken, parents)),
        read,
        named,
        quantities(text),
        _universal(words, table),
        loose,
    )


def _universal(words: list[_Word], table: _Table) -> bool:
    """Whether something is said of all; "not for anyone" denies it of any, and says no more."""
    said = [words[first].stem for first, _, _ in _matches(words, table.universal)]
    denied = any(True for _ in _matches(words, table.denial))
    return any(not denied or not one.startswith("any") for one in said)


def _within(sign: _Sign, words: list[_Word], found: list[Concept]) -> _Sign:
    """Take a change that is part of the name of a harm, "raised blood pressure", as the harm."""
    at = words[sign.first].start if words else 0
    named = any(c.kind == "harm" and c.start <= at < c.end for c in found)
    if sign.axis != "change" or not named:
        return sign
    return _Sign("presence", "more", sign.first, sign.last)


def _named(word: str) -> str:
    """Tell the health organization, in capitals, from the pronoun."""
    return "worldhealth" if word in {"WHO", "WHO's", "WHO\u2019s"} else word


def _bare(word: str) -> str:
    """Give a word in small letters, without the mark of possession.

    >>> _bare("Patient's"), _bare("doesn't")
    ('patient', 'doesnt')
    """
    plain = word.lower().replace("\u2019", "'")
    return plain.removesuffix("'s").replace("'", "")


@cache
def _table() -> _Table:
    lists = load("probatum.verdicts", "alignment.toml")
    cues = (
        (phrase, f"{axis} {value}")
        for axis, values in lists["cue"].items()
        for value, phrases in values.items()
        for phrase in phrases
    )
    groups = ((phrase, f"={group[0]}") for group in lists["synonyms"] for phrase in group)
    return _Table(
        frozenset(stem(_bare(word)) for word in lists["light"]),
        _phrases(groups),
        _phrases(cues),
        _phrases((phrase, "no") for phrase in lists["denial"]),
        _phrases((phrase, "all") for phrase in lists["universal"]),
        _phrases((phrase, "turned") for phrase in lists["turned"]),
    )


def _phrases(named: Iterable[tuple[str, str]]) -> _Phrases:
    made: _Phrases = {}
    for phrase, name in named:
        stems = tuple(stem(_bare(m.group())) for m in _WORD.finditer(phrase))
        if stems and (stems, name) not in made.setdefault(stems[0], []):
            made[stems[0]].append((stems, name))
    for rows in made.values():
        rows.sort(key=lambda row: (-len(row[0]), row[1]))
    return made


def _matches(words: list[_Word], phrases: _Phrases) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Give the longest phrases, left to right: first word, one past the last, their names."""
    at = 0
    while at < len(words):
        length, names = 0, []
        for stems, name in phrases.get(words[at].stem, ()):
            if len(stems) < length:
                break
            if all(
                at + i < len(words) and words[at + i].stem == part for i, part in enumerate(stems)
            ):
                length = len(stems)
                names.append(name)
        if length:
            yield at, at + length, tuple(names)
        at += length or 1


def _signs(
    words: list[_Word], breaks: list[int], table: _Table
) -> tuple[list[_Sign], dict[int, int]]:
    """Give the signs, turned where a denial reaches them, and the words spent on them.

    Of each word that was spent the length of its phrase is given.
    """
    denied = {a: b for a, b, _ in _matches(words, table.denial)}
    read = [
        _Sign(name.split()[0], name.split()[1], first, last)
        for first, last, names in _matches(words, table.cues)
        for name in names
    ]
    whole = [(a, b) for a, b in denied.items() if b - a >= _LONG]
    read = [s for s in read if not any(a <= s.first < b for a, b in whole)]
    spent = {i: s.last - s.first for s in read for i in range(s.first, s.last)}
    denials = [b - 1 for a, b in denied.items() if a not in spent]
    used: set[int] = set()
    made = []
    for sign in read:
        near = [d for d in denials if _reaches(words, breaks, d, sign.first)]
        used.update(near)
        turned = (
            "level" if sign.axis in _COMPARED else _OPPOSITE[sign.value]
        )  # no more is not less
        value = turned if len(near) % 2 else sign.value
        made.append(_Sign(sign.axis, value, sign.first, sign.last))
    if any(d not in used for d in denials):
        made.append(_Sign("presence", "less", 0, 0))
    elif all(sign.axis == "void" for sign in made):
        made.append(_Sign("presence", "more", 0, 0))  # what is merely said is said to be
    return _of_degree(made, words), {**spent, **dict.fromkeys(denials, 1)}


def _of_degree(signs: list[_Sign], words: list[_Word]) -> list[_Sign]:
    """Read "lowers it more than", a degree of the change before, and "less than", its opposite."""
    made: list[_Sign] = []
    for sign in signs:
        than = sign.last < len(words) and words[sign.last].stem == _THAN_STEM
        degree = than and sign.last - sign.first == 1 and sign.axis == "change"
        before = [s for s in made if s.axis in _COMPARED and 0 < sign.first - s.last < _DEGREE]
        if not degree or not before:
            made.append(sign)
        elif sign.value == "less":
            made = [_Sign(s.axis, _OPPOSITE[s.value], s.first, s.last) if s in before else s
                    for s in made]  # fmt: skip
    return made


def _reaches(words: list[_Word], breaks: list[int], denial: int, at: int) -> bool:
    if not 0 < at - denial <= _REACH:
        return False
    return not any(words[denial].end <= b < words[at].start for b in breaks)


def _benefits(signs: list[_Sign], words: list[_Word], found: list[Concept]) -> Iterator[_Sign]:
    """Read a change of a condition or an outcome as a benefit or its opposite."""
    things = [c for c in found if c.kind in {"outcome", "indication"}]
    for sign in signs:
        if sign.axis != "change" or sign.value == "level" or not things or not words:
            continue
        low = words[max(0, sign.first - _NEAR)].start
        high = words[min(len(words) - 1, sign.last + _NEAR)].end
        near = [c for c in things if low <= c.start < high]
        verb = "increases" if sign.value == "more" else "decreases"
        turned = {direction_for(verb, c.kind, c.id) for c in near}
        if len(turned) == 1:
            value = "more" if turned == {"improves"} else "less"
            yield _Sign("benefit", value, sign.first, sign.last)


def _agreed(signs: list[_Sign]) -> dict[str, str]:
    """Keep the axes on which a wording says one thing."""
    said: dict[str, set[str]] = {}
    for sign in signs:
        said.setdefault(sign.axis, set()).add(sign.value)
    return {axis: values.pop() for axis, values in said.items() if len(values) == 1}


def _turned(text: str, found: list[Concept]) -> bool:
    """Whether a comparison has the other treatment as its subject: "X does more than the drug"."""
    drugs = [c.start for c in found if c.kind == "drug"]
    others = [c for c in found if c.kind == "comparator"]
    if not drugs or not others:
        return False
    than = _THAN.search(text)
    if than is not None:
        behind = [c for c in found if c.kind in {"drug", "comparator"} and c.start >= than.end()]
        ahead = any(c.start < than.start() for c in others)
        return bool(behind) and behind[0].kind == "drug" and ahead
    first = others[0]
    beside = _BESIDE.search(text[max(0, first.start - 40) : first.start]) is not None
    return first.start < min(drugs) and not beside


def _slots(
    words: list[_Word], found: list[Concept], spent: Mapping[int, int], parents: _Parents
) -> Iterator[frozenset[str]]:
    """Give the content of a wording; of words that only tell which way, what they name besides."""
    table = _table()
    drugs = [(c.start, c.end) for c in found if c.kind == "drug"]
    groups = {first: (last, names) for first, last, names in _matches(words, table.synonyms)}
    at = 0
    while at < len(words):
        word = words[at]
        if any(a <= word.start < b for a, b in drugs):
            at += 1
            continue
        here = [c for c in found if c.start == word.start and c.kind in _SPOKEN]
        last, keys = _span(words, at, max((c.end for c in here), default=0), groups)
        for concept in here:
            keys.add(f"{concept.kind}:{concept.id}")
            keys.add(f"{concept.kind}:{parents.get(concept.id) or concept.id}")
        if spent.get(at, 0) >= _LONG and not here:
            keys, last = {k for k in keys if k[0] == "="}, at + 1  # else it only tells which way
        bare = word.stem in table.light or word.stem.isdigit()
        if last == at + 1 and (keys or not (bare or at in spent)) and spent.get(at, 0) < _LONG:
            keys.add(word.stem)
        if keys:
            yield frozenset(keys)
        at = last


def _span(
    words: list[_Word], at: int, end: int, groups: Mapping[int, tuple[int, tuple[str, ...]]]
) -> tuple[int, set[str]]:
    """Give one past the last word of a piece of content, and the groups its words are of."""
    last, names = groups.get(at, (at + 1, ()))
    keys = set(names)
    while last < len(words) and words[last].start < end:
        after, names = groups.get(last, (last + 1, ()))
        keys.update(names)
        last = after
    return last, keys

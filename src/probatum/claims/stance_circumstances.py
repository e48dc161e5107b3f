"""What the circumstances of a citation are called, as hashes: features of the model of stance.

Names that depend on the same few things are made together and kept: a context has a hundred.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from probatum.claims.stance_context import BREAKS, NAMED, OTHER, Seen
from probatum.claims.stance_cues import BIT, Cue, any_of, traits
from probatum.text.hashed import word_hash

Hashes = tuple[int, ...]
_JOINS = BREAKS | {","}
_NAMES = tuple(BIT)
_CHUNK = 10  # classes looked at together: few sets, so that their names are made once
_LOW = (1 << _CHUNK) - 1
_OWN, _PRIOR, _TO_OWN, _TO_PRIOR = (BIT[name] for name in ("own", "prior", "to own", "to prior"))
_FOUND, _NONE, _DIFFER, _HOWEVER = (BIT[name] for name in ("found", "none", "differ", "however"))
_WAYS = _NONE | BIT["up"] | BIT["down"]
_COMPARED = _TO_OWN | _TO_PRIOR | _DIFFER | BIT["setting"] | BIT["result"] | BIT["conflict"]
_WEIGHED = BIT["result"] | BIT["action"] | BIT["modal"] | BIT["reason"] | BIT["also"]
_ALSO, _CONFLICT = BIT["also"], BIT["conflict"]


def circumstances(seen: Seen, found: tuple[Cue, ...]) -> bytes:
    """Hash the names of the cues of a context and of all that tells what they mean for it.

    Each name comes once: no cue, side or class is called as the rest is. Returns 32-bit unsigned
    numbers in the order of the machine.
    """
    here, before, after = traits(seen.said), traits(seen.previous), traits(seen.next)
    bits = here.bits
    left, right = any_of(bits[: seen.low]), any_of(bits[seen.high :])
    clause = any_of(bits[seen.low : seen.first]) | any_of(bits[seen.last : seen.high])
    rest, back, ahead = left | right, before.all, after.all
    own = f"own{bool((clause | rest) & _OWN):d}{bool(back & _OWN):d}"
    however = (clause | left) & _HOWEVER
    words, section = seen.said.words, seen.section
    author = seen.first > 0 and words[seen.first - 1] == NAMED
    joined = words[seen.low] if seen.low < len(words) and words[seen.low] in _JOINS else "start"
    others, last = min(3, words.count(OTHER)), len(words) - seen.last < 2
    ways, behind, elsewhere = clause & _WAYS, back & _WAYS, rest & _OWN
    compared, weighed = clause & _COMPARED, clause & _WEIGHED
    made = (
        *_around(seen, found),
        *_presence(clause, left, right, back, ahead),
        _opens(here.opens, own, clause & (_FOUND | _NONE), author),
        _joined(joined, own, clause & (_FOUND | _NONE | _OWN), elsewhere),
        _placed(own, section, clause & (_PRIOR | _FOUND | _DIFFER), others, last),
        _subjects(after.opens, here.subject, before.subject, after.subject),
        _ways(ways, rest & _WAYS, behind, ahead & (_WAYS | _HOWEVER), however),
        _ways_opened(ways, behind, here.opens),
        _ways_about(ways, behind, however, here.subject + before.subject, own),
        _compared(compared, rest & _TO_OWN, back & _CONFLICT, ahead & _CONFLICT),
        _weighed(weighed, ahead & _ALSO, however, here.subject, before.subject),
        array("I", dict.fromkeys(_cue_names(seen, found, own))).tobytes() if found else b"",
    )
    return b"".join(made)


def _hashed(names: Iterable[str]) -> Hashes:
    return tuple(map(word_hash, names))


def _packed(names: Iterable[str]) -> bytes:
    return array("I", map(word_hash, names)).tobytes()


def _has(bits: int, name: str) -> int:
    return int(bool(bits & BIT[name]))


def _presence(clause: int, left: int, right: int, back: int, ahead: int) -> list[bytes]:
    return [
        part
        for zone, bits in (
            ("clause", clause), ("left", left), ("right", right), ("previous", back),
            ("next", ahead),
        )
        if bits
        for part in (_named(zone, 0, bits & _LOW), _named(zone, _CHUNK, bits >> _CHUNK))
    ]  # fmt: skip


@lru_cache(maxsize=1 << 13)
def _named(zone: str, shift: int, bits: int) -> bytes:
    return _packed(f"{zone} {name}" for k, name in enumerate(_NAMES[shift:]) if bits >> k & 1)


def _cue_names(seen: Seen, found: tuple[Cue, ...], own: str) -> Iterator[int]:
    for cue in found:
        near = seen.low <= cue.word < seen.high
        before = cue.word < seen.first
        distance = min(2, (seen.first - cue.word if before else cue.word - seen.last + 1) // 8)
        place = f"{'b' if before else 'a'}{distance}"
        yield from _cue_placed(cue.name, cue.side, near, own, place)
        yield from _cue_worded(cue.side, cue.words[:16], near, seen.section)
        yield from cue.beside


@lru_cache(maxsize=1 << 11)
def _cue_placed(name: str, side: str, near: bool, own: str, place: str) -> Hashes:
    return _hashed((
        name, f"{name} near{near}", f"{name} near{near} own{own[3]}", f"{name} {place}",
        f"{side} {own}", f"{side} near{near} own{own[3]}", f"{side} {place}",
    ))  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _cue_worded(side: str, words: str, near: bool, section: str) -> Hashes:
    return _hashed((f"{side} {section}", f"cue {words}", f"cue {words} near{near}"))


def _around(seen: Seen, found: tuple[Cue, ...]) -> Iterator[bytes]:
    sides = str(sorted({cue.side for cue in found})) if found else "[]"
    yield _sided(sides, seen.section)
    for said, place in ((seen.previous, "previous"), (seen.next, "next")):
        last = traits(said).cues[-3:]
        if last:
            yield _beside(place, sides, tuple([(cue.name, cue.side) for cue in last]))


@lru_cache(maxsize=1 << 7)
def _sided(sides: str, section: str) -> bytes:
    return _packed((f"sides {sides} {section}",))


@lru_cache(maxsize=1 << 11)
def _beside(place: str, sides: str, last: tuple[tuple[str, str], ...]) -> bytes:
    names = [(f"{place} {name}", f"{place} {side} sides {sides}") for name, side in last]
    return _packed(dict.fromkeys(chain.from_iterable(names)))


@lru_cache(maxsize=1 << 11)
def _opens(opens: str, own: str, clause: int, author: bool) -> bytes:
    found, denied = f"found{_has(clause, 'found')}", f"denied{_has(clause, 'none')}"
    return _packed((
        f"opens {opens}", f"opens {opens} {own}", f"opens {opens} {found} {denied}",
        f"opens {opens} {found} {own}", f"author{author:d} opens {opens}",
    ))  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _joined(joined: str, own: str, clause: int, elsewhere: int) -> bytes:
    found, denied = f"found{_has(clause, 'found')}", f"denied{_has(clause, 'none')}"
    sides = f"own{bool(elsewhere):d}{_has(clause, 'own')}"
    return _packed((
        f"joined {joined} {found} {denied}", f"joined {joined} {sides}",
        f"joined {joined} {sides}{own} {found}",
    ))  # fmt: skip


@lru_cache(maxsize=1 << 11)
def _placed(own: str, section: str, clause: int, others: int, last: bool) -> bytes:
    found, differs = f"found{_has(clause, 'found')}", f"compared{_has(clause, 'differ')}"
    return _packed((
        f"{own} {section}", f"section {section}", f"prior{_has(clause, 'prior')} {own}",
        f"others {others}", f"last{last:d} {found}", f"{differs} {found} {section}",
        f"{differs} {own}",
    ))  # fmt: skip


@lru_cache(maxsize=1 << 11)
def _subjects(next_opens: str, subject: str, previous: str, following: str) -> bytes:
    return _packed((
        f"next opens {next_opens}", f"subject {subject}",
        f"subject {subject} previous {previous}", f"subject {subject} next {following}",
    ))  # fmt: skip


def _way(bits: int) -> str:
    """Tell which way a text's findings point."""
    if bits & _NONE:
        return "none"
    return f"{'up' if bits & BIT['up'] else ''}{'down' if bits & BIT['down'] else ''}"


@lru_cache(maxsize=1 << 12)
def _ways(clause: int, rest: int, back: int, ahead: int, however: int) -> bytes:
    here, turned = _way(clause), int(bool(however))
    return _packed((
        f"ways {here} rest {_way(rest)} {turned}", f"ways {here} back {_way(back)} {turned}",
        f"ways {here} next {_way(ahead)} {_has(ahead, 'however')}",
    ))  # fmt: skip


@lru_cache(maxsize=1 << 11)
def _ways_opened(clause: int, back: int, opens: str) -> bytes:
    return _packed((f"ways {_way(clause)} back {_way(back)} opens {opens}",))


@lru_cache(maxsize=1 << 12)
def _ways_about(clause: int, back: int, however: int, subjects: str, own: str) -> bytes:
    ways = f"ways {_way(clause)} back {_way(back)}"
    return _packed((f"{ways} {bool(however):d} {subjects}", f"{ways} {own}"))


@lru_cache(maxsize=1 << 10)
def _compared(clause: int, elsewhere: int, back: int, ahead: int) -> bytes:
    to_own, to_prior = _has(clause, "to own"), _has(clause, "to prior")
    return _packed((
        f"to {to_own}{bool(elsewhere):d}{to_prior}",
        f"differ{_has(clause, 'differ')} to {to_own}{to_prior}"
        f" {_has(clause, 'setting')}{_has(clause, 'result')}",
        f"conflict {bool(back):d}{_has(clause, 'conflict')}{bool(ahead):d}",
    ))  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _weighed(clause: int, ahead: int, however: int, subject: str, previous: str) -> bytes:
    turned, result = bool(however), _has(clause, "result")
    return _packed(
        (
            f"however{turned:d} {result} {_has(clause, 'action')} {_has(clause, 'modal')}",
            f"however{turned:d} {_has(clause, 'reason')} {subject}",
            f"also {_has(clause, 'also')}{bool(ahead):d} {result} {subject}{previous}",
        )
    )

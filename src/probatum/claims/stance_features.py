"""What the model of stance counts: runs of words by place, and cues with their circumstances."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from probatum.claims.stance_context import NAMED, OTHER, TARGET, Context, Masked, masked, tokens
from probatum.text.hashed import runs, word_hashes
from probatum.text.lexicon import load, words

BITS = 18
_TABLE = load("probatum.claims", "stance.toml")
_CUES = [(row["name"], row["stance"]) for row in _TABLE["cue"]]
# Masked text is in lower case, so that no pattern need fold it: that halves the time.
# One boundary for all branches: a search costs 40 % of what one a branch does.
_CUE = re.compile(
    r"\b(?:"
    + "|".join(
        f"(?P<c{i}>(?:{'|'.join(row['patterns'])})\\b)" for i, row in enumerate(_TABLE["cue"])
    )
    + ")"
)
OWN = re.compile(words(_TABLE["own"]["patterns"]))
_PRIOR = re.compile(words(_TABLE["prior"]["patterns"]))
_NEGATED = re.compile(
    r"\b(?:no|not|neither|nor|without|failed|fails|failure|lack|lacked|absence|unable|cannot|none)\b"
    r"|n['\u2019]t\b"
)
_FOUND = re.compile(
    r"\b(?:found|show(?:s|ed|n)?|report(?:s|ed)?|observed|demonstrat\w+|reveal\w+|conclud\w+"
    r"|suggest\w*|indicat\w+|noted|described|detected|identified|seen)\b"
)
_COMPARED = re.compile(
    r"\b(?:higher|lower|greater|smaller|larger|longer|shorter|better|worse|less|more|fewer|faster"
    r"|slower)\b"
)
_UP = re.compile(
    r"\b(?:increas\w+|improv\w+|higher|greater|benefi\w+|effective|superior|enhanc\w+)"
)
_DOWN = re.compile(r"\b(?:decreas\w+|reduc\w+|lower\w*|fewer|declin\w+|less|worse\w*|inferior)")
_NONE = re.compile(
    r"\b(?:no (?:\w+ ){0,3}(?:difference|effect|change|benefit|association|improve)"
    r"|not (?:\w+ ){0,2}(?:differ|chang|affect|improv|reduc|increas|signific))"
)
_OPENING = re.compile(
    r"^\W*(however|in contrast|by contrast|contrary|on the other hand|on the contrary|conversely"
    r"|although|though|whereas|while|despite|nevertheless|unlike|similarly|likewise|in (?:line"
    r"|agreement|accordance|keeping|concordance)|consistent|this|these|our|we|in (?:a|an|another"
    r"|one|the|our|this)|other|another|some|several|previous|recent|the|a|an|\u220e)"
)
_BREAK_WORD = re.compile(
    r"(but|whereas|although|though|while|however|yet|because|which|whilst|and|;|:)"
)
# Place in the context: lengths of the runs of words, norm of the block. Sentence, clause of the
# target, words before and after the target, sentence before and after.
_BLOCKS: dict[str, tuple[tuple[int, ...], float]] = {
    "s": ((1, 2, 3), 3.0),
    "c": ((1, 2, 3), 3.0),
    "l": ((1,), 1.4),
    "r": ((1,), 1.4),
    "L": ((3,), 0.6),
    "p": ((1, 2), 1.5),
    "n": ((1, 2), 1.0),
}
_CUE_BLOCK = ((1,), 3.0)


@dataclass(frozen=True, slots=True)
class Features:
    """Many contexts as a sparse matrix: (row, index in [0, 2**BITS), value), arrays of one length.

    ``cues`` holds for each context the (name, words) of the cues in its sentence.
    """

    rows: NDArray[np.int64]
    indices: NDArray[np.int64]
    values: NDArray[np.float64]
    cues: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(slots=True)
class _Words:
    """The words of one place of every context, one after the other."""

    words: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def add(self, words: list[str]) -> None:
        """Append the words of the next context."""
        self.words += words
        self.counts.append(len(words))


def features(contexts: Sequence[Context]) -> Features:
    """Read the features of citations; each block of a context's has the same norm.

    >>> found = features([Context("Our results agree with a trial [3].", (31, 34))])
    >>> found.cues
    ((('agreement of findings', 'agree with'),),)
    """
    places = {place: _Words() for place in (*_BLOCKS, "cue")}
    cues = []
    for context in contexts:
        seen = masked(context)
        found = list(_CUE.finditer(seen.sentence))
        for place, words_ in _places(seen):
            places[place].add(words_)
        places["cue"].add(list(dict.fromkeys((*_circumstances(seen), *_cue_names(seen, found)))))
        cues.append(tuple((_cue(m)[0], m.group()) for m in found))
    parts = [_block(place, words_) for place, words_ in places.items()]
    rows, indices, values = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Features(rows, indices, values, tuple(cues))


def _places(seen: Masked) -> Iterator[tuple[str, list[str]]]:
    left, right = tokens(seen.left), tokens(seen.right)
    yield "s", [*left, TARGET, *right]
    clause_left = tokens(seen.left[seen.clause_start :])
    yield "c", [*clause_left, TARGET, *tokens(seen.right[: seen.clause_end])]
    yield "l", left[-6:]
    yield "r", right[:6]
    yield "L", left[-3:]
    yield "p", _neighbour(seen.previous)
    yield "n", _neighbour(seen.next)


def _block(
    place: str, found: _Words
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    sizes, weight = _BLOCKS.get(place, _CUE_BLOCK)
    hashes = word_hashes(found.words)
    rows = np.repeat(np.arange(len(found.counts)), found.counts)
    pairs = [runs(hashes, rows, size, place, BITS) for size in sizes]
    indices = np.concatenate([pair[0] for pair in pairs])
    kept = np.concatenate([pair[1] for pair in pairs])
    lengths = np.bincount(kept, minlength=len(found.counts))
    return kept, indices, weight / np.sqrt(lengths[kept])


def _cue(match: re.Match[str]) -> tuple[str, str]:
    name, side = _CUES[int((match.lastgroup or "c0")[1:])]
    return name, side


def _cue_names(seen: Masked, cues: list[re.Match[str]]) -> Iterator[str]:
    at = len(seen.left)
    own = bool(OWN.search(seen.sentence))
    before = bool(OWN.search(seen.previous))
    for match in cues:
        name, side = _cue(match)
        near = seen.clause_start <= match.start() < at + 1 + seen.clause_end
        distance = min(2, abs(match.start() - at) // 50)
        place = f"{'b' if match.start() < at else 'a'}{distance}"
        yield from (
            f"{name}",
            f"{name} near{near}",
            f"{name} near{near} own{own}",
            f"{name} {place}",
            f"{side} {seen.section}",
            f"{side} own{own}{before}",
            f"{side} near{near} own{own}",
            f"{side} {place}",
            f"cue {match.group()[:16]}",
            f"cue {match.group()[:16]} near{near}",
        )
    sides = sorted({_cue(match)[1] for match in cues})
    yield f"sides {sides} {seen.section}"
    for text, place in ((seen.previous, "previous"), (seen.next[:160], "next")):
        for name, side in _last_cues(text):
            yield f"{place} {name}"
            yield f"{place} {side} sides {sides}"


# Neighbours of one sentence are neighbours of all its citations: a third of the time.
@lru_cache(maxsize=2048)
def _last_cues(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(_cue(match) for match in _CUE.finditer(text))[-3:]


@lru_cache(maxsize=2048)
def _neighbour(text: str) -> list[str]:
    return tokens(text)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The target's clause, the rest of the sentence, and where the own study is named."""

    clause: str
    rest: str
    own: bool
    before: bool
    found: bool
    denied: bool


def _circumstances(seen: Masked) -> Iterator[str]:
    clause = f"{seen.left[seen.clause_start :]} {seen.right[: seen.clause_end]}"
    rest = f"{seen.left[: seen.clause_start]} {seen.right[seen.clause_end :]}"
    sides = _Sides(
        clause,
        rest,
        bool(OWN.search(seen.sentence)),
        bool(OWN.search(seen.previous)),
        bool(_FOUND.search(clause)),
        bool(_NEGATED.search(clause)),
    )
    opening = _OPENING.match(seen.sentence)
    opens = opening.group(1) if opening else "other"
    yield from _opening(seen, sides, opens)
    yield from _joining(seen, sides)
    own, found = f"own{sides.own}{sides.before}", f"found{sides.found}"
    yield f"{own} {seen.section}"
    yield f"section {seen.section}"
    yield f"prior{bool(_PRIOR.search(clause))} own{sides.own}"
    compared = bool(_COMPARED.search(clause))
    yield f"compared{compared} than{' than ' in clause} {own}"
    yield f"compared{compared} {found} {seen.section}"
    yield f"others {min(3, seen.sentence.count(OTHER))}"
    yield f"last{len(seen.right) < 3} {found}"
    here, elsewhere, back = _way(clause), _way(rest), _way(seen.previous)
    yield f"ways {here} {elsewhere}"
    yield f"ways {here} back {back} opens {opens}"
    yield f"ways {here} back {back} own{sides.before}"


def _opening(seen: Masked, sides: _Sides, opens: str) -> Iterator[str]:
    yield f"opens {opens}"
    yield f"opens {opens} own{sides.own}{sides.before}"
    yield f"opens {opens} found{sides.found} denied{sides.denied}"
    yield f"opens {opens} found{sides.found} own{sides.own}{sides.before}"
    yield f"author{seen.left.rstrip().endswith(NAMED)} opens {opens}"


def _joining(seen: Masked, sides: _Sides) -> Iterator[str]:
    joint = _BREAK_WORD.search(seen.left[seen.clause_start : seen.clause_start + 12])
    joined = joint.group(1) if seen.clause_start and joint else "start"
    own = f"own{bool(OWN.search(sides.rest))}{bool(OWN.search(sides.clause))}"
    yield f"joined {joined} found{sides.found} denied{sides.denied}"
    yield f"joined {joined} {own}"
    yield f"joined {joined} {own}{sides.before} found{sides.found}"


def _way(text: str) -> str:
    """Tell which ways a text's findings point: up, down, none."""
    if _NONE.search(text):
        return "none"
    return f"{'up' if _UP.search(text) else ''}{'down' if _DOWN.search(text) else ''}"

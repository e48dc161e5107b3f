"""What the model of stance counts: runs of words by place, and cues with their circumstances."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from probatum.claims.stance_circumstances import circumstances
from probatum.claims.stance_context import TARGET, Context, Said, Seen, look
from probatum.claims.stance_cues import Cue, cues
from probatum.text.hashed import span_runs, word_hash

BITS = 18
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
    "cue": ((1,), 3.5),
}
_SALTS = np.array([[word_hash(f"{p}{n}") for p in _BLOCKS] for n in (1, 2, 3)], dtype=np.uint64)
_WANTED = np.array([[n in sizes for sizes, _ in _BLOCKS.values()] for n in (1, 2, 3)])
_PIECES = np.array([3, 3, 1, 1, 1, 1, 1, 1])  # spans of words of each block
_NORMS = np.array([norm for _, norm in _BLOCKS.values()])


@dataclass(frozen=True, slots=True)
class Features:
    """Many contexts as a sparse matrix: (row, index in [0, 2**BITS), value), arrays of one length.

    ``seen`` and ``cues`` are the contexts as words and the cues of each sentence.
    """

    rows: NDArray[np.int64]
    indices: NDArray[np.int64]
    values: NDArray[np.float64]
    seen: tuple[Seen, ...]
    cues: tuple[tuple[Cue, ...], ...]


def features(contexts: Sequence[Context]) -> Features:
    """Read the features of citations; each block of a context's has the same norm.

    >>> found = features([Context("Our results agree with a trial [3].", (31, 34))])
    >>> [(cue.name, cue.words) for cue in found.cues[0]]
    [('agreement of findings', 'agree with')]
    """
    seen = [look(context) for context in contexts]
    found = [cues(one.said) for one in seen]
    pool, spans = _spans(seen, [circumstances(s, c) for s, c in zip(seen, found, strict=True)])
    count = len(seen)
    salts, wanted = np.repeat(_SALTS, count, axis=1), np.repeat(_WANTED, count, axis=1)
    texts, indices = span_runs(pool, spans, salts, wanted, BITS)
    lengths = np.bincount(texts, minlength=len(_BLOCKS) * count)
    values = np.repeat(_NORMS, count) / np.sqrt(np.maximum(lengths, 1))
    return Features(texts % count, indices, values[texts], tuple(seen), tuple(found))


def _spans(
    seen: Sequence[Seen], named: Sequence[bytes]
) -> tuple[NDArray[np.uint64], tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """Hash every text once, and tell which of its words are in which block of which context."""
    pool = [array("I", [word_hash(TARGET)]).tobytes()]
    held = 1
    begins: dict[Said, int] = {}
    rows = []
    for one, names in zip(seen, named, strict=True):
        for said in (one.said, one.previous, one.next):
            if said not in begins:
                begins[said] = held
                pool.append(array("I", map(word_hash, said.words)).tobytes())
                held += len(said.words)
        rows.append((
            begins[one.said], len(one.said.words), one.first, one.last, one.low, one.high,
            begins[one.previous], len(one.previous.words), begins[one.next], len(one.next.words),
            held, len(names) // 4,
        ))  # fmt: skip
        pool.append(names)
        held += len(names) // 4
    here, words, first, last, low, high, *around = np.array(rows, dtype=np.int64).T
    previous, before, after, following, cue, names_of = around
    zero, one_word = np.zeros_like(here), np.ones_like(here)
    three, six = np.minimum(first, 3), np.minimum(first, 6)
    blocks = (
        ((here, zero, here + last), (first, one_word, words - last)),
        ((here + low, zero, here + last), (first - low, one_word, high - last)),
        ((here + first - six,), (six,)),
        ((here + last,), (np.minimum(words - last, 6),)),
        ((here + first - three,), (three,)),
        ((previous,), (before,)),
        ((after,), (following,)),
        ((cue,), (names_of,)),
    )
    starts = np.concatenate([np.stack(s, axis=1).ravel() for s, _ in blocks])
    lengths = np.concatenate([np.stack(n, axis=1).ravel() for _, n in blocks])
    owners = np.repeat(np.arange(len(blocks) * len(rows)), np.repeat(_PIECES, len(rows)))
    hashes = np.frombuffer(b"".join(pool), dtype=np.uint32).astype(np.uint64)
    return hashes, (starts, lengths, owners)

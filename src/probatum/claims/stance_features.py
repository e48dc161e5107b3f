"""What the model of stance counts: runs of words by place, and cues with their circumstances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from probatum.claims.stance_context import TARGET, Context, Seen, look
from probatum.claims.stance_cues import Cue, circumstances, cues
from probatum.text.hashed import block, joined

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
    places: dict[str, list[Sequence[str]]] = {place: [] for place in _BLOCKS}
    all_seen, all_cues = [], []
    for context in contexts:
        seen = look(context)
        found = cues(seen.said)
        for place, words in (*_places(seen), ("cue", circumstances(seen, found))):
            places[place].append(words)
        all_seen.append(seen)
        all_cues.append(found)
    parts = [block(places[p], sizes, norm, p, BITS) for p, (sizes, norm) in _BLOCKS.items()]
    return Features(*joined(parts), tuple(all_seen), tuple(all_cues))


def _places(seen: Seen) -> tuple[tuple[str, Sequence[str]], ...]:
    words, first, last = seen.said.words, seen.first, seen.last
    return (
        ("s", (*words[:first], TARGET, *words[last:])),
        ("c", (*words[seen.low : first], TARGET, *words[last : seen.high])),
        ("l", words[max(0, first - 6) : first]),
        ("r", words[last : last + 6]),
        ("L", words[max(0, first - 3) : first]),
        ("p", seen.previous.words),
        ("n", seen.next.words),
    )

"""What the model of sentence roles counts: words of a sentence, its neighbours, its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.text.hashed import Sparse, block, joined

BITS = 18
_LONGEST = 1_000
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[%<>=±:;()]")
# Place: lengths of the runs, norm of the block.
_BLOCKS = (("s", (1, 2, 3), 3.0), ("o", (1, 2, 3), 1.0), ("b", (1,), 1.0), ("a", (1,), 1.0))
_OPENING = 3
_TENTHS = 10


def role_words(sentences: Sequence[str]) -> list[list[str]]:
    """Split sentences into words in lower case, "0" for a number.

    >>> role_words(["Pain fell by 3 points."])
    [['pain', 'fell', 'by', '0', 'points']]
    """
    return [
        ["0" if t.isdigit() else t for t in _TOKEN.findall(s[:_LONGEST].lower())]
        for s in sentences
    ]


def role_features(words: Sequence[list[str]]) -> Sparse:
    """Read the features of the sentences of one abstract, as words: (rows, indices, values).

    >>> rows, indices, values = role_features([["pain", "fell"], ["it", "helps"]])
    >>> sorted(set(rows.tolist()))
    [0, 1]
    """
    places = {
        "s": words,
        "o": [w[:_OPENING] for w in words],
        "b": [[], *words[:-1]],
        "a": [*words[1:], []],
    }
    parts = [block(places[place], sizes, norm, place, BITS) for place, sizes, norm in _BLOCKS]
    parts.append(block(_places(len(words)), (1,), 2.0, "k", BITS))
    return joined(parts)


def _places(count: int) -> list[list[str]]:
    return [
        [
            f"tenth {_TENTHS * at // count}",
            f"first {min(at, 4)}",
            f"last {min(count - 1 - at, 4)}",
            f"of {min(count, 16) // 3} tenth {_TENTHS * at // count}",
        ]
        for at in range(count)
    ]

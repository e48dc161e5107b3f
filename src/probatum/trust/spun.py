"""Whether a document is consistent with machine paraphrase: several signs must concur."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from probatum.model.flag import Flag

# What each sign adds per 1,000 words; a kind counts at most five times.
_WEIGHTS = {
    "tortured_phrase": 1.5,
    "spun_wording": 1.0,
    "spinner_capital": 1.0,
    "article_agreement": 0.7,
    "spelled_number": 0.6,
    "glued_reference": 0.3,
    "orphan_citation": 0.3,
    "boilerplate_statement": 0.4,
    "fragment": 0.3,
    "injected_link": 0.3,
}
_WORDING = frozenset({"tortured_phrase", "spun_wording", "spinner_capital", "article_agreement"})
_KINDS = 3
_THRESHOLD = 0.6
_FEWEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Spun:
    """The judgement, a score in [0, 1] and the counts it rests on."""

    spun: bool
    score: float
    evidence: str


def judge_spun(flags: Sequence[Flag], words: int) -> Spun:
    """Judge a document by the signs found in it.

    At least three kinds of sign must concur, two of them of wording; a single kind, however
    frequent, never makes a document spun.
    """
    counts = Counter(flag.kind for flag in flags if flag.kind in _WEIGHTS)
    weight = sum(_WEIGHTS[kind] * min(5, count) for kind, count in counts.items())
    density = weight * 1_000 / max(words, 300)
    score = round(1.0 - math.exp(-density / 6.0), 3)
    concur = len(counts) >= _KINDS and len(_WORDING & counts.keys()) >= 2
    evidence = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    spun = concur and score >= _THRESHOLD and words >= _FEWEST_WORDS
    return Spun(
        spun, score if concur else min(score, 0.5), f"{evidence or 'no sign'}; {words} words"
    )

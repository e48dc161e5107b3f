"""Whether a document is consistent with machine paraphrase, and which paragraphs of it.

Two kinds of evidence add up on one scale of log odds: how ill words fit where they stand
(:mod:`probatum.trust.wording`), and the slips that spinning tools leave. The weights stand in
``data/spun_model.toml`` with what they were fitted on.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from probatum.model.flag import Flag
from probatum.text.lexicon import load
from probatum.trust.sentence import Sentence
from probatum.trust.wording import Places

# What each sign adds per 1,000 words; a kind counts at most five times.
_WEIGHTS = {
    "tortured_phrase": 1.5,
    "spinner_capital": 1.0,
    "article_agreement": 0.7,
    "spelled_number": 0.6,
    "glued_reference": 0.3,
    "orphan_citation": 0.3,
    "boilerplate_statement": 0.4,
    "fragment": 0.3,
    "injected_link": 0.3,
}
_WORDING = frozenset({"tortured_phrase", "spinner_capital", "article_agreement"})
_FEWEST_WORDS = 60
_FEWEST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Spun:
    """The judgement, a score in [0, 1] (.5 is the limit) and the counts it rests on."""

    spun: bool
    score: float
    evidence: str


def judge_spun(flags: Sequence[Flag], found: Places, words: int, *, on_health: bool) -> Spun:
    """Judge a document by how its words fit and by the signs found in it.

    The counts know texts on health; those of another field meet a higher limit, and the less they
    know a text the less its words being unexpected says.

    Slips alone, however frequent, never make a document spun; wording alone does when it is far
    from all clean text that the limit was set on.
    """
    counts = Counter(flag.kind for flag in flags if flag.kind in _WEIGHTS)
    model = spun_model()
    wording = log_odds(found, np.ones(len(found.gain), dtype=np.bool_))
    certain = wording + model["familiar"] * (_familiar(found) - model["familiar_usual"])
    slips = _slips(counts, words)
    base = model["limit"] if on_health else model["limit_elsewhere"]
    limit = round(base + model["limit_short"] / math.sqrt(max(1, found.distinct)), 2)
    total = certain + slips - limit
    score = round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 3)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    evidence = (
        f"wording {certain:+.1f} and slips {slips:+.1f} against a limit of {limit}"
        f" (log odds); {listed or 'no sign'}; {words} words"
    )
    enough = words >= _FEWEST_WORDS and found.distinct >= _FEWEST_PLACES
    return Spun(enough and total >= 0, score if enough else min(score, 0.5), evidence)


def _familiar(found: Places) -> float:
    """Give how well the counts know a text: the mean of n-grams seen round a word, 3 at most."""
    return float(np.clip(found.seen, 0, 3).mean()) if len(found.seen) else 0.0


def _slips(counts: Counter[str], words: int) -> float:
    """Add up the slips a 1,000 words; two kinds must concur, one of them of wording."""
    if len(counts) < 2 or not _WORDING & counts.keys():
        return 0.0
    weight = sum(_WEIGHTS[kind] * min(5, count) for kind, count in counts.items())
    model = spun_model()
    density = weight * 1_000 / max(words, 300)
    return float(min(model["most_slips"], model["slip"] * density))


def log_odds(found: Places, chosen: NDArray[np.bool_]) -> float:
    """Give the log odds that a run of words is machine paraphrase, from its wording alone."""
    if not chosen.any():
        return 0.0
    model = spun_model()
    return float(features(found, chosen) @ np.array(model["weights"]) + model["intercept"])


def features(found: Places, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Give the eight means that the model weighs, over the chosen places (at least one)."""
    odds, seen = found.odds[chosen], found.seen[chosen]
    columns = (
        np.clip(odds, -6, 6),
        1.0 / (1.0 + np.exp(-odds)),
        odds > -1.5,
        odds > 0,
        odds > 1.5,
        odds > 3,
        (seen == 0) & (odds > -1.5),
        np.clip(seen, 0, 3),
    )
    return np.array([column.mean() for column in columns])


def paragraphs(found: Places, sentences: Sequence[Sentence]) -> list[tuple[int, float]]:
    """Give (start, log odds) of each paragraph that holds enough words of content."""
    starts = np.array([s.block.start for s in sentences], dtype=np.int64)
    begin = np.array([s.start for s in sentences], dtype=np.int64)
    owner = starts[np.searchsorted(begin, found.start, side="right") - 1]
    rows = ((int(block), owner == block) for block in np.unique(owner))
    return [(b, log_odds(found, own)) for b, own in rows if own.sum() >= _FEWEST_PLACES]


@cache
def spun_model() -> dict[str, Any]:
    """Read the weights and limits."""
    return load("probatum.trust", "data/spun_model.toml")

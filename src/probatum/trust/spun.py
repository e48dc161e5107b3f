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
from probatum.trust.expectation import Floats
from probatum.trust.sentence import Sentence
from probatum.trust.wording import DOUBTFUL, Places

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
_MOST = 8.0  # log odds that one word may add
_SHARES = (0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6)  # of words put for others


@dataclass(frozen=True, slots=True)
class Spun:
    """The judgement, a score in [0, 1] (.5 is the limit) and the counts it rests on."""

    spun: bool
    score: float
    evidence: str


def judge_spun(flags: Sequence[Flag], found: Places, words: int, *, on_health: bool) -> Spun:
    """Judge a document by how its words fit and by the signs found in it.

    Texts of another field than health meet a higher limit.

    Slips alone, however frequent, never make a document spun; wording alone does when it is far
    from all clean text that the limit was set on.
    """
    counts = Counter(flag.kind for flag in flags if flag.kind in _WEIGHTS)
    model = spun_model()
    wording = log_odds(found, np.ones(len(found.gain), dtype=np.bool_))
    slips = _slips(counts, words)
    base = model["limit"] if on_health else model["limit_elsewhere"]
    limit = round(base + model["limit_word"] * spread(found.distinct), 2)
    total = wording + slips - limit
    score = round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 3)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    evidence = (
        f"wording {wording:+.1f} and slips {slips:+.1f} against a limit of {limit}"
        f" (log odds); {listed or 'no sign'}; {words} words"
    )
    enough = words >= _FEWEST_WORDS and found.distinct >= _FEWEST_PLACES
    return Spun(enough and total >= 0, score if enough else min(score, 0.5), evidence)


def spread(words: int) -> float:
    """Say how far clean texts of so many different words differ by chance, in words.

    It grows up to an abstract's length; then a text's own words tell how it is written.
    """
    most = float(spun_model()["most_words"])
    return min(float(words), most * most / max(1, words))


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
    return log_ratio(found.odds[chosen & (found.seen <= DOUBTFUL)])


def log_ratio(odds: Floats) -> float:
    """Give the log of how much likelier words are with some put for others than without.

    The share of words put for others that makes them likeliest is held against the share that
    looks so in any text (a ratio of likelihoods, Neyman & Pearson 1933). ``odds`` are the log odds
    of each word; one counts at most so much, so that a few strange ones do not decide.
    """
    model = spun_model()
    presumed = math.log(model["share"] / (1.0 - model["share"])) + model["doubt"]
    gain = np.expm1(np.clip(odds - presumed, -_MOST, _MOST))
    shares = np.array([model["least_share"], *_SHARES])
    likely = np.log1p(shares[:, None] * gain).sum(axis=1)
    return float(likely[1:].max() - likely[0])


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

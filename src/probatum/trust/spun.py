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

from probatum.model.flag import Flag
from probatum.text.lexicon import load
from probatum.trust.expectation import Floats
from probatum.trust.replaced import register
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
_SHARES = (0.005, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6)  # of words


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
    wording = log_ratio(found.odds[found.seen <= DOUBTFUL], "document")
    slips = _slips(counts, words)
    near_trials = register(found.given.tokens, found.given.counted)
    limit = round(limit_for(found.distinct, near_trials, on_health=on_health), 2)
    total = wording + slips - limit
    score = round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 3)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    evidence = (
        f"wording {wording:+.1f} and slips {slips:+.1f} against a limit of {limit}"
        f" (log odds); {listed or 'no sign'}; {words} words"
    )
    enough = words >= _FEWEST_WORDS and found.distinct >= _FEWEST_PLACES
    return Spun(enough and total >= 0, score if enough else min(score, 0.5), evidence)


def limit_for(distinct: int, near_trials: float, *, on_health: bool) -> float:
    """Give the limit in log odds for a text of so many different words of content.

    It falls with length: the longer a text, the less do its clean words look replaced by chance.
    It rises towards reports of research, whose abstracts are dense (``near_trials``:
    :func:`probatum.trust.replaced.register`).
    """
    model = spun_model()["document"]
    base = model["limit"] if on_health else model["limit_elsewhere"]
    rise = model["research"] * np.interp(near_trials, model["registers"], (0.0, 1.0))
    return float(base + rise - model["fall"] * math.log(max(1, distinct)))


def _slips(counts: Counter[str], words: int) -> float:
    """Add up the slips a 1,000 words; two kinds must concur, one of them of wording."""
    if len(counts) < 2 or not _WORDING & counts.keys():
        return 0.0
    weight = sum(_WEIGHTS[kind] * min(5, count) for kind, count in counts.items())
    model = spun_model()
    density = weight * 1_000 / max(words, 300)
    return float(min(model["most_slips"], model["slip"] * density))


def log_ratio(odds: Floats, of: str) -> float:
    """Give the log of how much likelier words are with some put for others than without.

    The share of words put for others that makes them likeliest is held against the share that
    looks so in any text (a ratio of likelihoods, Neyman & Pearson 1933). ``odds`` are the log odds
    of each word; one counts at most so much, so that a few strange ones do not decide. ``of`` says
    what is judged: a "document" by its worst words, a "paragraph" among others by all of them.
    """
    model = spun_model()
    presumed = math.log(model["share"] / (1.0 - model["share"])) + model[of]["doubt"]
    gain = np.expm1(np.clip(odds - presumed, -_MOST, _MOST))
    least = model[of]["least_share"]
    shares = np.array([least, *(share for share in _SHARES if share > least)])
    likely = np.log1p(shares[:, None] * gain).sum(axis=1)
    return float(likely[1:].max() - likely[0])


def paragraphs(found: Places, sentences: Sequence[Sentence]) -> list[tuple[int, float]]:
    """Give (start, log odds) of each paragraph that holds enough words of content.

    From 0 on a paragraph is more like spun ones than nineteen of twenty clean ones are.
    """
    starts = np.array([s.block.start for s in sentences], dtype=np.int64)
    begin = np.array([s.start for s in sentences], dtype=np.int64)
    owner = starts[np.searchsorted(begin, found.start, side="right") - 1]
    limit = spun_model()["paragraph"]["limit"]
    doubtful = found.seen <= DOUBTFUL
    rows = ((int(block), owner == block) for block in np.unique(owner))
    return [
        (block, log_ratio(found.odds[own & doubtful], "paragraph") - limit)
        for block, own in rows
        if own.sum() >= _FEWEST_PLACES
    ]


@cache
def spun_model() -> dict[str, Any]:
    """Read the weights and limits."""
    return load("probatum.trust", "data/spun_model.toml")

"""Which words to mark in a document that is judged spun, and which fixed terms lie behind them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from probatum.trust.bound import fixed_terms
from probatum.trust.expectation import Floats, Ints
from probatum.trust.spun import spun_model
from probatum.trust.wording import DOUBTFUL, Places

_TURNS = 40
_KNOWN = 2  # of five n-grams round a word: its company is not strange
_LEAST, _GREATEST = 0.01, 0.6  # of the doubtful words put for others


def chances(found: Places) -> Floats:
    """Give the probability that each word was put for another, fitted to this document.

    The odds presume a share of such words; the share of the document is found by expectation
    maximisation (Saerens, Latinne & Decaestecker 2002).
    """
    doubtful = found.seen <= DOUBTFUL
    presumed = share = float(spun_model()["share"])
    result: Floats = _logistic(found.odds)
    for _ in range(_TURNS if doubtful.any() else 0):
        result = _logistic(found.odds + _logit(share) - _logit(presumed))
        share = float(np.clip(result[doubtful].mean(), _LEAST, _GREATEST))
    return result


def places_to_mark(found: Places, text: str) -> list[tuple[int, int]]:
    """Give the runs of places that fit ill, as (first, last); neighbours form one run.

    As many are marked, the likeliest first, as leave the expected share of right marks at what
    ``data/spun_model.toml`` asks for.
    """
    runs: list[tuple[int, int]] = []
    for place in np.flatnonzero(_ill(chances(found), found.seen)).tolist():
        if runs and runs[-1][1] == place - 1 and beside(found, place - 1, text):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def beside(found: Places, place: int, text: str) -> bool:
    """Whether only a space parts a place from the next one."""
    if place < 0 or place + 1 >= len(found.start):
        return False
    return text[int(found.end[place]) : int(found.start[place + 1])].isspace()


def broken_terms(
    found: Places, text: str, chance: Floats
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the first place of each pair that stands for a fixed term, with the terms.

    ``chance`` is that of each word to be put for another; one of the two must be likely to be.
    """
    least = spun_model()["least_chance_term"]
    lowered = [
        text[a:b].lower() for a, b in zip(found.start.tolist(), found.end.tolist(), strict=True)
    ]
    for place in range(len(lowered) - 1):
        likely = max(chance[place], chance[place + 1]) >= least
        doubtful = likely and max(found.gain[place], found.gain[place + 1]) > 0
        if doubtful and beside(found, place, text):
            terms = fixed_terms(lowered[place], lowered[place + 1])
            if terms:
                yield place, terms


def _ill(chance: Floats, seen: Ints) -> NDArray[np.bool_]:
    model = spun_model()
    order = np.argsort(-chance, kind="stable")
    right = np.cumsum(chance[order]) / np.arange(1, len(order) + 1)
    enough = int((right >= model["right_marks"]).sum())
    ill = np.zeros(len(chance), dtype=np.bool_)
    ill[order[:enough]] = True
    known = seen >= _KNOWN
    least = np.where(known, model["least_chance_known"], model["least_chance"])
    result: NDArray[np.bool_] = ill & (chance >= least)
    return result


def _logistic(odds: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-odds))


def _logit(share: float) -> float:
    return float(np.log(share / (1.0 - share)))

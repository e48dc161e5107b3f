"""Direction of an effect that a passage reports, given intervention, comparator and outcome.

A linear model over words whose names of the three are masked, trained by ``make train-direction``
on Evidence Inference v2 (DeYoung et al. 2020, MIT); docs/models/direction.md holds its figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from probatum.claims.weights import dense, load
from probatum.text.cues import EFFECT, NEGATION, kind
from probatum.text.hashed import Sparse, block, joined

Change = Literal["decreased", "no_difference", "increased"]
CHANGES: tuple[Change, ...] = ("decreased", "no_difference", "increased")
BITS = 17
_LONGEST = 1_500
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.\u00b7]\d+)?|[<>=±%;,()\u2264]")
_COMMON_WORDS = """
the and for with from group groups patients treatment therapy daily dose plus versus control who
had were was received
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_P = re.compile(r"\bp\s?(?:-?values?)?\s?(?P<sign>[<>=\u2264])\s?(?P<value>0?[.\u00b7]\d+)")
_LOWER = re.compile(
    r"\b(?:lower|less|fewer|decreas\w+|reduc\w+|shorter|smaller|declin\w+|worse)\b"
)
_HIGHER = re.compile(
    r"\b(?:higher|greater|more|increas\w+|longer|larger|improv\w+|better|superior|elevat\w+)\b"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: what a passage says of intervention v comparator on an outcome."""

    passage: str
    intervention: str
    comparator: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Found:
    """The likeliest change of the outcome under the intervention, and its probability."""

    change: Change
    confidence: float


def directions(asked: Sequence[Asked]) -> list[Found]:
    """Tell for each question whether the outcome rose, fell or did not differ.

    >>> text = "Pain was lower with drug X than with placebo (p = 0.01)."
    >>> directions([Asked(text, "drug X", "placebo", "pain")])[0].change
    'decreased'
    """
    if not asked:
        return []
    table, bias = _shipped()
    rows, indices, values = direction_features(asked)
    weighted = table[indices] * values[:, None]
    columns = [np.bincount(rows, weighted[:, k], minlength=len(asked)) for k in range(3)]
    raw = np.stack(columns, axis=1) + bias
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    chances = powers / powers.sum(axis=1, keepdims=True)
    return [Found(CHANGES[int(row.argmax())], round(float(row.max()), 3)) for row in chances]


@lru_cache(maxsize=1)
def _shipped() -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    stored = load("direction")
    return dense(stored["index"], stored["weights"], 1 << BITS), stored["bias"]


def direction_features(asked: Sequence[Asked]) -> Sparse:
    """Read the features of questions: (rows, indices, values)."""
    words = [_masked(one) for one in asked]
    outcomes = [_TOKEN.findall(one.outcome.lower())[:12] for one in asked]
    near = [_near_outcome(listed) for listed in words]
    blocks = (
        ("s", words, (1, 2, 3), 3.0),
        ("near", near, (1, 2, 3), 3.0),
        ("outcome", outcomes, (1,), 0.7),
        ("told", [_told(o, w) for o, w in zip(asked, words, strict=True)], (1,), 3.0),
    )
    return joined(
        [block(listed, sizes, norm, place, BITS) for place, listed, sizes, norm in blocks]
    )


def _masked(one: Asked) -> list[str]:
    """Replace the words of the three by their role; a word of two roles keeps the rarer's."""
    roles: dict[str, str] = {}
    for role, text in (("OUT", one.outcome), ("CMP", one.comparator), ("INT", one.intervention)):
        for word in _TOKEN.findall(text.lower()):
            if word.isalpha() and len(word) > 2 and word not in _COMMON:
                roles[word] = "BOTH" if roles.get(word) in ("INT", "CMP") else role
    made: list[str] = []
    for word in _TOKEN.findall(_significance(one.passage[:_LONGEST].lower())):
        token = "0" if word[0].isdigit() else roles.get(word, word)
        if not (made and made[-1] == token and token.isupper()):
            made.append(token)
    return made


def _significance(text: str) -> str:
    """Write a p as a word that says on which side of .05 it is."""
    return _P.sub(_significant, text)


def _significant(match: re.Match[str]) -> str:
    value = float(match["value"].replace("\u00b7", "."))
    if match["sign"] == ">":
        return " psmall " if value < 0.01 else " plarge "
    return " psmall " if value < 0.05 or (match["sign"] == "<" and value <= 0.05) else " plarge "


def _near_outcome(words: list[str]) -> list[str]:
    """Give the words around the outcome's first mention, or all."""
    if "OUT" not in words:
        return words[:30]
    at = words.index("OUT")
    return words[max(0, at - 12) : at + 18]


def _told(one: Asked, words: list[str]) -> list[str]:
    text = one.passage[:_LONGEST].lower()
    first = [w for w in words if w in ("INT", "CMP")][:2]
    order = "".join(first) or "none"
    lower, higher = bool(_LOWER.search(text)), bool(_HIGHER.search(text))
    small, large = "psmall" in words, "plarge" in words
    denied = bool(NEGATION.search(text))
    verbs = sorted({kind(match)[0] for match in EFFECT.finditer(text)})
    than = words[words.index("than") + 1 :][:6] if "than" in words else []
    after = next((w for w in than if w in ("INT", "CMP")), "none")
    return [
        f"order {order}",
        f"ways {lower}{higher} after {after}",
        f"ways {lower}{higher} order {order}",
        f"ways {lower}{higher} p {small}{large}",
        f"p {small}{large} denied {denied}",
        f"denied {denied} ways {lower}{higher}",
        *(f"verb {verb} denied {denied}" for verb in verbs),
        *(f"verb {verb} order {order} p {small}{large}" for verb in verbs),
    ]

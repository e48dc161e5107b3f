"""Stance of a citation by a linear model over its words and cues; NumPy alone runs it.

Trained by ``make train-stance`` on this project's own labels; docs/models/stance.md tells what it
gets wrong. Follows the definition of strict support: a stance and the citing authors' own
evidence are two answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from probatum.claims.stance_context import Context, Seen
from probatum.claims.stance_cues import Cue, names_own
from probatum.claims.stance_features import BITS, Features, features
from probatum.claims.weights import dense, load
from probatum.model.claim import Stance
from probatum.text.hashed import runs, word_hashes

LABELS: tuple[Stance, ...] = ("mentioning", "supporting", "contrasting")
_MOST_REASONS = 4
_AT_ONCE = 256  # contexts: some 100,000 features, 5 MB


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of one citation; ``why`` names the strongest cues.

    ``confidence`` is the calibrated probability of the stance; ``abstained`` tells that it is
    under the threshold of its label, and that the stance must not be counted.
    """

    stance: Stance
    own_evidence: bool
    confidence: float
    abstained: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The weights: table (2**BITS, 4) of three stances and own evidence, and what calibrates.

    ``thresholds`` (3,) is the confidence from which each label counts.
    """

    table: NDArray[np.float32]
    bias: NDArray[np.float64]
    temperature: float
    offsets: NDArray[np.float64]
    thresholds: tuple[float, ...]
    own_threshold: float


@lru_cache(maxsize=1)
def shipped() -> Model:
    """Load the weights of the package, once a process."""
    stored = load("stance")
    table = dense(stored["index"], stored["weights"], 1 << BITS)
    temperature, *thresholds, own = (float(x) for x in stored["settings"])
    return Model(table, stored["bias"], temperature, stored["offsets"], tuple(thresholds), own)


def confusion() -> NDArray[np.int64]:
    """Give the model's errors by cross-validation: counts (3, 3), true stance by row.

    Rows and columns in the order of :data:`LABELS`; for ``stats.misclassification.corrected``.

    >>> confusion().shape
    (3, 3)
    """
    return load("stance")["confusion"].astype(np.int64)


def judge(context: Context) -> Judgement:
    """Judge the stance of one citation; :func:`judge_all` is faster for many.

    >>> text = "Our results agree with an earlier trial [3]."
    >>> found = judge(Context(text, (40, 43), section="discussion"))
    >>> found.stance, found.own_evidence
    ('supporting', True)
    """
    return judge_all([context])[0]


def judge_all(contexts: Sequence[Context]) -> list[Judgement]:
    """Judge many citations, in order; each judgement is independent of the others."""
    made: list[Judgement] = []
    for start in range(0, len(contexts), _AT_ONCE):
        made += _judged(contexts[start : start + _AT_ONCE], shipped())
    return made


def scores(found: Features, model: Model) -> NDArray[np.float64]:
    """Give the linear scores of contexts, shape (n, 4), before calibration."""
    count = len(found.cues)
    weighted = model.table.take(found.indices, axis=0) * found.values[:, None]
    columns = [np.bincount(found.rows, weighted[:, k], minlength=count) for k in range(4)]
    return np.stack(columns, axis=1) + model.bias


def probabilities(
    raw: NDArray[np.float64], model: Model
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Calibrate scores: (n, 3) probabilities of the labels, (n,) of own evidence."""
    scaled = raw[:, :3] / model.temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    own = 1.0 / (1.0 + np.exp(-np.clip(raw[:, 3], -30, 30)))
    return powers / powers.sum(axis=1, keepdims=True), own


def _judged(contexts: Sequence[Context], model: Model) -> list[Judgement]:
    found = features(contexts)
    chances, owns = probabilities(scores(found, model), model)
    chosen = (chances * model.offsets).argmax(axis=1).tolist()
    made = []
    for row, label in enumerate(chosen):
        confidence = round(float(chances[row, label]), 3)
        own = label > 0 and float(owns[row]) > model.own_threshold
        why = _why(found.seen[row], found.cues[row], label, model)
        abstained = confidence < model.thresholds[label]
        made.append(Judgement(LABELS[label], own, confidence, abstained, why))
    return made


def _why(seen: Seen, cues: tuple[Cue, ...], label: int, model: Model) -> tuple[str, ...]:
    """Name the cues in the sentence that speak for the label, then words of the clause."""
    if label == 0:
        weak = tuple(dict.fromkeys(f"outweighed {cue.name}: {cue.words!r}" for cue in cues))
        return weak[:_MOST_REASONS] or ("no cue",)
    strong = [(_towards(model, "cue", cue.name)[label], cue) for cue in cues]
    strong.sort(key=lambda pair: -pair[0])
    named = [f"{cue.name}: {cue.words!r}" for strength, cue in strong if strength > 0]
    reasons = list(dict.fromkeys(named))[: _MOST_REASONS - 1]
    if not reasons:
        reasons = [f"words: {', '.join(repr(w) for w in _strong_words(seen, label, model))}"]
    if names_own(seen.said):
        reasons.append("own study named")
    return tuple(reasons)


def _strong_words(seen: Seen, label: int, model: Model) -> list[str]:
    words = sorted({word for word in seen.said.words if word[0].isalpha()})
    return sorted(words, key=lambda word: -_towards(model, "s", word)[label])[:3]


@lru_cache(maxsize=1 << 14)
def _towards(model: Model, place: str, name: str) -> tuple[float, ...]:
    """Give the weight of a single word or cue towards each label, against the mean of all."""
    index, _ = runs(word_hashes([name]), np.zeros(1, dtype=np.int64), 1, place, BITS)
    found = model.table[index[0], :3].astype(np.float64)
    return tuple((found - found.mean()).tolist())

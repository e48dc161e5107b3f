"""Train the learned remarks on marked passages and sentences alone: ``make train-remarks``.

Needs scikit-learn (extra ``train``). Eight writers marked passages of their own, five wrote
sentences; every figure that is printed comes from a model that never saw the writer or the set it
is measured on. Thresholds are those from which the calibrated chances of such models expect the
wanted precision; what ships is trained on all. Sentences of CC-BY reports of trials stand beside
as unmarked ones.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from validation.marked_passages import SINGLE, WRITERS, Passage, marked_passages, single_sentences

from probatum.text.hashed import word_hash
from probatum.text.sentences import segment
from probatum.trust import remark_features as features
from probatum.trust.dangers import signs, width
from probatum.trust.remark_features import Read, read
from probatum.trust.remarks import (
    CLASSES,
    GRAMS,
    LETTERS,
    PAIRS,
    SIGNED,
    SIGNS,
    TOPIC,
    with_before,
)

OUT = Path(__file__).parent.parent / "src/probatum/trust/data/remarks.npz"
GOOD = ("safety_statement", "regulatory_statement", "uncertainty_statement", "trust_positive")
NOTES = (*GOOD, "vague_attribution", "vague_quantity", "journal_metric_as_quality",
         "boilerplate_ui")  # fmt: skip
PRECISION = {True: 0.75, False: 0.8}  # of notes, of what is graver
SLACK = 0.03
# No remark below, however well a kind stands out among marked passages: pages hold less to mark.
LEAST = 0.5
FEWEST = 40  # marks of a kind
STRENGTH = 4.0  # chosen by leaving a writer out among 1, 2, 4, 8
OF_SPANS = 0.5  # weight of marked words as an example of their own, among 0, .5, 1
OF_SINGLE = 0.5  # weight of sentences that stand alone
# Kinds that sentences alone were written for: passages hold too few of them to calibrate on.
ALONE = ("regulatory_misstatement", "safety_contradiction")
REPORTS, SENTENCES = 600, 8  # reports of trials and sentences of each
RAREST = {"grams": 2, "letters": 3, "topics": 2}
LARGEST = 127
NEVER = 2.0  # the threshold of a kind that never reaches its precision
SMALLEST = 0.05
FOLDS = 5
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """Of each row its writer, passage and marks, its weight, and whether it is all of a line."""

    writer: str
    passage: int
    kinds: frozenset[str]
    weight: float
    counted: bool


@dataclass(frozen=True, slots=True)
class Blocks:
    """Rows as hashed blocks (to be cut down to known keys), as dense numbers and as signs."""

    rows: list[Row]
    hashed: dict[str, Any]
    dense: Any
    signs: Any


def main(arguments: list[str]) -> None:
    """Train, print what leaving out says, and write the weights.

    A second and a third argument name a writer who is not to be seen at all, and another file to
    write to: the model to measure on that writer.
    """
    unseen, out = arguments[1:3] if len(arguments) > 1 else ("", OUT)
    passages = [p for writer in WRITERS if writer != unseen for p in marked_passages(writer)]
    passages += [p for name in SINGLE for p in single_sentences(name)]
    passages += list(reports(Path(arguments[0])))
    data = blocks(passages)
    marks = [k for p in passages for ms in p.marks for k, _, _ in ms]
    kinds = sorted({k for k in marks if marks.count(k) >= FEWEST})
    chances = left_out(data, kinds)
    found = [
        calibrated(data, kind, chances[:, at], counted(data, kind))
        for at, kind in enumerate(kinds)
    ]
    slope, offset, least = (np.array(column) for column in zip(*found, strict=True))
    weights, bias, columns = fitted(data, kinds, np.ones(len(data.rows), dtype=np.bool_))
    given = {"bias": bias, "slope": slope, "offset": offset, "least": least}
    write(Path(out), data, weights, columns, {"kinds": np.array(kinds), **given})


def counted(data: Blocks, kind: str) -> Flags:
    """Tell the rows that a kind is calibrated on: whole sentences of passages, or alone."""
    among = (*WRITERS, *SINGLE) if kind in ALONE else WRITERS
    return np.array([row.counted and row.writer in among for row in data.rows])


def left_out(data: Blocks, kinds: Sequence[str]) -> Numbers:
    """Score rows by models without their writer; of kinds of one writer without their passage."""
    scores = np.zeros((len(data.rows), len(kinds)))
    writers = {k: {r.writer for r in data.rows if k in r.kinds} for k in kinds}
    both = [k for k in kinds if len(writers[k]) > 1]
    alone = [k for k in kinds if len(writers[k]) == 1]
    folds = [(both, np.array([r.writer != w for r in data.rows])) for w in (*WRITERS, *SINGLE)]
    folds += [(alone, np.array([r.passage % FOLDS != f for r in data.rows])) for f in range(FOLDS)]
    for some, inside in (fold for fold in folds if fold[0]):
        weights, bias, columns = fitted(data, some, inside)
        at = np.array([kinds.index(kind) for kind in some])
        scores[np.ix_(~inside, at)] = matrix(data, columns, ~inside) @ weights + bias
    return scores


def reports(path: Path) -> Iterator[Passage]:
    """Give a few sentences of each of some reports of trials, unmarked; of every tenth none."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        parts = json.loads(line)["paragraphs"]
        if at % 10 == 0 or at % 6 == 0 or not parts or at > REPORTS * 2:
            continue
        part = parts[0] if at % 2 else parts[-1]
        texts = [part[a:b] for a, b, _ in segment(part, [(0, len(part))], [])][:SENTENCES]
        yield Passage("reports", "trial", tuple(texts), tuple(() for _ in texts))


def blocks(passages: Sequence[Passage]) -> Blocks:
    """Read passages; words that are marked, and what is left without them, are rows too."""
    rows: list[Row] = []
    parts: dict[str, list[Any]] = {"grams": [], "letters": [], "topics": []}
    dense, signed = [], []
    for number, passage in enumerate(passages):
        found = [(passage.sentences, [_row(passage, number, m) for m in passage.marks])]
        found += [((text,), [row]) for text, row in _pieces(passage, number)]
        for texts, of in found:
            given = read(texts)
            rows += of
            for name, block in _hashed(given).items():
                parts[name].append(block)
            dense.append(_dense(given))
            signed.append(_signs(given))
    hashed = {name: _joined(part) for name, part in parts.items()}
    return Blocks(rows, hashed, csr_matrix(np.vstack(dense)), vstack(signed).tocsr())


def _row(passage: Passage, number: int, marks: Sequence[tuple[str, int, int]]) -> Row:
    weight = OF_SINGLE if passage.writer in SINGLE else 1.0
    return Row(passage.writer, number, frozenset(k for k, _, _ in marks), weight, counted=True)


def _signs(given: Read) -> Any:
    found = np.array([signs(*with_before(given, row)) for row in range(given.count)])
    return csr_matrix(_scaled(found.astype(np.float32), SIGNS))


def _pieces(passage: Passage, number: int) -> Iterator[tuple[str, Row]]:
    for text, marks in zip(passage.sentences, passage.marks, strict=True):
        for kind, start, end in marks:
            if end - start < 0.85 * len(text):
                alone = Row(passage.writer, number, frozenset({kind}), OF_SPANS, counted=False)
                yield text[start:end], alone
                rest = f"{text[:start]} {text[end:]}".strip()
                others = frozenset(k for k, _, _ in marks) - {kind}
                if rest.count(" ") > 2:
                    yield rest, Row(passage.writer, number, others, OF_SPANS, counted=False)


Hashed = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], int]


def _hashed(given: Read) -> dict[str, Hashed]:
    keys, firsts, _ = features.grams(given)
    words = given.words
    pieces, of = features.letters(words)
    of_words = [(int(r), word_hash(w)) for r, w in zip(given.row, words, strict=True)
                if features.tells_topic(w)]  # fmt: skip
    near = [(s, h) for s in range(given.count) for r, h in of_words if abs(r - s) <= 4]
    return {
        "grams": _normed(given.row[firsts], keys, GRAMS, given.count),
        "letters": _normed(given.row[of], pieces, LETTERS, given.count),
        "topics": _normed(*_columns(near), TOPIC, given.count),
    }


def _columns(pairs: list[tuple[int, int]]) -> tuple[Any, Any]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _normed(rows: Any, keys: Any, norm: float, count: int) -> Hashed:
    lengths = np.maximum(1, np.bincount(rows, minlength=count))
    return rows, keys, norm / np.sqrt(lengths[rows]), count


def _dense(given: Read) -> Any:
    members = np.zeros((len(given.words), len(features.class_names())), dtype=np.float32)
    for at, word in enumerate(given.words):
        members[at, list(features.classes(word))] = 1
    counts = features.class_counts(given, members)
    steps = np.hstack([counts > 0, counts > 1, counts > 2]).astype(np.float32)
    pairs = np.zeros((given.count, members.shape[1] ** 2), dtype=np.float32)
    pairs[features.class_pairs(given, members)] = 1
    return np.hstack([_scaled(steps, CLASSES), _scaled(pairs, PAIRS), given.shape])


def _scaled(block: Any, norm: float) -> Any:
    return block * norm / np.sqrt(np.maximum(1, block.sum(axis=1, keepdims=True)))


def _joined(parts: list[Hashed]) -> Any:
    """Stack hashed blocks: a sparse matrix over the keys that occur, and those keys."""
    offsets = np.cumsum([0] + [count for *_, count in parts])
    rows = np.concatenate([p[0] + o for p, o in zip(parts, offsets, strict=False)])
    keys, columns = np.unique(np.concatenate([p[1] for p in parts]), return_inverse=True)
    values = np.concatenate([p[2] for p in parts])
    made = csr_matrix((values, (rows, columns)), shape=(int(offsets[-1]), len(keys)))
    return made, keys


def fitted(data: Blocks, kinds: Sequence[str], inside: Flags) -> tuple[Any, Any, Any]:
    """Fit a model a kind: (weights (columns, kinds), bias, the columns that are known).

    Of the signs, which stand last, only the kinds of ``SIGNED`` have weights.
    """
    columns = {}
    for name, (made, _) in data.hashed.items():
        often = np.asarray((made[inside] != 0).sum(axis=0)).ravel()
        columns[name] = np.flatnonzero(often >= RAREST[name])
    signed = matrix(data, columns, inside)
    plain = signed[:, : signed.shape[1] - width()]
    rows = [row for row, used in zip(data.rows, inside, strict=True) if used]
    weights, bias = [], []
    for kind in kinds:
        answers = np.array([kind in row.kinds for row in rows])
        writers = asked(data, kind)
        known = np.array([row.writer in writers for row in rows])
        of = np.array([row.weight for row in rows])[known]
        model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-4, solver="newton-cg")
        taken = signed if kind in SIGNED else plain
        model.fit(taken[known], answers[known], sample_weight=of)
        weights.append(np.pad(model.coef_[0], (0, signed.shape[1] - taken.shape[1])))
        bias.append(float(model.intercept_[0]))
    return np.stack(weights, axis=1), np.array(bias), columns


def asked(data: Blocks, kind: str) -> frozenset[str]:
    """Name the writers whose unmarked rows say that a kind is not there.

    A writer who never marked a kind was not asked for it; reports of trials hold much that is to
    the good, unmarked.
    """
    reported = set() if kind in GOOD else {"reports"}
    return frozenset({row.writer for row in data.rows if kind in row.kinds} | reported)


def matrix(data: Blocks, columns: Any, inside: Flags) -> Any:
    """Put the known columns of some rows side by side."""
    made = [data.hashed[name][0][inside][:, kept] for name, kept in columns.items()]
    return hstack([*made, data.dense[inside], data.signs[inside]]).tocsr()


def calibrated(
    data: Blocks, kind: str, raw: Numbers, measured: Flags
) -> tuple[float, float, float]:
    """Give slope and offset that make scores probabilities, and the threshold; print a line."""
    writers = asked(data, kind)
    measured = measured & np.array([row.writer in writers for row in data.rows])
    rows = [row for row, used in zip(data.rows, measured, strict=True) if used]
    answers = np.array([kind in r.kinds for r in rows])
    scores = raw[measured]
    line = LogisticRegression(C=1e6).fit(scores[:, None], answers)
    slope, offset = float(line.coef_[0, 0]), float(line.intercept_[0])
    chances = 1 / (1 + np.exp(-(slope * scores + offset)))
    order = np.argsort(-chances)
    # What the calibrated chances expect is steadier than the count of a few marks; both must do.
    expected = np.cumsum(chances[order]) / np.arange(1, len(order) + 1)
    least_right = PRECISION[kind in NOTES]
    steady = int((expected >= least_right).sum())
    counted_right = np.cumsum(answers[order][:steady]) / np.arange(1, steady + 1)
    enough = np.flatnonzero(counted_right >= least_right - SLACK)
    found = int(enough[-1]) + 1 if len(enough) else 0
    least = max(LEAST, float(chances[order[found - 1]])) if found else NEVER
    found = int((chances >= least).sum())
    right = int(answers[order[:found]].sum())
    ahead = int(answers.sum())
    print(f"{kind:28} marked {ahead:4} raised {found:4} right {right:4} recall "
          f"{right / max(1, ahead):.2f} least {least:.2f}", flush=True)  # fmt: skip
    return slope, offset, least


def write(out: Path, data: Blocks, weights: Any, columns: Any, rest: dict[str, Any]) -> None:
    """Write the weights: whole numbers with a step a kind, and the dense ones."""
    stored, at = dict(rest), 0
    for name, kept in columns.items():
        part = weights[at : at + len(kept)]
        at += len(kept)
        heavy = np.abs(part).max(axis=1) > SMALLEST
        steps = np.abs(part).max(axis=0) / LARGEST
        stored[f"{name}_keys"] = data.hashed[name][1][kept][heavy].astype(np.uint32)
        stored[f"{name}_weights"] = np.round(part[heavy] / steps).astype(np.int8)
        stored[f"{name}_steps"] = steps.astype(np.float32)
    size = len(features.class_names())
    ends = at + np.cumsum([size, size, size, size * size, features.SHAPES])
    *parts, of_signs = np.split(weights, [at, *ends])[1:]
    for name, part in zip(("one", "two", "three", "pairs", "shape"), parts, strict=True):
        stored[name] = part.astype(np.float16)
    signed = [at for at, kind in enumerate(rest["kinds"].tolist()) if kind in SIGNED]
    stored["signs"] = of_signs[:, signed].astype(np.float16)
    np.savez_compressed(out, **stored)
    print(f"{at} hashed features, {out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])

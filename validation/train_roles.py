"""Train the model of sentence roles on trial abstracts with headings: ``make train-roles``.

Needs scikit-learn (extra ``train``). Fitted on the part "train"; sizes and turns were chosen on
"validation"; "test" is only measured on. The networks first learn on sentences of the bodies of
CC-BY articles which section each stands in; no article whose abstract is in another part than
"train" is read. Then they learn from the abstracts, with the linear scores of models that did not
see them.
"""

from __future__ import annotations

import sys
import tarfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from validation.abstracts import Abstract, abstracts
from validation.clean_texts import CC_BY
from validation.intervals import macro_f1
from validation.role_learning import Batch, Learner, beginning, learn_roles, learn_sections

from probatum.claims.role_chain import Chain
from probatum.claims.role_features import BITS, role_features, role_words
from probatum.claims.role_network import STATE_ROLES, STATE_WAYS, numbered, places, seen
from probatum.claims.roles import ROLES, Model, emissions, role_chances, shipped
from probatum.documents.read import collect
from probatum.text.hashed import word_hashes
from probatum.text.sentences import segment

_WEIGHTS = Path(__file__).parent.parent / "src/probatum/claims/weights/roles.npz"
_STRENGTH = 4.0
_SMALLEST = 0.02
_FOLDS = 5
_SEEDS = (1, 2)
_SHARE = 0.3  # of the counted steps; chosen on "validation" among .3, .6, 1 and 1.4
_SECTIONS = ("introduction", "methods", "results", "discussion")
_SECTION_TURNS, _ROLE_TURNS = 2, 7
_OPENING = 60  # characters that tell a sentence
Table = tuple[Any, NDArray[np.float64]]
_NO_CHAIN = Chain(np.zeros(5), np.zeros((5, 5)), np.zeros(5))
Section = tuple[list[str], int]


def main(arguments: list[str]) -> None:
    """Train the linear model and the networks, write them, print what "validation" says."""
    parts = abstracts(Path(arguments[0]))
    train, dev = parts["train"], parts["validation"]
    others = {s[:_OPENING] for name in parts if name != "train" for t, _ in parts[name] for s in t}
    bodies = _bodies(Path(arguments[1]), others)
    table, bias = _emission_weights(train)
    unseen = _unseen(train)
    words = _vocabulary(train, bodies)
    print(f"{len(bodies)} sentences of bodies, {len(words)} words")
    stored: dict[str, Any] = {"words": words, "members": np.array([len(_SEEDS)])}
    stored |= _counted(train)
    for member, seed in enumerate(_SEEDS):
        learner = beginning(len(words), seed)
        _taught(learner, words, bodies, (train, unseen))
        stored |= {f"{member}_{k}": v for k, v in _small(learner.weights).items()}
    kept = np.flatnonzero(np.abs(table).max(axis=1) > _SMALLEST)
    np.savez_compressed(
        _WEIGHTS, index=kept.astype(np.uint32), weights=table[kept].astype(np.float16),
        bias=bias, **stored,
    )  # fmt: skip
    print(f"{len(kept)} features, {_WEIGHTS.stat().st_size / 1e6:.2f} MB")
    shipped.cache_clear()
    found = np.concatenate([role_chances(texts).argmax(axis=1) for texts, _ in dev])
    true = np.concatenate([labels for _, labels in dev])
    print(f"validation: accuracy {(found == true).mean():.4f}, "
          f"macro-F1 {macro_f1(found, true, len(ROLES)):.4f}")  # fmt: skip


def _counted(train: list[Abstract]) -> dict[str, NDArray[np.float64]]:
    """Count starts, steps and ends of roles against how common a role is, as log-weights."""
    start, step, end = np.ones(5), np.ones((5, 5)), np.ones(5)
    common = np.ones(5)
    for _, labels in train:
        start[labels[0]] += 1
        end[labels[-1]] += 1
        np.add.at(step, (labels[:-1], labels[1:]), 1)
        np.add.at(common, labels, 1)
    usual = np.log(common / common.sum())
    return {
        "start": _SHARE * (np.log(start / start.sum()) - usual),
        "step": _SHARE * (np.log(step / step.sum(axis=1, keepdims=True)) - usual),
        "end": _SHARE * (np.log(end / end.sum()) - usual),
    }


def _bodies(archive: Path, others: set[str]) -> list[Section]:
    """Read the sentences of CC-BY articles with their section, by number."""
    made: list[Section] = []
    with tarfile.open(archive) as texts:
        for member in texts:
            stream = texts.extractfile(member) if member.name.endswith("xml") else None
            data = stream.read() if stream else b""
            if CC_BY.search(data):
                made += _of_article(data, member.name, others)
    return made


def _of_article(data: bytes, name: str, others: set[str]) -> list[Section]:
    made: list[Section] = []
    for document in collect(data, name).documents:
        for block in document.blocks:
            text = document.text[block.start : block.end]
            sentences = [text[a:b] for a, b, _ in segment(text, [(0, len(text))], [])]
            if block.role == "abstract" and any(s[:_OPENING] in others for s in sentences):
                return []
            if block.kind == "paragraph" and block.role in _SECTIONS:
                section = _SECTIONS.index(block.role)
                made += [(words, section) for words in role_words(sentences) if len(words) > 3]
    return made


def _emission_weights(train: list[Abstract], turns: int = 120) -> Table:
    matrix = _matrix(train)
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=1 << BITS) >= 3)
    answers = np.concatenate([labels for _, labels in train])
    model = LogisticRegression(C=_STRENGTH, max_iter=turns, tol=1e-3)
    model.fit(matrix[:, used], answers)
    table = np.zeros((1 << BITS, len(ROLES)))
    table[used] = model.coef_.T
    return table, model.intercept_


def _matrix(listed: list[Abstract]) -> Any:
    parts, offset = [], 0
    for sentences, _ in listed:
        rows, indices, values = role_features(role_words(sentences))
        parts.append((rows + offset, indices, values))
        offset += len(sentences)
    rows, indices, values = (np.concatenate(c) for c in zip(*parts, strict=True))
    matrix = csr_matrix((values, (rows, indices)), shape=(offset, 1 << BITS))
    matrix.sum_duplicates()
    return matrix


def _unseen(train: list[Abstract]) -> list[NDArray[np.float32]]:
    """Give each abstract's linear scores by a model that did not see it."""
    made: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(train)
    for fold in range(_FOLDS):
        inside = [one for at, one in enumerate(train) if at % _FOLDS != fold]
        table, bias = _emission_weights(inside, turns=60)
        model = Model(table.astype(np.float32), bias, _NO_CHAIN, np.empty(0, np.uint32), ())
        for at in range(fold, len(train), _FOLDS):
            words = role_words(train[at][0])
            made[at] = seen(emissions(role_features(words), len(words), model))
    return made


def _vocabulary(train: list[Abstract], bodies: list[Section]) -> NDArray[np.uint32]:
    """Hash the words that are worth a vector, sorted."""
    here = Counter(w for texts, _ in train for words in role_words(texts) for w in set(words))
    there = Counter(word for words, _ in bodies for word in set(words))
    kept = [w for w in here | there if here[w] >= 3 or 2 * here[w] + there[w] >= 12]
    return np.unique(word_hashes(kept)).astype(np.uint32)


def _taught(
    learner: Learner,
    words: NDArray[np.uint32],
    bodies: list[Section],
    abstracts_: tuple[list[Abstract], list[NDArray[np.float32]]],
) -> None:
    train, unseen = abstracts_
    split = [role_words(texts) for texts, _ in train]
    states = [_states(labels) for _, labels in train]

    def draw(rows: Sequence[int]) -> Batch:
        counts = np.array([len(split[row]) for row in rows])
        firsts: NDArray[np.int64] = np.cumsum(counts) - counts
        place = np.vstack([places(int(count)) for count in counts])
        linear = np.vstack([unseen[row] for row in rows])
        true = np.concatenate([states[row] for row in rows])
        numbers, starts = numbered([s for row in rows for s in split[row]], words)
        return Batch(numbers, starts, firsts, place, linear, true)

    def draw_bodies(rows: NDArray[np.int64]) -> Any:
        return numbered([bodies[row][0] for row in rows], words)

    sections = np.array([section for _, section in bodies])
    learn_sections(learner, draw_bodies, sections, _SECTION_TURNS)
    learn_roles(learner, draw, len(train), _ROLE_TURNS)


def _states(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the states of an abstract: its roles under its own way of heading."""
    named = set(labels.tolist())
    way = 2 if {0, 1} <= named else int(1 in named)
    number = {pair: at for at, pair in enumerate(zip(STATE_ROLES, STATE_WAYS, strict=True))}
    return np.array([number[int(label), way] for label in labels])


def _small(weights: dict[str, NDArray[np.float32]]) -> dict[str, Any]:
    """Store vectors as bytes with a step for each column, the rest in half precision."""
    vectors = weights["vectors"]
    steps = np.abs(vectors).max(axis=0) / 127
    halves = {k: v.astype(np.float16) for k, v in weights.items() if k != "vectors"}
    rounded = np.round(vectors / steps).astype(np.int8)
    return halves | {"vectors": rounded, "vector_steps": steps}


if __name__ == "__main__":
    main(sys.argv[1:])

"""Measure by what limits of trust/data/spun_model.toml clean documents are told from spun ones.

Usage: python -m validation.spun_model CLEAN_DIR PASSAGES SHARED_DATA WORDNET_DICT MOBY, as for
validation/replaced_model.py.
Each writer is judged by a network that was learnt from trials and the other writers, so that
neither the hand nor the topics are known. Printed for each size of document: the ratios of
likelihoods of clean documents, the share of spun ones beyond the limit, the area under the curve.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from validation.bound_terms import broken_terms
from validation.own_passages import own_passages
from validation.replaced_model import (
    LEFT_OUT,
    documents,
    every_way,
    learnt,
    measured,
    own_documents,
)

from bench.trust import auc
from probatum.trust.replaced import weighed
from probatum.trust.spun import log_ratio, spread, spun_model

SIZES = (0, 60, 150, 400, 10**9)  # words of content
EVERY = 2  # of the articles' documents, one of so many is enough here
Rows = tuple[np.ndarray, np.ndarray]


def left_out(rows: dict[str, list[Rows]], articles: list[Rows], writer: str) -> list[float]:
    """Judge the documents of a writer by what was learnt from the others."""
    learnt_from = rows.keys() - {writer, LEFT_OUT}
    others = articles + [row for name in sorted(learnt_from) for row in rows[name]]
    x, y = (np.concatenate([row[part] for row in others]) for part in range(2))
    network = learnt(x, y.astype(np.float64))
    return [log_ratio(weighed(network, x)) for x, _ in rows[writer]]


def report(writer: str, ratios: list[float], rows: list[Rows]) -> None:
    """Print what clean and spun documents get."""
    found = defaultdict[tuple[int, bool], list[float]](list)
    for ratio, (_, changed) in zip(ratios, rows, strict=True):
        size = int(np.searchsorted(SIZES, len(changed), side="right"))
        found[size, bool(changed.any())].append(ratio)
    for size in range(1, len(SIZES)):
        clean, spun = found[size, False], found[size, True]
        if clean and spun:
            limit = limit_for(SIZES[size - 1])
            most = np.quantile(clean, [0.5, 0.99, 1]).round(1).tolist()
            sys.stdout.write(
                f"{writer}, from {SIZES[size - 1]} words: clean {len(clean)}, median, .99, most"
                f" {most}, beyond the limit {np.mean(np.array(clean) > limit):.3f}; spun"
                f" {len(spun)}, beyond {np.mean(np.array(spun) > limit):.2f},"
                f" AUC {auc(spun, clean):.3f}\n"
            )


def limit_for(words: int) -> float:
    """Give the limit on health for a text of so many different words of content."""
    model = spun_model()
    return float(model["limit"] + model["limit_word"] * spread(words))


def main(folder: Path, passages: Path, *tables: Path) -> None:
    """Leave each writer out by turns."""
    every = every_way(broken_terms(*tables))
    made = enumerate(documents(folder, every))
    articles = [measured(parts) for at, parts in made if at // 4 % EVERY == 0]
    own = own_passages(passages)
    rows = {
        name: [measured(parts) for parts in own_documents([text for _, text in found], every)]
        for name, found in own.items()
    }
    for writer, known in rows.items():
        report(writer, left_out(rows, articles, writer), known)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:6]))

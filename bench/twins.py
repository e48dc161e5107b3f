"""Repeats across documents: recall of spun sentences, and what is wrongly joined.

``python -m bench twins``. Sentences of the CC-BY trials that no fitting saw, and their spins made
here (validation/spins.py); truth is which sentence each spin was made of.
``python -m bench.twins --floors`` writes the floors.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence

from validation.floors import Figure, merge
from validation.spins import spin, ways

from bench.trust import CACHE, STRENGTHS, clean
from probatum.text.sentences import segment
from probatum.trust.twins import alike, candidates, keys

MOST = 40  # articles
Told = tuple[str, str]  # work, sentence


def rows() -> Iterator[str]:
    """Give one line a measure."""
    own = sentences()
    yield from map(str, figures(own))
    yield str(speed(own))


def sentences() -> list[Told]:
    """Give the sentences of the articles that can be recognised, each with its article."""
    return [
        (str(at), part[a:b])
        for at, parts in enumerate(clean("trials")[:MOST])
        for part in parts
        for a, b, _ in segment(part, [(0, len(part))], [])
        if keys(part[a:b])
    ]


def figures(own: Sequence[Told]) -> Iterator[Figure]:
    """Measure each way and strength of spinning; a pair within an article is never proposed."""
    for name, way in ways(None).items():
        for strength in STRENGTHS:
            spun = [
                (f"spin of {work}", spin(t, way, strength=strength, seed=i).text)
                for i, (work, t) in enumerate(own)
            ]
            yield from measure(own, spun, f"{name}, strength {strength}")


def measure(own: Sequence[Told], spun: Sequence[Told], split: str) -> Iterator[Figure]:
    """Join the sentences and their spins, the sentences first; a spin has one right partner."""
    every, n = [*own, *spun], len(own)
    held = [(f"{at:09}", work, keys(text)) for at, (work, text) in enumerate(every)]
    found = [(b, a) for b, a in candidates(held) if alike(every[b][1], every[a][1])]
    right = {b for b, a in found if b - n == a}
    first = {b: a for b, a in reversed(found) if b >= n}  # what a base would name
    apart = sum(b < n for b, _ in found)
    yield Figure(f"twins: recall, {split}", len(right) / n, n, "trials", goal=".95")
    precision = sum(b - n == a for b, a in first.items()) / max(1, len(first))
    yield Figure(f"twins: precision, {split}", precision, len(first), "trials", goal=".95")
    name = f"twins: clean sentences joined across articles, {split}"
    yield Figure(name, apart / n, n, "trials", goal="0", higher_is_better=False)


def speed(own: Sequence[Told]) -> Figure:
    """Time hashing and joining."""
    begin = time.process_time()
    held = [(f"{at:09}", work, keys(text)) for at, (work, text) in enumerate(own)]
    pairs = sum(alike(own[b][1], own[a][1]) is not None for b, a in candidates(held))
    seconds = time.process_time() - begin
    rate = len(own) / seconds
    return Figure("twins: sentences a CPU-second", rate, len(own), f"trials, {pairs} joined")


def floors() -> None:
    """Write what was measured as floors."""
    given = sys.argv[sys.argv.index("--lower") + 1 :][:1] if "--lower" in sys.argv else []
    corpora = {"trials": CACHE / "trials.jsonl"}
    merge({"trials": list(figures(sentences()))}, corpora, lower=" ".join(given))


if __name__ == "__main__":
    if "--floors" in sys.argv:
        floors()
    else:
        for row in rows():
            print(row, flush=True)

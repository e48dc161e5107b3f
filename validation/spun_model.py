"""Set the limits of trust/data/spun_model.toml, by which clean texts are told from spun ones.

Usage: python -m validation.spun_model CLEAN_DIR PASSAGES SHARED_DATA WORDNET_DICT MOBY, as for
validation/replaced_model.py, after it. Each writer is judged by a network that was learnt from
trials and the other writers, so that neither the hand nor the topics are known; abstracts and
trials on which nothing else is measured are judged by the shipped network. Printed for each
group: clean texts beyond the limit, and the share of spun ones.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from validation.bound_terms import broken_terms
from validation.own_passages import own_passages
from validation.replaced_model import (
    HELD,
    LEFT_OUT,
    Row,
    clean_and_spun,
    cut,
    documents,
    every_way,
    fitted,
    learnt,
    measured,
    own_documents,
)
from validation.spins import Spin, Way
from validation.wording_tables import OUT

from probatum.trust.field import is_on_health
from probatum.trust.replaced import weighed
from probatum.trust.spun import limit_for, log_ratio, spun_model

MODEL = Path("src/probatum/trust/data/spun_model.toml")
FEWEST_WORDS = 60  # shorter texts are never judged
MEASURED = 600  # abstracts that bench/trust.py measures on, the first of its order
SIZES, TRIALS, FIRST = (1, 3, 1, 5), 90, 12  # of trials neither learnt from nor held out
# The share of clean texts that may lie beyond the limit: of a writer on the mean, his passages and
# the like of them set together; of abstracts; of trials; and of paragraphs.
MOST = {"passage": 0.02, "document": 0.02, "abstract": 1 / 400, "trial": 0.01}
ELSEWHERE = 0.75  # other fields' limit lies so much higher at least: less of them was seen
PARAGRAPHS = 0.05
STEP = 0.01


@dataclass(frozen=True, slots=True)
class Judged:
    """A text, its kind and writer; its log ratios, as a document less what moves the limit."""

    kind: str
    writer: str
    health: bool
    spun: bool
    ratio: float
    paragraph: float


def judged(of: tuple[str, str], parts: list[Spin], row: Row, network: np.ndarray) -> list[Judged]:
    """Judge a document of a kind and a writer by a network; nothing of one too short."""
    text = "\n\n".join(part.text for part in parts)
    if len(text.split()) < FEWEST_WORDS:
        return []
    odds = weighed(network, row.columns)
    other = limit_for(row.distinct, row.register, on_health=True)
    ratio = log_ratio(odds, "document") + spun_model()["document"]["limit"] - other
    paragraph = log_ratio(odds, "paragraph")
    spun = any(part.changed for part in parts)
    return [Judged(*of, is_on_health(text), spun, ratio, paragraph)]


def of_writers(passages: Path, articles: Sequence[Row], every: list[Way]) -> Iterator[Judged]:
    """Judge each writer's passages, and documents made of them, by a network of the others."""
    texts = {name: [text for _, text in found] for name, found in own_passages(passages).items()}
    made = {name: list(own_documents(given, every)) for name, given in texts.items()}
    rows = {name: [measured(parts) for parts in found] for name, found in made.items()}
    shipped = np.load(OUT / "network.npy")
    for name, given in texts.items():
        learnt_from = sorted(rows.keys() - LEFT_OUT - {name})
        others = [row for other in learnt_from for row in rows[other]]
        network = shipped if name in LEFT_OUT else learnt([*articles, *others])
        for parts, row in zip(made[name], rows[name], strict=True):
            yield from judged(("document", name), parts, row, network)
        for text in given:
            alone = [Spin(text, ())]
            yield from judged(("passage", name), alone, measured(alone), network)


def of_papers(folder: Path, every: list[Way]) -> Iterator[Judged]:
    """Judge abstracts that nothing is measured on, and trials, clean and spun, by what ships."""
    network = np.load(OUT / "network.npy")
    abstracts = read(folder / "abstracts.jsonl")
    Random(5).shuffle(abstracts)  # noqa: S311 (the order of bench/trust.py)
    for paragraphs in abstracts[MEASURED:]:
        parts = [Spin(text, ()) for text in paragraphs]
        yield from judged(("abstract", ""), parts, measured(parts), network)
    trials = enumerate(read(folder / "trials.jsonl"))
    left = [paragraphs for at, paragraphs in trials if at % HELD and not fitted(at)]
    pieces = (piece for paragraphs in left[:TRIALS] for piece in cut(paragraphs[:FIRST], SIZES))
    for made, piece in enumerate(pieces):
        for parts in clean_and_spun(piece, every, made):
            yield from judged(("trial", ""), parts, measured(parts), network)


def read(path: Path) -> list[list[str]]:
    """Read the paragraphs of each text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["paragraphs"] for line in lines]


def limit(clean: Sequence[Judged]) -> float:
    """Give the least limit beyond which no kind has more clean texts than it may have."""
    highest = max(text.ratio for text in clean)
    steps = np.arange(-2.0, highest + STEP, STEP)
    return next(float(at) for at in steps if all(beyond(clean, k, at) <= MOST[k] for k in MOST))


def beyond(texts: Iterable[Judged], kind: str, at: float) -> float:
    """Give the share of texts of a kind beyond a limit, as the mean of its writers."""
    given = [text for text in texts if text.kind == kind]
    writers = sorted({text.writer for text in given})
    shares = [np.mean([t.ratio > at for t in given if t.writer == name]) for name in writers]
    return float(np.mean(shares)) if shares else 0.0


def report(texts: Sequence[Judged], limits: dict[bool, float]) -> Iterator[str]:
    """Say for each group what lies beyond the limit."""
    for kind, writer in sorted({(text.kind, text.writer) for text in texts}):
        told = []
        for health, spun in ((True, False), (False, False), (True, True), (False, True)):
            given = [t for t in texts if (t.kind, t.writer) == (kind, writer)]
            given = [t for t in given if (t.health, t.spun) == (health, spun)]
            over = sum(t.ratio > limits[health] for t in given)
            what = f"{'spun' if spun else 'clean'} {'on health' if health else 'elsewhere'}"
            told += [f"{what} {over} of {len(given)}"] if given else []
        yield f"{kind} {writer}: beyond the limit {', '.join(told)}\n"


def write(values: dict[tuple[str, str], float]) -> None:
    """Set values of the shipped file, each by its table and name."""
    text = MODEL.read_text(encoding="utf-8")
    for (table, name), value in values.items():
        pattern = rf"(?ms)(^\[{table}\]$(?:(?!^\[).)*?^{name} = )\S+"
        text, found = re.subn(pattern, rf"\g<1>{round(value, 2)}", text)
        if found != 1:
            raise SystemExit(f"{MODEL} has no {name} of [{table}]")
    MODEL.write_text(text, encoding="utf-8")


def main(folder: Path, passages: Path, *tables: Path) -> None:
    """Judge all texts, set the limits and say what they do."""
    every = every_way(broken_terms(*tables))
    articles = [measured(parts) for parts in documents(folder, every)]
    texts = [*of_writers(passages, articles, every), *of_papers(folder, every)]
    clean = [text for text in texts if not text.spun]
    limits = {on: limit([text for text in clean if text.health is on]) for on in (True, False)}
    limits[False] = max(limits[False], limits[True] + ELSEWHERE)
    one = [text.paragraph for text in clean if text.kind in {"passage", "abstract"}]
    write(
        {
            ("document", "limit"): limits[True],
            ("document", "limit_elsewhere"): limits[False],
            ("paragraph", "limit"): float(np.quantile(one, 1.0 - PARAGRAPHS)),
        }
    )
    sys.stdout.writelines(report(texts, limits))


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:6]))

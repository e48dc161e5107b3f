"""The check of a text: sentences a CPU-second, after the first twenty, for which tables are made.

The sentences are our own, judged ones (validation/labels/check_pairs.toml), as one text; nearly
all of them reach the model that looks for the nearest evidence, so prose is quicker.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from probatum.flow.answering import answer, inputs
from probatum.flow.cards import pack_cards
from probatum.flow.graph import Graph
from probatum.flow.packs import load_pack, shipped_packs
from probatum.verdicts.compare import compare
from probatum.works.link import link

PAIRS = Path(__file__).parent.parent / "validation" / "labels" / "check_pairs.toml"
_FIRST = 20


def rows() -> Iterator[str]:
    """Yield the cost of the first sentences, and the rate of all once tables are made."""
    pack = load_pack(shipped_packs()[0])
    answers = [
        answer(given)
        for given in inputs(pack, Graph(link(pack_cards(pack), []).works, (), ()), ())
    ]
    texts = [pair["text"] for pair in tomllib.loads(PAIRS.read_text(encoding="utf-8"))["pair"]]
    begin = time.process_time()
    compare(" ".join(texts[:_FIRST]), "t", answers, pack)
    first = time.process_time()
    found = compare(" ".join(texts), "t", answers, pack)
    rate = len(found) / (time.process_time() - first)
    yield f"check: the first {_FIRST} sentences {'':<20} {first - begin:9.2f} CPU-s"
    yield f"check: {len(found)} sentences as one text {'':<14} {rate:9.0f} a CPU-second   goal 200"

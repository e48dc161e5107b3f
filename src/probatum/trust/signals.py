"""Signals for a person who judges a study: what its report says on each item, quoted.

Reporting items for every study, the domains of RoB 2 for randomised trials, the items of AMSTAR 2
for systematic reviews. Nothing is judged here: an item without a quotation was looked for in vain.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from probatum.model.document import Document
from probatum.model.study import STUDIES, SYSTEMATIC, TRIALS, Place, Signal, Study
from probatum.text.lexicon import load
from probatum.text.spotting import in_small_letters, spotter
from probatum.trust.design import design
from probatum.trust.sentence import Sentence

_MOST = 3  # quotations an item
_NAMES = {"reporting": "reporting", "rob": "RoB 2", "amstar": "AMSTAR 2"}


@dataclass(frozen=True, slots=True)
class _Item:
    item: str
    asks: str
    look: re.Pattern[str]
    crossover: bool = False


def study(document: Document, sentences: Sequence[Sentence]) -> Study | None:
    """Read the design of the study that a document reports, and what it says on each item.

    None where no design is recognised; no items for designs that no instrument here is for.
    """
    found = design(document)
    if found is None:
        return None
    tables = tuple(_tables(found.design))
    small = document.text.lower()
    signals = [
        _signal(name, item, document, sentences, small) for name in tables for item in _items(name)
    ]
    wanted = found.design == "randomised crossover"
    crossover = {item.item for name in tables for item in _items(name) if item.crossover}
    kept = [s for s in signals if wanted or s.item not in crossover]
    return replace(found, signals=tuple(kept))


def _tables(kind: str) -> Iterator[str]:
    if kind in STUDIES or kind in SYSTEMATIC:
        yield "reporting"
    if kind in TRIALS:
        yield "rob"
    if kind in SYSTEMATIC:
        yield "amstar"


def _signal(
    table: str, item: _Item, document: Document, sentences: Sequence[Sentence], small: str
) -> Signal:
    places = _places(item.look, document, sentences, small)
    return Signal(_NAMES[table], item.item, item.asks, places or _recorded(item.item, document))


def _recorded(item: str, document: Document) -> tuple[Place, ...]:
    """Give what the record itself says on an item of reporting."""
    metadata = document.metadata
    if item == "registration":
        return tuple(Place(name) for name in metadata.identifiers.nct)
    if item == "conflict statement" and metadata.conflict_statement:
        return (Place(metadata.conflict_statement),)
    grants = (" ".join(filter(None, (g.agency, g.number))) for g in metadata.grants)
    return tuple(Place(words) for words in grants if words) if item == "funding" else ()


def _places(
    look: re.Pattern[str], document: Document, sentences: Sequence[Sentence], small: str
) -> tuple[Place, ...]:
    """Give the first sentences in which a pattern is found."""
    if not spotter(look.pattern).may_match(small):
        return ()
    starts = [sentence.start for sentence in sentences]
    found: dict[int, Place] = {}
    same = len(small) == len(document.text)  # a few capitals become two characters
    quick = in_small_letters(look) if same else None
    for match in quick.finditer(small) if quick else look.finditer(document.text):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < sentences[at].end:
            sentence = sentences[at]
            found.setdefault(at, Place(sentence.text, sentence.start, sentence.end))
        if len(found) == _MOST:
            break
    return tuple(found.values())


@cache
def _items(table: str) -> tuple[_Item, ...]:
    rows = load("probatum.trust", "data/signals.toml")[table]
    return tuple(
        _Item(
            row["item"],
            row["asks"],
            re.compile("|".join(row["look"]), re.IGNORECASE),
            row.get("crossover", False),
        )
        for row in rows
    )

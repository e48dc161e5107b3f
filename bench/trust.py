"""What the trust room finds in spins that are made here, and what it cries over in clean text.

``python -m bench trust``. Clean texts and their spins come from the shared data
(``PROBATUM_DATA``, else ../shared/data) and are kept in .cache/trust. Of the CC-BY trials only
those held out from fitting are used; news and abstracts were never fitted on.
``PROBATUM_THESAURUS`` may name a JSON file of another thesaurus (a word and its near words), from
which a further way of spinning is made. ``python -m bench.trust --floors`` writes the floors.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
from validation.clean_texts import main as write_clean_texts
from validation.floors import Figure, merge
from validation.lay_pages import PAGES, lay_pages
from validation.spins import Spin, spin, ways

from probatum.flow.packs import load_pack
from probatum.model.document import Block, Document, DocumentKind, Metadata
from probatum.model.flag import Appraisal
from probatum.model.pack import Pack
from probatum.model.source import SourceRef
from probatum.trust.appraise import appraise
from probatum.trust.notices import listed
from probatum.trust.spun import paragraphs
from probatum.trust.subject import subject

CACHE = Path(".cache/trust")
SETS: dict[str, tuple[DocumentKind, int]] = {
    "news": ("web-page", 400),
    "abstracts": ("record", 600),
    "ketamine": ("article", 60),
    "trials": ("article", 40),
}
STRENGTHS = (0.2, 0.35, 0.5)
GOOD, IDENTITY = "good", "identity"
MOST_SPUN = 20
MOST_PARAGRAPHS = 20
Paragraphs = list[str]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that was changed, with what stood there."""

    start: int
    end: int
    was: str


def rows() -> Iterator[str]:
    """Give one line a measure."""
    pack = load_pack("ketamine")
    texts = {name: clean(name) for name in SETS}
    for name, documents in texts.items():
        yield from (str(figure) for figure in false_flags(name, documents, pack))
    yield from (str(figure) for figure in found_in_spins(texts, pack))
    yield from (str(figure) for figure in found_in_pages(pack))
    yield str(speed(texts["news"], pack))
    yield str(joins())


def floors() -> None:
    """Measure what may be floored (no thesaurus from outside, no times) and write it."""
    pack = load_pack("ketamine")
    texts = {name: clean(name) for name in SETS}
    figures = {name: list(false_flags(name, documents, pack)) for name, documents in texts.items()}
    figures["trials"] += found_in_spins({"trials": texts["trials"], "news": []}, pack)
    figures["pages"] = list(found_in_pages(pack))
    given = sys.argv[sys.argv.index("--lower") + 1 :][:1] if "--lower" in sys.argv else []
    corpora = {name: CACHE / f"{name}.jsonl" for name in SETS} | {"pages": PAGES}
    merge(figures, corpora, lower=" ".join(given))


def clean(name: str) -> list[Paragraphs]:
    """Give the clean texts of a set, a fixed sample; of the trials only those held out."""
    shared = Path(os.environ.get("PROBATUM_DATA", "../shared/data"))
    if not (CACHE / "abstracts.jsonl").exists():
        write_clean_texts(shared, CACHE)
    lines = (CACHE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    if name == "trials":
        lines = lines[::10]
    Random(5).shuffle(lines)  # noqa: S311 (a fixed sample)
    chosen = (json.loads(line)["paragraphs"][:MOST_PARAGRAPHS] for line in lines)
    return list(chosen)[: SETS[name][1]]


def page(parts: Sequence[str], kind: DocumentKind) -> Document:
    """Make a document of paragraphs."""
    blocks, at = [], 0
    for part in parts:
        blocks.append(Block("paragraph", at, at + len(part)))
        at += len(part) + 2
    text = "\n\n".join(parts)
    source = SourceRef("made", "0" * 64, 0, len(text))
    return Document("0" * 16, 0, kind, source, Metadata(), text, tuple(blocks))


def words_in(texts: Sequence[Paragraphs]) -> int:
    """Count words."""
    return sum(len(part.split()) for parts in texts for part in parts)


def false_flags(name: str, texts: Sequence[Paragraphs], pack: Pack) -> Iterator[Figure]:
    """Count flags on clean text by kind, for 1,000 words, and documents judged spun."""
    found = [appraise(page(parts, SETS[name][0]), pack, ()) for parts in texts]
    counts = Counter(f.kind for a in found for f in a.flags if f.dimension not in {GOOD, IDENTITY})
    words = words_in(texts)
    spun = sum(a.profile.spun for a in found)
    yield Figure(
        f"trust: clean {name} judged spun", spun / len(texts), len(texts), name,
        goal="0", higher_is_better=False,
    )  # fmt: skip
    left_out = {"orphan_citation", "glued_reference"} if SETS[name][0] != "web-page" else set()
    for kind, count in counts.most_common():
        if kind not in left_out | {"machine_spun"}:
            rate = 1000 * count / words
            title = f"trust: {kind} on clean {name}, a 1,000 words"
            yield Figure(title, rate, words, name, goal="at most .3", higher_is_better=False)


def found_in_spins(texts: dict[str, list[Paragraphs]], pack: Pack) -> Iterator[Figure]:
    """Measure documents, paragraphs and spans on spins of each way and strength."""
    other = os.environ.get("PROBATUM_THESAURUS") if texts["news"] else None
    for name_of_way, way in ways(Path(other) if other else None).items():
        for strength, name in product(STRENGTHS, ("trials", "news")):
            chosen = texts[name][:MOST_SPUN]
            made = [
                [spin(part, way, strength=strength, seed=i) for i, part in enumerate(parts)]
                for parts in chosen
            ]
            if made:
                split = f"{name}, {name_of_way}, strength {strength}"
                yield from measure(chosen, made, (pack, SETS[name][0]), split)


def found_in_pages(pack: Pack) -> Iterator[Figure]:
    """Measure on our own invented pages, and how many of them are judged spun when clean."""
    pages = lay_pages()
    clean_texts, made = [[text] for _, text in pages], [[spun] for spun, _ in pages]
    split = "our own pages, not trained on"
    for figure in measure(clean_texts, made, (pack, "web-page"), split):
        if "genuine" not in figure.name:  # whole phrases stand there, of which words are proposed
            yield figure
    wrong = sum(appraise(page(t, "web-page"), pack, ()).profile.spun for t in clean_texts)
    title = "trust: our own clean pages judged spun"
    yield Figure(title, wrong / len(pages), len(pages), split, goal="0", higher_is_better=False)


def measure(
    clean_texts: Sequence[Paragraphs],
    made: Sequence[Sequence[Spin]],
    given: tuple[Pack, DocumentKind],
    split: str,
) -> Iterator[Figure]:
    """Appraise spins; paragraphs are ranked against those of the clean texts."""
    spun_odds, clean_odds = [], []
    tally = Counter[str]()
    pack, kind = given
    for before, after in zip(clean_texts, made, strict=True):
        document = page([s.text for s in after], kind)
        appraisal = appraise(document, pack, ())
        spun_odds += odds(document, pack)
        clean_odds += odds(page(before, kind), pack)
        if appraisal.profile.spun:
            tally["spun"] += 1
            tally += match_spans(appraisal, spans(after))
    shares = (
        ("documents judged spun", tally["spun"], len(made), ""),
        ("spans found in these", tally["hit"], tally["expected"], "at least .70"),
        ("flagged spans that were changed", tally["right"], tally["predicted"], "at least .85"),
        ("genuine word among the proposed", tally["proposed"], tally["right"], "at least .60"),
    )
    area = auc(spun_odds, clean_odds)
    yield Figure(f"trust: paragraph AUC, {split}", area, len(spun_odds), split, goal=".95")
    for name, part, whole, goal in shares:
        if whole:
            yield Figure(f"trust: {name}, {split}", part / whole, whole, split, goal=goal)


def spans(made: Sequence[Spin]) -> list[Span]:
    """Give the changed places of a document; neighbours count as one."""
    found: list[Span] = []
    at = 0
    for part in made:
        for a, b, was in part.changed:
            start, end = at + a, at + b
            if found and start - found[-1].end == 1:
                found[-1] = Span(found[-1].start, end, f"{found[-1].was} {was}")
            else:
                found.append(Span(start, end, was))
        at += len(part.text) + 2
    return found


def match_spans(appraisal: Appraisal, expected: Sequence[Span]) -> Counter[str]:
    """Match flagged and changed spans: they overlap by half of the shorter."""
    flags = [
        (f.start, f.end, f.suggestion)
        for f in appraisal.flags
        if f.kind in {"spun_wording", "tortured_phrase"} and f.start is not None and f.end
    ]
    tally = Counter(expected=len(expected), predicted=len(flags))
    hit: set[int] = set()
    for a, b, suggestion in flags:
        over = [
            e for e in expected
            if 2 * (min(b, e.end) - max(a, e.start)) >= min(b - a, e.end - e.start)
        ]  # fmt: skip
        if over:
            tally["right"] += 1
            hit.update(e.start for e in over)
            tally["proposed"] += any(e.was.lower() in s.lower() for e in over for s in suggestion)
    tally["hit"] = len(hit)
    return tally


def odds(document: Document, pack: Pack) -> list[float]:
    """Give the log odds of each paragraph."""
    given = subject(document, pack, ())
    return [value for _, value in paragraphs(given.wording, given.sentences)]


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Give the area under the ROC curve, ties counted half."""
    low = np.sort(np.array(negative))
    high = np.array(positive)
    below = np.searchsorted(low, high, side="left")
    upto = np.searchsorted(low, high, side="right")
    return float((below + upto).sum() / 2 / max(1, len(low) * len(high)))


def speed(texts: Sequence[Paragraphs], pack: Pack) -> Figure:
    """Time pages of some 500 words."""
    pages = [page(parts, "web-page") for parts in texts[:100]]
    begin = time.process_time()
    for document in pages:
        appraise(document, pack, ())
    seconds = time.process_time() - begin
    rate = words_in(texts[:100]) / 500 / seconds
    return Figure("trust: pages of 500 words a CPU-second", rate, 100, "news", goal="50")


def joins() -> Figure:
    """Time looking DOIs up in the table of notices, the first included, which opens it."""
    names = [f"10.5555/invented-{at}" for at in range(10_000)]
    begin = time.process_time()
    for name in names:
        listed(name)
    spent = (time.process_time() - begin) / len(names) * 1000
    return Figure("trust: look-up of a notice, ms", spent, len(names), "invented", goal="1")


if __name__ == "__main__":
    if "--floors" in sys.argv:
        floors()
    else:
        for row in rows():
            print(row, flush=True)

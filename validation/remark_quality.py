"""Hold rules and model together against marked passages: ``python -m validation.remark_quality``.

Names of writers may follow; without one those who came when the model stood. A flag is right, and
a mark found, where both have one kind and overlap by half of the shorter; words put for others and
broken terms are one family. Register and topic are the title of the page. Every kind that is
marked or flagged as a span has a line.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from validation.marked_passages import LATER, Mark, Passage, marked_passages

from probatum.documents.read import collect
from probatum.flow.packs import load_pack
from probatum.model.pack import Pack
from probatum.trust.appraise import appraise

FAMILY = {"tortured_phrase": "spun_wording"}


def main(writers: Sequence[str]) -> None:
    """Print a table for each writer."""
    pack = load_pack("ketamine")
    for writer in writers or LATER:
        tally = Counter[tuple[str, str]]()
        for passage in marked_passages(writer):
            tally += counted(passage, pack)
        print(f"{writer:28} marked  found raised  right")
        for kind in sorted({kind for _, kind in tally}):
            print(line(kind, tally))
        print(line("all", tally))


def counted(passage: Passage, pack: Pack) -> Counter[tuple[str, str]]:
    """Count a passage's marks and flags by kind: marked, found, raised, right."""
    marks: list[Mark] = []
    at = 0
    for text, of in zip(passage.sentences, passage.marks, strict=True):
        marks += [(kind, at + start, at + end) for kind, start, end in of]
        at += len(text) + 1
    body = " ".join(passage.sentences)
    document = collect(
        f"{passage.register} | {passage.topic}\n\n{body}".encode(), "page.txt"
    ).documents[0]
    offset = document.text.index(body[:30])
    flags = [
        (FAMILY.get(f.kind, f.kind), f.start - offset, f.end - offset)
        for f in appraise(document, pack).flags
        if f.start is not None and f.end is not None
    ]
    tally = Counter[tuple[str, str]]()
    for mark in marks:
        tally["marked", mark[0]] += 1
        tally["found", mark[0]] += any(alike(mark, flag) for flag in flags)
    for flag in flags:
        tally["raised", flag[0]] += 1
        tally["right", flag[0]] += any(alike(mark, flag) for mark in marks)
    return tally


def alike(one: Mark, other: Mark) -> bool:
    """Whether two are of one kind and overlap by half of the shorter."""
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and 2 * shared >= min(one[2] - one[1], other[2] - other[1])


def line(kind: str, tally: Counter[tuple[str, str]]) -> str:
    """Write the counts of a kind, or of all."""
    counts = [
        sum(n for (what, of), n in tally.items() if what == column and kind in {of, "all"})
        for column in ("marked", "found", "raised", "right")
    ]
    return f"{kind:28} " + " ".join(f"{count:6}" for count in counts)


if __name__ == "__main__":
    main(sys.argv[1:])

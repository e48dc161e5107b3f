"""Hold rules and model against sentences alone: ``python -m validation.sentence_quality``.

Names of sets may follow; without one those that nothing was learnt from. A sentence is told on a
page by itself, under the therapy's name; it counts as flagged where a flag of its kind reaches
into it. Each line gives a kind's sentences, those found, all flagged, and those flagged although
their label is none that tells of a fault (a danger that is also a claim may bear both flags).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from validation.marked_passages import KINDS, SINGLE_LATER, Passage, single_sentences

from probatum.documents.read import collect
from probatum.flow.packs import load_pack
from probatum.model.pack import Pack
from probatum.trust.appraise import appraise

FAULTS = "DSO"
Tally = Counter[tuple[str, str]]


def main(names: Sequence[str]) -> None:
    """Print a table for each set."""
    pack = load_pack("ketamine")
    for name in names or SINGLE_LATER:
        tally: Tally = Counter()
        for passage in single_sentences(name):
            tally += counted(passage, pack)
        print(f"{name:24} marked  found flagged  on no fault")
        for label in FAULTS:
            print(line(label, tally))


def counted(passage: Passage, pack: Pack) -> Tally:
    """Count one sentence: its label, and (kind, label) of each kind that it is flagged for."""
    kind = next((k for marks in passage.marks for k, _, _ in marks), "")
    label = next(key for key, value in KINDS.items() if value == kind)
    body = " ".join(passage.sentences)
    document = collect(f"page | {pack.name}\n\n{body}".encode(), "page.txt").documents[0]
    starts = document.text.index(passage.sentences[-1][:40])
    flags = appraise(document, pack).flags
    found = {flag.kind for flag in flags if flag.end is not None and flag.end > starts}
    tally: Tally = Counter({("label", label): 1})
    tally.update((fault, label) for fault in FAULTS if KINDS[fault] in found)
    return tally


def line(label: str, tally: Tally) -> str:
    """Write the counts of a kind."""
    flagged = {of: n for (kind, of), n in tally.items() if kind == label}
    wrong = sum(n for of, n in flagged.items() if of not in FAULTS)
    counts = (tally["label", label], flagged.get(label, 0), sum(flagged.values()))
    return f"{KINDS[label]:24} " + " ".join(f"{n:6}" for n in counts) + f" {wrong:12}"


if __name__ == "__main__":
    main(sys.argv[1:])

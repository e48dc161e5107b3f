"""Hold the designs read from words against the publication types that indexers gave.

Usage: python validation/design_quality.py SHARED_DATA. Truth is the type of a record (PubMed's
for most); only title and abstract are read. A type "Review" of what names itself a systematic
review counts as right. Prints one line a design with what was read instead, then all together.
"""

from __future__ import annotations

import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from probatum.flow.loose import read_files
from probatum.model.document import Block, Document
from probatum.model.study import OBSERVATIONAL, SYSTEMATIC, TRIALS
from probatum.trust.design import design, read_design

_SHORTEST = 200  # characters of an abstract


def main(shared: Path) -> None:
    """Print the confusion."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in _records(shared):
        truth, read = _truth(document), read_design(_shortened(document))
        if truth:
            counts[truth, _group(read.design) if read else "none"] += 1
    for truth in sorted({one for one, _ in counts}):
        row = Counter({found: n for (one, found), n in counts.items() if one == truth})
        sys.stdout.write(f"{truth:22} n={row.total():<5} {row.most_common()}\n")
    answered = sum(n for (_, found), n in counts.items() if found != "none")
    right = sum(n for (one, found), n in counts.items() if found == one or _finer(one, found))
    n = counts.total()
    sys.stdout.write(f"answered {answered} of {n}; right {right} = {right / answered:.3f}\n")


def _records(shared: Path) -> Iterator[Document]:
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(shared / "records/bibliographic_exports.tar.gz") as archive:
            archive.extractall(folder, filter="data")
        for path in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
            if "nasty" in path.parts:
                continue
            for reading in read_files([path]):
                for document in reading.documents:
                    key = (document.metadata.title or "").lower()[:80]
                    if key and key not in seen:
                        seen.add(key)
                        yield document


def _truth(document: Document) -> str | None:
    """Give the group of the record's type; None without one, or without an abstract."""
    if sum(len(part.text) for part in document.metadata.abstract) < _SHORTEST:
        return None
    bare = replace(document, kind="record", text="", blocks=())
    typed = design(bare)
    return _group(typed.design) if typed else None


def _shortened(document: Document) -> Document:
    """Keep title and abstract only, whatever the reader made of the rest."""
    title = document.metadata.title or ""
    body = " ".join(part.text for part in document.metadata.abstract)
    text = f"{title}\n\n{body}"
    blocks = (
        Block("title", 0, len(title)),
        Block("paragraph", len(title) + 2, len(text), (), "abstract"),
    )
    return replace(document, kind="record", text=text, blocks=blocks)


def _group(kind: str) -> str:
    groups = (("trial", TRIALS), ("systematic", SYSTEMATIC), ("case report", ("case report",)))
    named = next((name for name, kinds in groups if kind in kinds), None)
    return named or ("observational" if kind in OBSERVATIONAL else kind)


def _finer(truth: str, found: str) -> bool:
    return truth == "review" and found == "systematic"


if __name__ == "__main__":
    main(Path(sys.argv[1]))

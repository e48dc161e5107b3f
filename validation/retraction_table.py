"""Make trust/data/notices.npy: which DOIs are listed with a notice, and the gravest of each.

Usage: python validation/retraction_table.py SHARED_DATA. From Crossref Retraction Watch as of 2025
(credited in NOTICE). Combined natures: retraction before concern before correction; a
reinstatement takes the retraction back and leaves the rest. An entry of the sorted array is 62
bits of the DOI's hash and 2 bits of nature.
"""

from __future__ import annotations

import csv
import io
import sys
import tarfile
from collections import Counter
from pathlib import Path

import numpy as np

from probatum.text.identifiers import normal_doi
from probatum.trust.notices import NATURES, gravest, key_of

OUT = Path(__file__).parent.parent / "src/probatum/trust/data/notices.npy"


def main(shared: Path) -> None:
    """Write the table and print what it holds."""
    with tarfile.open(shared / "trust/retraction_notices.tar.gz") as archive:
        name = next(n for n in archive.getnames() if n.endswith(".csv"))
        file = archive.extractfile(name)
        rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8"))) if file else []
    grades: dict[str, int] = {}
    for row in rows:
        doi = normal_doi(row["doi"])
        if doi and (grade := gravest([row["retractionwatch"]])):
            grades[doi] = max(grade, grades.get(doi, 0))
    entries = sorted(key_of(doi) | grade for doi, grade in grades.items())
    if len({entry >> 2 for entry in entries}) != len(entries):
        raise SystemExit("two DOIs share a hash")
    np.save(OUT, np.array(entries, dtype=np.uint64))
    counts = Counter(NATURES[grade] for grade in grades.values())
    sys.stdout.write(f"{len(rows)} rows, {len(entries)} entries: {dict(sorted(counts.items()))}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

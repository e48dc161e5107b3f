"""What is read out of the full texts that mention the therapy, and whether all of it is traced."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from validation.floors import Figure

from probatum.claims.extract import extract
from probatum.claims.grouping import grouped
from probatum.documents.read import collect
from probatum.flow.packs import load_pack
from probatum.model.claim import Claim, Extraction, Result, Statement


def figures(folder: Path) -> list[Figure]:
    """Count statements, claims and results, and the share whose span re-finds its quote."""
    vocabulary = load_pack("ketamine").vocabulary
    counts: Counter[str] = Counter()
    claims: list[Claim] = []
    for path in sorted(folder.rglob("PMC*.*xml")):
        for document in collect(path.read_bytes(), path.name).documents:
            found = extract(document, vocabulary)
            claims += found.claims
            counts.update(_counted(found, document.text))
    split, rows = "full texts", sum(counts[kind] for kind in _KINDS)
    # Counts are printed, not kept as floors: fewer may be better.
    told = ", ".join(f"{counts[kind]} {kind}" for kind in _KINDS)
    print(f"  {counts['documents']} full texts: {told}, {len(grouped(claims))} groups of claims")
    return [
        Figure("full texts traced to their characters", counts["traced"] / rows, rows, split,
               goal="1"),
    ]  # fmt: skip


_KINDS = ("statements", "claims", "results")


def _counted(found: Extraction, text: str) -> Counter[str]:
    every: tuple[Statement | Claim | Result, ...]
    every = (*found.statements, *found.claims, *found.results)
    traced = sum(text[one.start : one.end] == one.quote and one.start < one.end for one in every)
    made = {kind: len(getattr(found, kind)) for kind in _KINDS}
    return Counter(made | {"documents": 1, "traced": traced})

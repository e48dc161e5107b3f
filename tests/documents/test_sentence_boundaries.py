"""Sentence boundaries on labelled paragraphs of real trials, citations masked."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from bench.citations import articles
from probatum.documents.read import collect
from probatum.text.sentences import sentences

CASES = Path(__file__).resolve().parent.parent / "cases" / "documents"
FLOOR = 0.985


def paragraph(data: bytes, digest: str) -> set[int] | None:
    """Ends that we give to the paragraph with this digest."""
    document = collect(data, "a.xml").documents[0]
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if hashlib.sha256(text.encode()).hexdigest()[:16] == digest:
            inside = [c for c in document.citations if block.start <= c.start < block.end]
            protected = [(c.start - block.start, c.end - block.start) for c in inside]
            return {end for _, end in sentences(text, protected)}
    return None


def test_sentence_boundaries_of_real_paragraphs(shared_data: Path) -> None:
    """F1 over the ends within paragraphs; the last end of each is not counted."""
    labelled = json.loads((CASES / "sentence_boundaries.json").read_text())["paragraphs"]
    wanted = {case["article"]: case for case in labelled}
    hit = found = true = seen = 0
    for name, data in articles(10):
        case = wanted.get(name.rpartition("__")[2].removesuffix(".nxml"))
        ends = paragraph(data, case["digest"]) if case else None
        if case is None or ends is None:
            continue
        seen += 1
        expected = set(case["ends"][:-1])
        ends -= {case["ends"][-1]}
        hit, found, true = hit + len(ends & expected), found + len(ends), true + len(expected)
    assert seen == len(labelled)
    assert true > 400
    assert 2 * hit / (found + true) >= FLOOR

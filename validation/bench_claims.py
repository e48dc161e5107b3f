"""Measure what is read out of documents: ``make bench-claims``; writes validation/floors.json."""

from __future__ import annotations

import argparse
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from validation import (
    evidence_inference,
    flow_faults,
    frame_cases,
    frame_quality,
    ketamine_texts,
    lookup_blind,
    lookup_quality,
    number_quality,
    people_quality,
    reported_tests,
    role_quality,
    row_quality,
    stance_quality,
)
from validation.floors import Figure, merge

Measure = Callable[[Path], list[Figure]]
# Corpus, the file in its archive where it is one, and what measures on it.
_MEASURES: tuple[tuple[str, str, Measure], ...] = (
    ("claims/citation_stance_gold.jsonl", "", stance_quality.figures),
    ("claims/clinical_citation_stance.tar.gz", "clinical_citation_stance/train.txt",
     stance_quality.clinical),
    ("claims/sentence_roles.json.gz", "", role_quality.figures),
    ("claims/evidence_inference.tar.gz", "evidence_inference", evidence_inference.figures),
    ("claims/rct_numbers.tar.gz", "rct_numbers", number_quality.figures),
    ("claims/rct_numbers.tar.gz", "rct_numbers", lookup_quality.figures),
    ("documents/jats_trials.tar.gz", "", lookup_blind.figures),
    ("documents/jats_trials.tar.gz", "", flow_faults.figures),
    ("documents/jats_ketamine.tar.gz", "_ketamine_subset", frame_quality.figures),
    ("documents/jats_ketamine.tar.gz", ".", ketamine_texts.figures),
    (str(frame_cases.CASES.resolve()), "", frame_cases.figures),
    (str(frame_cases.THIRD.resolve()), "", frame_cases.figures),
    (str(people_quality.CASES.resolve()), "", people_quality.figures),
    ("trust/statcheck_testdata.tar.gz", ".", reported_tests.figures),
    ("ketamine/trials.csv", "", row_quality.figures),
    ("ketamine/trials_more.csv", "", row_quality.later),
)  # fmt: skip


def main() -> None:
    """Print every figure and keep it as a floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of shared data")
    parser.add_argument("--lower", default="", help="why a floor may fall")
    parser.add_argument("--only", default="", help="corpora whose name holds this")
    options = parser.parse_args()
    found: dict[str, list[Figure]] = {}
    corpora = {name: options.data / name for name, _, _ in _MEASURES}
    for name, inner, measure in _MEASURES:
        if options.only in name:
            figures = _measured(corpora[name], inner, measure)
            found[name] = found.get(name, []) + figures
            print(*figures, sep="\n", flush=True)
    merge(found, corpora, lower=options.lower)


def _measured(corpus: Path, inner: str, measure: Measure) -> list[Figure]:
    if not inner:
        return measure(corpus)
    with tempfile.TemporaryDirectory() as folder, tarfile.open(corpus) as archive:
        archive.extractall(folder, filter="data")
        return measure(Path(folder) / inner)


if __name__ == "__main__":
    main()

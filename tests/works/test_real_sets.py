"""The articles in four formats, and two labelled sets of duplicates, read and linked."""

from __future__ import annotations

import csv
import io
import tarfile
from itertools import combinations
from pathlib import Path

import pytest

from probatum.documents.read import collect
from probatum.model.work import Card
from probatum.works.link import link


def cards(data: bytes, name: str) -> list[Card]:
    return [
        Card(d.id, d.kind, d.metadata, d.source.name, d.source.record)
        for d in collect(data, name).documents
    ]


def test_the_articles_of_four_formats_are_27_works(shared_data: Path):
    folder = shared_data / "ketamine" / "records"
    names = [f"primary_trials.{suffix}" for suffix in ("json", "ris", "nbib", "bib")]
    found = [card for name in names for card in cards((folder / name).read_bytes(), name)]
    linking = link(found)
    assert (len(found), len(linking.works)) == (108, 27)
    for work in linking.works:
        assert len(work.documents) == 4
        assert work.identifiers.pmid
        assert work.identifiers.pmcid
        assert not work.conflicts
    assert sum(work.identifiers.doi is None for work in linking.works) == 4
    assert {pair.verdict for pair in linking.duplicates} == {"same"}


# Quick ones of the six; bench/link.py measures all. (found / labelled, works lost at most)
@pytest.mark.parametrize(
    ("name", "sensitivity", "lost"), [("cytology_screening", 0.998, 0), ("respiratory", 0.991, 1)]
)
def test_duplicates_of_a_labelled_set_are_found(shared_data: Path, name, sensitivity, lost):
    with tarfile.open(shared_data / "dedupe" / "labelled_sets.tar.gz") as archive:
        data = {
            Path(member.name).name: archive.extractfile(member).read()
            for member in archive
            if member.isfile() and Path(member.name).parent.name == name
        }
    found = cards(data["records_pre_merged.csv"], f"{name}.csv")
    linking = link(found)
    record = {card.document: card.record for card in found}
    work = {record[d]: w.id for w in linking.works for d in w.documents}
    rows = list(csv.reader(io.StringIO(data["merged_record_ids.csv"].decode())))[1:]
    clusters = [row[0].split(";") for row in rows]
    pairs = [pair for cluster in clusters for pair in combinations(cluster, 2)]
    assert sum(work[a] == work[b] for a, b in pairs) / len(pairs) >= sensitivity
    true = {one: at for at, cluster in enumerate(clusters) for one in cluster}
    groups = [{true.get(record[d], record[d]) for d in w.documents} for w in linking.works]
    assert sum(len(group) - 1 for group in groups) <= lost
    review = sum(pair.verdict == "review" for pair in linking.duplicates)
    assert review <= 0.01 * len(found)

"""Real exports of databases and reference managers: none fails, every byte is accounted for."""

from __future__ import annotations

import tarfile
from collections import Counter
from pathlib import Path

import pytest

from probatum.documents.read import account, read
from probatum.documents.table import detect_format
from probatum.documents.tiling import tiling_fault
from probatum.model.source import Source

# Larger files repeat what smaller ones show; all of them are read by bench/records.py.
LARGEST = 60_000
EXPECTED = {"ris": "ris", "nbib": "nbib", "bibtex": "bibtex", "csv_xlsx": "delimited"}
# Files whose content is something else than their folder says: EndNote, Web of Science, XML, and
# files without a record.
OTHER = {"enl_data.enl", "example_wos.ris", "empty.bib", "citesource_benchmark_export.csv"}


@pytest.fixture(scope="module")
def exports(shared_data: Path) -> list[tuple[str, bytes]]:
    path = shared_data / "records" / "bibliographic_exports.tar.gz"
    found = []
    with tarfile.open(path) as archive:
        for member in archive:
            handle = archive.extractfile(member) if member.isfile() else None
            if handle is not None and member.size <= LARGEST:
                found.append((member.name, handle.read()))
    return sorted(found)


def test_every_export_is_read_and_accounted_for(exports):
    assert len(exports) > 800
    for name, data in exports:
        chunks = list(read(data, name))
        assert tiling_fault(chunks, len(data)) is None, name
        source = Source(name, "", len(data))
        found = account(data, source, None, chunks)
        assert found.parsed + found.ignored + found.rejected == found.bytes, name


def test_formats_are_told_by_content(exports):
    told: Counter[tuple[str, str | None]] = Counter()
    for name, data in exports:
        folder = name.removeprefix("./").split("/")[0]
        if folder in EXPECTED and not name.endswith(tuple(OTHER)):
            told[folder, detect_format(data, "no-name")] += 1
    for folder, form in EXPECTED.items():
        total = sum(count for (where, _), count in told.items() if where == folder)
        assert told[folder, form] / total > 0.97, (folder, told)

"""Reading beside its peers, each in a process of its own: CPU time and peak memory as ratios.

``python -m bench read`` makes large files of the real ones of the shared data (``PROBATUM_DATA``,
else ../shared/data) in a temporary folder and reads them with us and with the peer of the format
(extra ``[bench]``: pubmed_parser, rispy, nbib; bibtexparser; the standard csv; plain lxml, which
only parses JATS). We make documents, with names divided, dates, identifiers and places; rispy and
nbib give tags with their values as text, so that is timed too, and csv gives cells. The real nbib
are few: 85 records come again and again.
CPU time is user and system time of the process without the start of Python and its imports; peak
memory is what no file backs (RssAnon, looked at twenty times a second): pages of a mapped file may
be dropped by the system at any time.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE, run

_RECORD = re.compile(rb"<PubmedArticle[ >].*?</PubmedArticle>", re.DOTALL)
_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n'
_PEERS = ("pubmed_parser", "rispy", "nbib")
_PUBMED_MB = (120, 480)
_OTHER_MB = {"ris": 20, "nbib": 5}
# What is timed, the folder of the real files, how large their largest is made (MB; 0: as it is).
_TABLES = (("CSV", "csv_xlsx", 8), ("Scopus CSV", "scopus_csv", 8), ("BibTeX", "bibtex", 0))


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading a file took: records found, CPU seconds, peak memory in MB."""

    records: int
    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Ours and a peer's cost of one file; ratios above 1 mean that we are better."""

    what: str
    ours: Cost
    peer: str
    theirs: Cost

    def __str__(self) -> str:
        """Give the row of the table."""
        return (
            f"{self.what:<22} {self.ours.records:>8,} records {self.ours.seconds:7.1f} CPU-s"
            f" {self.ours.memory:6.0f} MB   {self.peer:<14} {self.theirs.records:>8,} records"
            f" {self.theirs.seconds:7.1f} CPU-s {self.theirs.memory:6.0f} MB"
            f"   speed x{self.theirs.seconds / self.ours.seconds:.2f}"
            f" memory x{self.ours.memory / self.theirs.memory:.2f}"
        )


def _shared() -> Path:
    root = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    return Path(os.environ.get("PROBATUM_DATA") or root)


def real_files(folder: str) -> Iterator[bytes]:
    """Yield the real exports of one folder of the archive."""
    with tarfile.open(_shared() / "records" / "bibliographic_exports.tar.gz") as archive:
        for member in archive:
            handle = archive.extractfile(member) if member.isfile() else None
            if handle and member.name.removeprefix("./").startswith(folder + "/"):
                yield handle.read()


def pubmed_file(path: Path, megabytes: int) -> None:
    """Write the well-formed real records again and again until the size is reached."""
    from lxml import etree  # noqa: PLC0415 - not for those who only ask for help

    records = []
    for data in real_files("pubmed_xml"):
        for found in _RECORD.findall(data):
            try:
                etree.fromstring(found)
            except etree.XMLSyntaxError:
                continue
            records.append(found.decode("utf-8", "replace").encode())
    with path.open("wb") as file:
        file.write(_HEAD)
        _repeat(file, records, megabytes)
        file.write(b"</PubmedArticleSet>\n")


def _repeat(file: object, records: list[bytes], megabytes: int) -> None:
    size = 0
    while size < megabytes * 1_000_000:
        for record in records:
            size += file.write(record + b"\n")  # type: ignore[attr-defined]
            if size >= megabytes * 1_000_000:
                return


def tagged_file(path: Path, folder: str, begin: bytes, megabytes: int) -> None:
    """Write the real files that begin as the format asks, in UTF-8, until the size is reached."""
    texts = []
    for data in real_files(folder):
        lean = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").lstrip()
        try:
            lean.decode()
        except UnicodeDecodeError:
            continue
        if lean.startswith(begin) and lean.count(b"\nER  -") == lean.count(b"TY  - "):
            texts.append(lean + b"\n")
    with path.open("wb") as file:
        _repeat(file, texts, megabytes)


def table_file(path: Path, folder: str, megabytes: int) -> None:
    """Write the largest real file of a folder in UTF-8, its rows repeated below its head."""
    texts = [data for data in real_files(folder) if _is_utf8(data) and b"\0" not in data]
    head, _, rows = max(texts, key=len).partition(b"\n")
    rows = rows.rstrip(b"\r\n") + b"\n"
    path.write_bytes(head + b"\n" + rows * max(1, round(megabytes * 1_000_000 / len(rows))))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _stored(path: Path) -> Path:
    """Wrap a file in gzip without packing it: pubmed_parser opens nothing else."""
    packed = path.with_name(path.name + ".gz")
    with path.open("rb") as plain, gzip.open(packed, "wb", compresslevel=0) as file:
        shutil.copyfileobj(plain, file, 1 << 20)
    return packed


def measure(reader: str, path: Path) -> Cost:
    """Run one reader on one file in a process of its own."""
    done = run(
        [sys.executable, "-m", "bench.read_one", reader, str(path)], stdout=PIPE, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return Cost(found["records"], found["seconds"], found["memory"])


def compared(what: str, path: Path, ours: str, peer: str) -> Compared:
    """Read a file with both."""
    return Compared(what, measure(ours, path), peer, measure(peer, path))


def rows() -> Iterator[Compared | str]:
    """Yield a row a file; the load of the machine first, since all of it is CPU time."""
    yield f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    missing = [name for name in _PEERS if find_spec(name) is None]
    if missing:
        yield f"not installed: {', '.join(missing)}; install the extra 'bench' to compare"
    else:
        yield from _with_peers()
    yield from _tables()
    trials = _shared() / "documents" / "jats_trials.tar.gz"
    found = compared("JATS, 1,326 trials", trials, "probatum-jats", "lxml-jats")
    yield found
    yield f"JATS: {found.ours.records / found.ours.seconds:.0f} articles per CPU-second"
    said = measure("statements", trials)
    yield f"statements: {said.records / said.seconds:.0f} articles already read per CPU-second"
    bare = measure("statements-unjudged", trials)
    yield f"statements without stance: {bare.records / bare.seconds:.0f} articles per CPU-second"
    stance = measure("stance", trials)
    yield f"stance alone: {stance.records / stance.seconds:,.0f} statements per CPU-second"
    both = (found.ours.seconds + said.seconds) / found.ours.records
    yield f"both: {1 / both:.0f} articles per CPU-second"


def _tables() -> Iterator[Compared]:
    with tempfile.TemporaryDirectory() as folder:
        for what, kept, megabytes in _TABLES:
            bibtex = kept == "bibtex"
            path = Path(folder) / f"{kept}.{'bib' if bibtex else 'csv'}"
            table_file(path, kept, megabytes)
            size = f"{what} {path.stat().st_size / 1e6:.1f} MB"
            yield compared(size, path, "probatum", "bibtexparser" if bibtex else "csv")


def _with_peers() -> Iterator[Compared]:
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in _PUBMED_MB:
            path = Path(folder) / "pubmed.xml"
            pubmed_file(path, megabytes)
            stored = _stored(path)
            ours, theirs = measure("probatum", path), measure("pubmed_parser", stored)
            stored.unlink()
            yield Compared(f"PubMed XML {megabytes} MB", ours, "pubmed_parser", theirs)
        for folder_name, begin, peer in (("ris", b"TY  - ", "rispy"), ("nbib", b"PMID- ", "nbib")):
            path = Path(folder) / f"records.{folder_name}"
            tagged_file(path, folder_name, begin, _OTHER_MB[folder_name])
            size = f"{folder_name} {_OTHER_MB[folder_name]} MB"
            theirs = measure(peer, path)
            yield Compared(size, measure("probatum", path), peer, theirs)
            yield Compared(f"{size}, tags only", measure("probatum-tags", path), peer, theirs)

"""How cost grows with the number of records: read, link, index, each in a process of its own.

``python -m bench scale`` makes 10^3, 10^4 and 10^5 records from the real exports of the shared
data and measures CPU time, peak memory and disk of each stage; ``SCALE=1000000`` adds a size (ten
minutes, 3 GB of disk under ``TMPDIR``). Rows are kept in docs/explanation/scale.csv, from which
bench/scale_figure.py draws the figure of docs/explanation/scale.md.

A record is made from a real one: a third of the words of its title, its authors, volume, pages and
DOI become others by a rule that hangs on the number of the copy alone. So the duplicates that the
exports hold, with all their differences, are duplicates in every copy, and no copy is another's.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from bench.scale_figure import draw
from probatum.documents.read import collect
from probatum.engine.runner import LocalRunner
from probatum.engine.tables import count_rows
from probatum.flow import stages
from probatum.flow.folder import BaseFolder
from probatum.flow.ledger import Ledger, Part
from probatum.flow.linking import link_base
from probatum.flow.manifest import Manifest
from probatum.flow.packs import load_pack
from probatum.flow.packs.place import pack_folder
from probatum.flow.publishing import write_index
from probatum.flow.reporter import Silent
from probatum.flow.run import Run
from probatum.flow.sources import scan
from probatum.model.document import Document, Metadata
from probatum.model.work import Work

SIZES = (1_000, 10_000, 100_000)
A_SOURCE = 10_000  # records
# The other folders hold the same searches once more.
FORMATS = ("ris", "pubmed_xml", "nbib", "wos", "crossref_json", "scopus_csv", "enw")
STAGES = ("read", "link", "index")
ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "explanation" / "scale.csv"


@dataclass(frozen=True, slots=True)
class Row:
    """What one stage took: CPU seconds, peak memory and new bytes on disk in MB, what came out."""

    records: int
    stage: str
    cpu: float
    memory: float
    disk: float
    out: int

    def __str__(self) -> str:
        """Give the row of the table."""
        return (
            f"{self.records:>9,} records  {self.stage:<6} {self.cpu:9.1f} CPU-s"
            f" {self.cpu / self.records * 1e6:8.0f} us/record {self.memory:8.0f} MB memory"
            f" {self.disk:9.1f} MB disk  {self.out:,} out"
        )


def rows() -> Iterator[Row | str]:
    """Measure every size, and keep what was measured."""
    asked = sorted({*SIZES, *map(int, os.environ.get("SCALE", "").split())})
    material = _material()
    found: list[Row] = []
    for size in asked:
        with tempfile.TemporaryDirectory(prefix="probatum-scale-") as folder:
            _write(Path(folder) / "sources", material, size)
            for stage in STAGES:
                found.append(_measure(Path(folder), stage, size))
                yield found[-1]
    _keep(found)
    draw(TABLE, ROOT / "docs" / "images" / "scale.svg")


def _measure(folder: Path, stage: str, size: int) -> Row:
    before = _bytes(folder)
    command = [sys.executable, "-m", "bench.scale", stage, str(folder)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    given = json.loads(told)
    disk = (_bytes(folder) - before) / 1e6
    return Row(size, stage, given["cpu"], given["memory"], disk, given["out"])


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _keep(found: Sequence[Row]) -> None:
    """Put new rows in the place of old ones of the same size."""
    kept: list[dict[str, str]] = []
    if TABLE.is_file():
        with TABLE.open(encoding="utf-8", newline="") as file:
            kept = list(csv.DictReader(file))
    new = {row.records for row in found}
    lines = [row for row in kept if int(row["records"]) not in new]
    lines += [{k: f"{v:.6g}" if isinstance(v, float) else str(v) for k, v in asdict(row).items()}
              for row in found]  # fmt: skip
    order = {stage: at for at, stage in enumerate(STAGES)}
    lines.sort(key=lambda row: (int(row["records"]), order[row["stage"]]))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [f.name for f in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def _material() -> list[Metadata]:
    """Read the real records that have a title, authors and a year."""
    data = Path(os.environ.get("PROBATUM_DATA") or ROOT.parent / "shared" / "data")
    found: list[Metadata] = []
    with tarfile.open(data / "records" / "bibliographic_exports.tar.gz") as archive:
        members = sorted((m for m in archive if m.isfile()), key=lambda m: m.name)
        for member in members:
            handle = archive.extractfile(member)
            if handle is None or Path(member.name).parts[0] not in FORMATS:
                continue
            documents = collect(handle.read(), Path(member.name).name).documents
            found += [d.metadata for d in documents if _usable(d)]
    return found


def _usable(document: Document) -> bool:
    meta = document.metadata
    return bool(meta.title and len(meta.title) > 25 and meta.authors and meta.year)


def _write(folder: Path, material: Sequence[Metadata], size: int) -> None:
    folder.mkdir(parents=True)
    (folder.parent / "probatum.toml").write_text('[base]\ntitle = "Scale"\n', encoding="utf-8")
    words = sorted({word for meta in material for word in (meta.title or "").lower().split()})
    families = sorted({author.family for meta in material for author in meta.authors})
    for first in range(0, size, A_SOURCE):
        with (folder / f"records-{first:08}.ris").open("w", encoding="utf-8") as file:
            for at in range(first, min(size, first + A_SOURCE)):
                turn, place = divmod(at, len(material))
                file.write(_ris(material[place], turn, words, families))


def _mark(turn: int, text: str) -> int:
    return zlib.crc32(f"{turn}:{text.lower()}".encode())


def _ris(meta: Metadata, turn: int, words: Sequence[str], families: Sequence[str]) -> str:
    lines = ["TY  - JOUR", f"TI  - {_title(meta.title or '', turn, words)}"]
    for author in meta.authors:
        family = families[_mark(turn, author.family) % len(families)] if turn else author.family
        lines.append(f"AU  - {family}, {author.given or ''}")
    lines += [f"PY  - {meta.year}", f"JO  - {meta.container_title or ''}"]
    lines += [f"VL  - {_moved(meta.volume, turn, 150)}", f"IS  - {meta.issue or ''}"]
    lines.append(f"SP  - {'-'.join(_moved(p, turn, 3000) for p in (meta.page or '').split('-'))}")
    if meta.identifiers.doi:
        lines.append(f"DO  - 10.5555/{_mark(turn, meta.identifiers.doi):x}")
    lines.append(f"AB  - {' '.join(section.text for section in meta.abstract)}")
    flat = [" ".join(line.split()) if line[:2] != "TY" else line for line in lines]
    return "\n".join([*(f"{line[:2]}  - {line[4:]}" for line in flat), "ER  - ", "", ""])


def _title(title: str, turn: int, words: Sequence[str]) -> str:
    if not turn:
        return title
    marks = [(word, _mark(turn, word.strip(".,:;()"))) for word in title.split()]
    return " ".join(words[mark % len(words)] if mark % 3 == 0 else word for word, mark in marks)


def _moved(number: str | None, turn: int, most: int) -> str:
    if not turn or not number or not number.isascii() or not number.isdigit():
        return number or ""
    return str((int(number[:9]) + 7 * turn) % most + 1)


def _read(folder: BaseFolder, ledger: Ledger) -> int:
    found = scan(folder, ("sources/**",)).sources
    for at, source in enumerate(found):
        shard = stages.ReadShard(ledger.place("read", f"{at:032}"), source, 100)
        stages.read_source(shard)
    return len(found)


def _link(folder: BaseFolder, ledger: Ledger) -> int:
    run = Run(ledger, LocalRunner(), Silent())
    location = pack_folder("ketamine", folder.path)
    linked = link_base(run, _parts(folder, "read"), (location, load_pack(location)), [])
    return count_rows(linked.table(Work))


def _index(folder: BaseFolder, ledger: Ledger) -> int:
    parts = {stage: [part.name for part in _parts(folder, stage)] for stage in ("read", "link")}
    write_index(folder, Manifest("scale", "", "", "Scale", "", "", parts, {}))
    return sum(1 for path in (folder.index / "scale").iterdir() if path.is_file())


def _parts(folder: BaseFolder, stage: str) -> list[Part]:
    return [Part(path) for path in sorted((folder.parts / stage).iterdir())]


def _memory() -> float:
    """Peak of this process in MB; getrusage would tell the parent's, which forked it."""
    told = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in told if line.startswith("VmHWM")).split()[1]) / 1024


def main(stage: str, place: str) -> None:
    """Run one stage in this process and tell what it took."""
    folder = BaseFolder(Path(place))
    work = {"read": _read, "link": _link, "index": _index}[stage]
    start = time.process_time()
    out = work(folder, Ledger(folder.parts))
    cpu = time.process_time() - start
    print(json.dumps({"cpu": cpu, "memory": _memory(), "out": out}))


if __name__ == "__main__":
    main(*sys.argv[1:])

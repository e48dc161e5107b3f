"""One reader on one file, for bench/read.py: prints records, CPU seconds and peak memory.

It imports little itself, since what it holds counts for both.
"""

from __future__ import annotations

import gc
import json
import mmap
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any


def _ours(path: Path) -> Callable[[], int]:
    read = import_module("probatum.documents.read").read
    detect = import_module("probatum.documents.table").detect_format
    with path.open("rb") as file:  # imports what this file needs, which is not counted
        detect(file.read(65_536), path.name)

    def work() -> int:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            return sum(chunk.document is not None for chunk in read(view, path.name))

    return work


def _tags(path: Path) -> Callable[[], int]:
    """Records as tags with their values, which is what the peers of tagged formats give."""
    tagged = import_module("probatum.documents.tagged")
    detect = import_module("probatum.documents.encoding").detect_encoding
    form = import_module(f"probatum.documents.formats.{path.suffix[1:]}")

    def work() -> int:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            found = tagged.records(view, detect(view), form.DIALECT)
            return sum(bool(tagged.grouped(record.pairs)) for record in found)

    return work


def _pubmed_parser(path: Path) -> Callable[[], int]:
    parser = import_module("pubmed_parser")
    return lambda: sum(
        1
        for _ in parser.parse_medline_xml(
            str(path), year_info_only=False, author_list=True, reference_list=True
        )
    )


def _rispy(path: Path) -> Callable[[], int]:
    parser = import_module("rispy")

    def work() -> int:
        with path.open(encoding="utf-8") as file:
            return len(parser.load(file))

    return work


def _nbib(path: Path) -> Callable[[], int]:
    parser = import_module("nbib")
    return lambda: len(parser.read_file(str(path)))


def _csv(path: Path) -> Callable[[], int]:
    """Rows as cells by the name of their column, which is all that the standard module gives."""
    parser = import_module("csv")

    def work() -> int:
        parser.field_size_limit(1 << 30)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return sum(1 for _ in parser.DictReader(file))

    return work


def _bibtexparser(path: Path) -> Callable[[], int]:
    """Blocks with their fields as text; names, dates and marks of TeX are left as they are."""
    parser = import_module("bibtexparser")
    return lambda: len(parser.parse_string(path.read_text(encoding="utf-8")).entries)


def _statements(path: Path) -> Callable[[], int]:
    """Statements of articles that were read before."""
    return _stated(path, import_module("probatum.claims.stance").judge_all)


def _unjudged(path: Path) -> Callable[[], int]:
    """Statements but for the stance: sentences, sections, targets, relations, twins."""
    nothing = import_module("probatum.claims.stance").Judgement("mentioning", False, 0.0, True, ())
    return _stated(path, lambda contexts: [nothing] * len(contexts))


def _stated(path: Path, judge: Callable[[Sequence[object]], list[object]]) -> Callable[[], int]:
    read, passages, statements = _read_before(path)
    statements(read[0], passages(read[0]), judge)  # the model is loaded once: not counted
    gc.collect()
    gc.freeze()  # that 1,326 articles are held in memory is the benchmark's doing: not counted

    def work() -> int:
        for document in read:
            statements(document, passages(document), judge)
        return len(read)

    return work


def _read_before(path: Path) -> tuple[list[Any], Callable[..., Any], Callable[..., Any]]:
    collect = import_module("probatum.documents.read").collect
    return (
        [document for name, data in _articles(path) for document in collect(data, name).documents],
        import_module("probatum.claims.passages").cited_passages,
        import_module("probatum.claims.citations").citation_statements,
    )


def _stance(path: Path) -> Callable[[], int]:
    """Stances alone: one a statement, of articles and contexts that were made before."""
    judge = import_module("probatum.claims.stance").judge_all
    read, passages, statements = _read_before(path)
    contexts: list[Sequence[object]] = []

    def keep(found: Sequence[object]) -> list[object]:
        contexts.append(found)
        made: list[object] = judge(found)
        return made

    for document in read:
        statements(document, passages(document), keep)
    gc.collect()
    gc.freeze()
    return lambda: sum(len(judge(found)) for found in contexts)


def _articles(path: Path) -> Iterator[tuple[str, bytes]]:
    with import_module("tarfile").open(path) as archive:
        for member in archive:
            handle = archive.extractfile(member) if member.name.endswith("xml") else None
            if handle:
                yield member.name, handle.read()


def _jats(path: Path) -> Callable[[], int]:
    collect = import_module("probatum.documents.read").collect
    found = list(_articles(path))
    return lambda: sum(len(collect(data, name).documents) for name, data in found)


def _lxml(path: Path) -> Callable[[], int]:
    etree = import_module("lxml.etree")
    found = list(_articles(path))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    return lambda: sum(etree.fromstring(data, parser) is not None for _, data in found)


def _own_memory() -> float:
    """Give the resident memory of this process that no file backs, in MB (Linux, proc(5))."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0]) / 1000


def _sample(done: threading.Event, peaks: list[float]) -> None:
    while not done.wait(0.05):
        peaks.append(_own_memory())


READERS = {
    "probatum": _ours,
    "probatum-tags": _tags,
    "pubmed_parser": _pubmed_parser,
    "rispy": _rispy,
    "nbib": _nbib,
    "csv": _csv,
    "bibtexparser": _bibtexparser,
    "statements": _statements,
    "statements-unjudged": _unjudged,
    "stance": _stance,
    "probatum-jats": _jats,
    "lxml-jats": _lxml,
}


def main(reader: str, path: Path) -> None:
    """Read and print one line of JSON."""
    work = READERS[reader](path)
    done, peaks = threading.Event(), [_own_memory()]
    sampler = threading.Thread(target=_sample, args=(done, peaks), daemon=True)
    sampler.start()
    start = time.process_time()
    records = work()
    seconds = time.process_time() - start
    done.set()
    sampler.join()
    memory = max(peaks)
    print(json.dumps({"records": records, "seconds": seconds, "memory": memory}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

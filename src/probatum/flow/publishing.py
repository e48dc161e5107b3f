"""The text index of a build: everything that can be found, one folder a build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence

from probatum.engine.storage import new_folder
from probatum.engine.textindex import Entry
from probatum.engine.textindex import write_index as write_text_index
from probatum.flow.folder import BaseFolder
from probatum.flow.ledger import Part
from probatum.flow.manifest import Manifest
from probatum.model.answer import Answer
from probatum.model.claim import Statement
from probatum.model.document import Document
from probatum.model.work import Work


def write_index(folder: BaseFolder, manifest: Manifest) -> None:
    """Write the text index of a build, unless it stands."""
    if (folder.index / manifest.build_id).is_dir():
        return
    with new_folder(folder.index, lambda _: manifest.build_id) as temporary:
        write_text_index(temporary, _entries(folder, manifest))


def remove_old_indexes(folder: BaseFolder, keep: Sequence[Manifest]) -> None:
    """Remove the indexes of builds before the last, which a reader may still hold open."""
    kept = {manifest.build_id for manifest in keep}
    for path in sorted(folder.index.iterdir()):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def parts_of(folder: BaseFolder, manifest: Manifest, stage: str) -> list[Part]:
    """Give the parts of one stage of a build."""
    return [Part(folder.parts / stage / name) for name in manifest.parts.get(stage, ())]


def _entries(folder: BaseFolder, manifest: Manifest) -> Iterator[Entry]:
    yield from _documents(parts_of(folder, manifest, "read"))
    for part in parts_of(folder, manifest, "link"):
        yield from map(_work, part.each(Work))
    for part in parts_of(folder, manifest, "answer"):
        for row in part.records(Answer, ("question", "sentence")):
            yield Entry("question", row["question"].id, row["question"].label, row["sentence"])
    yield from _statements(parts_of(folder, manifest, "extract"))


def _documents(parts: Sequence[Part]) -> Iterator[Entry]:
    for part in parts:
        for row in part.records(Document, ("id", "metadata", "source", "text")):
            title = row["metadata"].title or row["source"].name
            yield Entry("document", row["id"], title, row["text"])


def _work(work: Work) -> Entry:
    words = (", ".join(work.authors), work.year, work.container_title)
    body = " ".join(str(word) for word in words if word)
    return Entry("work", work.id, work.title or work.id, body)


def _statements(parts: Sequence[Part]) -> Iterator[Entry]:
    """Give statements under ids that lead to their place: ``document#s=start-end``."""
    for part in parts:
        for row in part.records(Statement, ("document", "start", "end", "quote")):
            place = f"{row['document']}#s={row['start']}-{row['end']}"
            yield Entry("statement", place, row["quote"][:120], row["quote"])

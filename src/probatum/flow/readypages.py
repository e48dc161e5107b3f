"""Pages made when a base was built, so that no reader waits for them: where they lie, how to read.

One ZIP file a build and look holds pages packed by gzip under their addresses. It is derived, and
a server without it makes the same pages when they are asked for. While they are made, a folder of
the same name holds the build that they show and the portions that are done.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from probatum.engine.storage import write_atomic
from probatum.flow.digests import digest, look_digest
from probatum.flow.folder import BaseFolder
from probatum.flow.manifest import Manifest

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the least time of a ZIP entry: the same pages, the same bytes


def place(folder: BaseFolder, manifest: Manifest) -> Path:
    """Give where the pages of a build lie, as the code of this version makes them."""
    shown = digest(manifest, look_digest())
    return folder.pages / f"{manifest.build_id}-{shown[:12]}.zip"


def stand(folder: BaseFolder, manifest: Manifest) -> bool:
    """Whether the pages of a build were made by this version."""
    return place(folder, manifest).is_file()


def pending(folder: BaseFolder, manifest: Manifest) -> Path:
    """Give where the manifest of a build lies while its pages are made."""
    return place(folder, manifest).with_suffix("") / "build.json"


def portion(pending: Path, number: int) -> Path:
    """Give where one portion of the pages of a pending build goes."""
    return pending.with_name(f"{number:04d}.zip")


def bind(folder: BaseFolder, manifest: Manifest) -> None:
    """Put the portions of a build's pages together, in their order."""
    portions = sorted(pending(folder, manifest).parent.glob("*.zip"))
    save(place(folder, manifest), (page for path in portions for page in _pages(path)))


def _pages(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as file:
        for address in file.namelist():
            yield address, file.read(address)


def save(path: Path, pages: Iterable[tuple[str, bytes]]) -> None:
    """Write (address, page packed by gzip) pairs; a reader sees all of them or none."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_STORED) as file:
        for address, packed in pages:
            file.writestr(zipfile.ZipInfo(address, _LONG_AGO), packed)
    write_atomic(path, told.getvalue())


def remove_old(folder: BaseFolder, keep: Sequence[Manifest]) -> None:
    """Remove portions, and the pages of builds before the last.

    A reader may still ask for those of the last.
    """
    kept = {place(folder, manifest) for manifest in keep}
    for path in sorted(folder.pages.iterdir()):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path not in kept:
            path.unlink(missing_ok=True)


class ReadyPages:
    """Reads the pages of one build; safe for many threads."""

    def __init__(self, path: Path) -> None:
        try:
            self._file: zipfile.ZipFile | None = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile):
            self._file = None

    def get(self, address: str) -> bytes | None:
        """Give a page packed by gzip, None where it was not made or its bytes are damaged."""
        if self._file is None:
            return None
        try:
            return self._file.read(address)
        except (KeyError, OSError, zipfile.BadZipFile):
            return None

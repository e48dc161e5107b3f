"""Pages made when a base was built, so that no reader waits for them: where they lie, how to read.

One ZIP file a build and look holds pages packed by gzip under their addresses. It is derived, and
a server without it makes the same pages when they are asked for.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
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


def save(path: Path, pages: Iterable[tuple[str, bytes]]) -> None:
    """Write (address, page packed by gzip) pairs; a reader sees all of them or none."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_STORED) as file:
        for address, packed in pages:
            file.writestr(zipfile.ZipInfo(address, _LONG_AGO), packed)
    write_atomic(path, told.getvalue())


def remove_old(folder: BaseFolder, keep: Sequence[Manifest]) -> None:
    """Remove the pages of builds before the last, which a reader may still ask for."""
    kept = {place(folder, manifest) for manifest in keep}
    for path in sorted(folder.pages.glob("*.zip")):
        if path not in kept:
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

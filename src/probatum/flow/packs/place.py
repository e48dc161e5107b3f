"""Where the pack of a base lies, and a digest of its files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from probatum.engine.storage import plain_errors
from probatum.errors import UnknownNameError
from probatum.flow.packs import FILES, SHIPPED, shipped_packs


def pack_folder(name: str, base: Path) -> str:
    """Give the folder of a shipped pack, else of the folder ``name`` relative to a base.

    Raises UnknownNameError naming the shipped packs.
    """
    if name in shipped_packs():
        return str(SHIPPED / name)
    folder = (base / name).resolve()
    if not folder.is_dir():
        known = ", ".join(shipped_packs())
        raise UnknownNameError(f"unknown pack {name!r}; known: {known}; or give a pack's folder")
    return str(folder)


def pack_digest(location: str) -> str:
    """Digest the files of a pack without parsing them."""
    total = hashlib.sha256()
    for name in FILES:
        path = Path(location) / name
        with plain_errors(path):
            if path.is_file():
                total.update(f"{name}:{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:32]

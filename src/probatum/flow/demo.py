"""The demonstration: the shipped pack and the invented documents in ``examples/``."""

from __future__ import annotations

from pathlib import Path

from probatum.errors import UsageError
from probatum.flow.base import Base, open_base
from probatum.flow.making import add_documents, init_base
from probatum.flow.settings import FILE_NAME

_NOT_DOCUMENTS = ("packs", "README.md")


def examples_folder() -> Path:
    """Find the example documents: beside the package when installed, else in the project."""
    package = Path(__file__).parent.parent
    for folder in (package / "examples", package.parent.parent / "examples"):
        if folder.is_dir():
            return folder
    raise UsageError("the example documents are not installed; run the demo in the project")


def demo_base(path: str | Path) -> Base:
    """Make the demonstration base in a folder, or bring it up to date; not yet built."""
    folder = Path(path)
    if not (folder / FILE_NAME).exists():
        init_base(folder)
    base = open_base(folder)
    found = sorted(examples_folder().iterdir())
    add_documents(base.folder, [p for p in found if p.name not in _NOT_DOCUMENTS])
    return base

"""A base as a program uses it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from probatum.engine.runner import Where
from probatum.errors import UsageError
from probatum.flow.check import check_text
from probatum.flow.folder import BaseFolder
from probatum.flow.ledger import code_digest
from probatum.flow.manifest import Manifest, load_manifest
from probatum.flow.notebook import Answered
from probatum.flow.packs import load_pack
from probatum.flow.packs.place import pack_folder
from probatum.flow.pipeline import Build, build
from probatum.flow.run import Reporter
from probatum.flow.settings import load_settings
from probatum.flow.view import View
from probatum.model.answer import Answer, Hit, Verdict
from probatum.model.document import Document


class Base:
    """A base in a folder: build it, then ask it.

    ``answers``, ``document``, ``search`` and ``check`` speak for the last build that was finished,
    also while another one runs.
    """

    def __init__(self, folder: BaseFolder) -> None:
        self.folder = folder
        self.settings = load_settings(folder.path)
        self._view: View | None = None
        self._seen: tuple[int, int, int] | None = None

    def build(
        self, *, workers: int = 1, where: Where | None = None, reporter: Reporter | None = None
    ) -> Build:
        """Bring everything derived up to date; says whether anything was new and what changed."""
        return build(self.folder, workers=workers, where=where, reporter=reporter)

    def view(self) -> View:
        """Give the last finished build; raises UsageError when there is none.

        Cheap to call: the view is kept until another build takes its place.
        """
        seen = _state(self.folder.manifest)
        if self._view is not None and seen is not None and seen == self._seen:
            return self._view
        manifest = load_manifest(self.folder.manifest)
        if manifest is None:
            raise UsageError(f"{self.folder.path} has not been built; run 'probatum build' in it")
        if manifest.code != code_digest():
            raise UsageError(
                f"{self.folder.path} was built by another version; run 'probatum build' in it"
            )
        if self._view is None or self._view.build_id != manifest.build_id:
            self._view = _open_view(self.folder, manifest)
        self._seen = seen
        return self._view

    def answers(self) -> Sequence[Answer]:
        """Give all answers, in the order of the pack's questions."""
        return self.view().answers()

    def question(self, question: str) -> Answered:
        """Give the answer to one question; in a notebook it shows itself with its forest plot.

        Raises UsageError naming how to find the ids.
        """
        answer = self.view().answer(question)
        if answer is None:
            raise UsageError(f"no question {question!r}; 'probatum answers --json' lists them")
        return Answered(answer, self.view().pack)

    def document(self, document: str) -> Document:
        """Give one document with its text; raises UsageError when it is not in the base."""
        found = self.view().document(document)
        if found is None:
            raise UsageError(f"no document {document!r}; 'probatum search' finds them")
        return found

    def search(self, query: str, *, kind: str | None = None, limit: int = 20) -> Sequence[Hit]:
        """Find documents, works, questions and statements; best first."""
        return self.view().search(query, kind=kind, limit=limit)

    def check(self, text: str) -> Sequence[Verdict]:
        """Hold a text against the base, sentence by sentence; it abstains by default."""
        return check_text(self.view(), text)


def open_base(path: str | Path) -> Base:
    """Open the base in a folder; raises NotABaseError when it holds no probatum.toml.

    >>> import probatum, tempfile
    >>> from probatum.flow.making import init_base
    >>> base = probatum.open(init_base(tempfile.mkdtemp() + "/mine").path)
    >>> base.build().new, base.build().new
    (True, False)
    """
    folder = BaseFolder(Path(path).resolve())
    return Base(folder)


def _state(path: Path) -> tuple[int, int, int] | None:
    """Tell one file from the one that took its place: reading it costs thirty times as much."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _open_view(folder: BaseFolder, manifest: Manifest) -> View:
    pack = load_pack(pack_folder(manifest.pack, folder.path))
    return View(folder, manifest, pack)

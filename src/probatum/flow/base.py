"""A base as a program uses it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from probatum.engine.runner import Where
from probatum.errors import UsageError
from probatum.flow.digests import code_digest
from probatum.flow.folder import BaseFolder, place
from probatum.flow.manifest import Build, Manifest, load_manifest
from probatum.flow.notebook import Answered
from probatum.flow.readypages import ReadyPages
from probatum.flow.readypages import place as place_of_pages
from probatum.flow.reporter import Reporter
from probatum.flow.settings import load_settings
from probatum.model.answer import Answer, Hit, Verdict
from probatum.model.document import Document
from probatum.model.pack import Pack
from probatum.model.view import BaseView


class Base:
    """A base in a folder: build it, then ask it.

    ``answers``, ``document``, ``search`` and ``check`` speak for the last build that was finished,
    also while another one runs.
    """

    def __init__(self, folder: BaseFolder) -> None:
        self.folder = folder
        self.settings = load_settings(folder.path)
        self._view: BaseView | None = None
        self._standing: tuple[tuple[int, int, int], Manifest] | None = None
        self._ready: tuple[str, ReadyPages] | None = None

    def build(
        self, *, workers: int = 1, where: Where | None = None, reporter: Reporter | None = None
    ) -> Build:
        """Bring everything derived up to date; says whether anything was new and what changed."""
        from probatum.flow.pipeline import build  # noqa: PLC0415, half a second to import

        return build(self.folder, workers=workers, where=where, reporter=reporter)

    def standing(self) -> Manifest:
        """Give the manifest of the last finished build; raises UsageError when there is none.

        Cheap to call: it is read again when another build takes its place.
        """
        seen, known = _state(self.folder.manifest), self._standing
        if known is not None and seen == known[0]:
            return known[1]
        manifest = load_manifest(self.folder.manifest)
        if manifest is None:
            raise UsageError(f"{self.folder.path} has not been built; run 'probatum build' in it")
        if manifest.code != code_digest():
            raise UsageError(
                f"{self.folder.path} was built by another version; run 'probatum build' in it"
            )
        if seen is not None:
            self._standing = seen, manifest
        return manifest

    def view(self) -> BaseView:
        """Give the last finished build; raises UsageError when there is none.

        Cheap to call: the view is kept until another build takes its place.
        """
        manifest, view = self.standing(), self._view
        if view is None or view.build_id != manifest.build_id:
            from probatum.flow.view import View  # noqa: PLC0415, as long as all else here

            view = self._view = View(self.folder, manifest, partial(self._load_pack, manifest))
        return view

    def _load_pack(self, manifest: Manifest) -> Pack:
        from probatum.flow.packs import load_pack  # noqa: PLC0415, pages made ahead need none
        from probatum.flow.packs.place import pack_folder  # noqa: PLC0415

        return load_pack(pack_folder(manifest.pack, self.folder.path))

    def ready_page(self, address: str) -> bytes | None:
        """Give a page of the last finished build that was made with it, packed by gzip."""
        manifest, ready = self.standing(), self._ready
        if ready is None or ready[0] != manifest.build_id:
            pages = ReadyPages(place_of_pages(self.folder, manifest))
            ready = self._ready = manifest.build_id, pages
        return ready[1].get(address)

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
        from probatum.flow.check import check_text  # noqa: PLC0415, half a second to import

        return check_text(self.view(), text)


def open_base(path: str | Path) -> Base:
    """Open the base in a folder; raises NotABaseError when it holds no probatum.toml.

    >>> import probatum, tempfile
    >>> from probatum.flow.making import init_base
    >>> base = probatum.open(init_base(tempfile.mkdtemp() + "/mine").path)
    >>> base.build().new, base.build().new
    (True, False)
    """
    folder = BaseFolder(place(path))
    return Base(folder)


def _state(path: Path) -> tuple[int, int, int] | None:
    """Tell one file from the one that took its place: reading it costs thirty times as much."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size

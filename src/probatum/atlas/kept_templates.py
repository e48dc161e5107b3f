"""Compiled templates kept beside their sources, as Python keeps its modules in ``__pycache__``.

Compiling the templates takes 0.9 s of every process that draws pages; reading them back 0.02 s.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class KeptTemplates(BytecodeCache):
    """Jinja's interface to what was compiled; a folder that cannot be written costs time only.

    ``maker`` is the module that makes the environment: what it compiled is kept where that
    module's own byte code is, and made anew when its text or Jinja changes. Jinja itself checks
    what it reads back against the template's text and the version of Python.
    """

    def __init__(self, maker: Path) -> None:
        self._folder = Path(cache_from_source(str(maker))).parent
        told = version("jinja2").encode() + maker.read_bytes()
        self._made_by = sha256(told).hexdigest()[:8]

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if the template was compiled before."""
        with suppress(OSError), self._path(bucket).open("rb") as stream:
            bucket.load_bytecode(stream)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, whole or not at all."""
        if sys.dont_write_bytecode:
            return
        path = self._path(bucket)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
                written = Path(stream.name)
                try:
                    bucket.write_bytecode(stream)
                    stream.close()
                    written.replace(path)
                finally:
                    written.unlink(missing_ok=True)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}-{self._made_by}.jinja"

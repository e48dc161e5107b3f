"""Pages made ahead: a pure function of a build, so that reading one costs looking it up.

Every page that asks nothing of its reader, and one for each question, condition and network: as
many as the pack has, however many documents there are. Pages of documents and works are made when
they are asked for.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from probatum.atlas.links import Links
from probatum.atlas.page import Ask
from probatum.atlas.publish import Wanted, publish
from probatum.atlas.routes import ROUTES
from probatum.flow import readypages
from probatum.flow.folder import BaseFolder
from probatum.flow.manifest import Manifest
from probatum.flow.view import View
from probatum.model.pack import Pack
from probatum.model.view import BaseView

_LEVEL = 6


def print_pages(folder: BaseFolder, manifest: Manifest, pack: Pack) -> None:
    """Make the pages of a build that readers ask for most, before it becomes the current one."""
    view = View(folder, manifest, lambda: pack)
    readypages.save(readypages.place(folder, manifest), pages(view))


def pages(view: BaseView) -> Iterator[tuple[str, bytes]]:
    """Yield (address, page packed by gzip)."""
    for route in ROUTES:
        if route.fresh or route.many:
            continue
        for key in route.keys(view) if route.keys else ("",):
            address = route.at(key)
            text = publish(route, Ask(view, Links(address), key), Wanted())
            if text is not None:
                yield address, gzip.compress(text.encode(), _LEVEL, mtime=0)

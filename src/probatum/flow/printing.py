"""Pages made ahead: a pure function of a build, so that reading one costs looking it up.

Every page that asks nothing of its reader, and one for each question, condition and network: as
many as the pack has, however many documents there are. Pages of documents and works are made when
they are asked for.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from probatum.atlas.links import Links
from probatum.atlas.page import Ask
from probatum.atlas.publish import Wanted, publish
from probatum.atlas.routes import ROUTES, Route
from probatum.errors import ProbatumError
from probatum.flow import readypages
from probatum.flow.folder import BaseFolder
from probatum.flow.manifest import Manifest, load_manifest, save_manifest
from probatum.flow.packs import load_pack
from probatum.flow.view import View
from probatum.model.pack import Pack
from probatum.model.view import BaseView

_LEVEL = 6
# Questions a shard: a worker reads the tables of a build once, about as long as it makes 60 pages.
_QUESTIONS = 16


@dataclass(frozen=True, slots=True)
class PagesShard:
    """One of ``of`` runs of the pages of a build that is not the current one yet."""

    folder: BaseFolder
    pending: Path
    pack: str
    number: int
    of: int


def shards(folder: BaseFolder, manifest: Manifest, pack: tuple[str, Pack]) -> list[PagesShard]:
    """Give the shards of a build's pages that are still to be made; ``pack`` with its place.

    How many there are hangs on the pack alone, so that the work of a killed build is found again.
    """
    pending = readypages.pending(folder, manifest)
    save_manifest(pending, manifest)
    of = max(1, len(pack[1].questions) // _QUESTIONS)
    every = [PagesShard(folder, pending, pack[0], number, of) for number in range(of)]
    return [shard for shard in every if not _target(shard).is_file()]


def print_pages(shard: PagesShard) -> str:
    """Make the pages of one shard, before their build becomes the current one."""
    view = _view(shard.folder, shard.pending, shard.pack)
    every = addresses(view)
    first, last = (len(every) * (shard.number + more) // shard.of for more in (0, 1))
    readypages.save(_target(shard), pages(view, every[first:last]))
    return _target(shard).name


def addresses(view: BaseView) -> list[tuple[Route, str]]:
    """Give (route, key) of every page that is made ahead, in the order of the routes."""
    ready = (route for route in ROUTES if not (route.fresh or route.many))
    return [(route, key) for route in ready for key in (route.keys(view) if route.keys else ("",))]


def pages(view: BaseView, wanted: list[tuple[Route, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield (address, page packed by gzip)."""
    for route, key in wanted:
        address = route.at(key)
        text = publish(route, Ask(view, Links(address), key), Wanted())
        if text is not None:
            yield address, gzip.compress(text.encode(), _LEVEL, mtime=0)


def _target(shard: PagesShard) -> Path:
    return readypages.portion(shard.pending, shard.number)


@lru_cache(maxsize=1)
def _view(folder: BaseFolder, pending: Path, pack: str) -> View:
    """Open a build once a process; the name of ``pending`` digests what it holds."""
    manifest = load_manifest(pending)
    if manifest is None:
        raise ProbatumError(f"{pending} cannot be read while its pages are made; build again")
    return View(folder, manifest, lambda: load_pack(pack))

"""The atlas as a folder of files: every link works from a file server, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from probatum.atlas.claim_parts import claim_table
from probatum.atlas.links import Links, filename
from probatum.atlas.page import Ask, DataTable
from probatum.atlas.publish import ASSETS, asset, every_form
from probatum.atlas.render import as_csv
from probatum.atlas.routes import ROUTES, Route
from probatum.model.claim import Claim
from probatum.model.view import BaseView


def export_site(view: BaseView, out: Path) -> int:
    """Write the whole atlas into a folder and give the number of files.

    The same build gives the same bytes. Pages that answer to what a reader types (search, the
    switches of a question, filters) have no place in a folder and are left out.
    """
    written = 0
    for route, key in _pages(view):
        ask = Ask(view, Links(route.at(key), static=True), key)
        for path, text in every_form(route, ask):
            _write(out / filename(path), text.encode())
            written += 1
    for name in ASSETS:
        _write(out / "static" / name, asset(name))
    return written + len(ASSETS)


def export_csv(view: BaseView, out: Path) -> int:
    """Write every table of the base as CSV into a folder and give the number of files."""
    written = 0
    for name, table in all_tables(view):
        _write(out / f"{name}.csv", as_csv(table).encode())
        written += 1
    return written


def all_tables(view: BaseView) -> Iterator[tuple[str, DataTable]]:
    """Give every table of the base under its own name."""
    given = set()
    names = ("overview", "documents", "works", "duplicates", "reviews", "data")
    for route in (route for route in ROUTES if route.name in names and route.keys is None):
        page = route.make(Ask(view, Links(route.at(), static=True)))
        for table in page.tables if page else ():
            name = table.name or route.name
            name = "reviews-by-trials" if (route.name, name) == ("reviews", "matrix") else name
            if name not in given:
                given.add(name)
                yield name, table
    yield "claims", claim_table(_claims(view))


def _claims(view: BaseView) -> Iterator[Claim]:
    for line in view.documents():
        extraction = view.extraction(line.id)
        yield from extraction.claims if extraction else ()


def _pages(view: BaseView) -> Iterator[tuple[Route, str]]:
    for route in ROUTES:
        if route.served_only:
            continue
        for key in route.keys(view) if route.keys else ("",):
            yield route, key


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)

"""A page in every form it has: HTML, JSON, its tables as CSV and JSON, its figures as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from probatum.atlas import render
from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.routes import Route

Form = Literal["html", "json", "csv", "svg"]
MEDIA: dict[str, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
}
ASSETS = ("site.css", "site.js", "icon.svg")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which form of a page is wanted, and which of its tables or figures."""

    form: Form = "html"
    name: str | None = None


def publish(route: Route, ask: Ask, wanted: Wanted) -> str | None:
    """Give a page in the form that is wanted; None when there is no such thing."""
    page = route.make(ask)
    return None if page is None else _form(route, ask, page, wanted)


def _form(route: Route, ask: Ask, page: Page, wanted: Wanted) -> str | None:
    if wanted.form == "html":
        return render.html(page, ask, route.at(ask.key))
    if wanted.form == "svg":
        return page.figures.get(wanted.name or "")
    if wanted.form == "json" and wanted.name is None:
        return render.as_json(page.data())
    table = next((t for t in page.tables if t.name == (wanted.name or "")), None)
    return None if table is None else _table(table, wanted.form)


def _table(table: DataTable, form: Form) -> str:
    return render.as_csv(table) if form == "csv" else render.as_json(records(table))


def records(table: DataTable) -> list[dict[str, object]]:
    """Give the rows of a table as objects.

    >>> records(DataTable("", "", ("a", "b"), ((1, "x"),)))
    [{'a': 1, 'b': 'x'}]
    """
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def every_form(route: Route, ask: Ask) -> Iterator[tuple[str, str]]:
    """Give (path, text) of a page in all its forms, as a folder of files holds them."""
    page, path = route.make(ask), route.at(ask.key)
    if page is None:
        return
    yield path, render.html(page, ask, path)
    yield f"{'/index' if path == '/' else path}.json", render.as_json(page.data())
    for table in page.tables:
        rows = DataTable(table.name, table.title, table.columns, tuple(table.rows))
        name = rows.path(path)
        yield name, render.as_csv(rows)
        if table.name:
            yield name.removesuffix(".csv") + ".json", render.as_json(records(rows))
    for figure, text in page.figures.items():
        yield f"{path}/{figure}.svg", text


def asset(name: str) -> bytes:
    """Give a file that every page uses; ``name`` must be one of ``ASSETS``."""
    return (files("probatum.atlas") / "static" / name).read_bytes()

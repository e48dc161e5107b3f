"""The routes that read: every page of the atlas in every form it has."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import parse_qs, urlencode

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from probatum.atlas.links import Links, key_of
from probatum.atlas.page import Ask
from probatum.atlas.publish import ASSETS, MEDIA, Form, Wanted, asset, publish
from probatum.atlas.routes import ROUTES, Route
from probatum.errors import UsageError
from probatum.model.answer import Verdict
from probatum.model.view import BaseView
from probatum.web.kept import Kept, sent, unchanged
from probatum.web.shelf import KeptPage, keep

MOST_CONTROLS = 500
Query = dict[str, Sequence[str]]
Check = Callable[[BaseView, str], Sequence[Verdict]]
# Below these a name is the key of a thing, so that their lists have only one table.
_WITH_KEYS = frozenset(route.path for route in ROUTES if route.keys)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every reading route needs: the current build, the pages at hand, who checks a text."""

    open_view: Callable[[], BaseView]
    kept: Kept
    check: Check
    making: threading.Lock = field(default_factory=threading.Lock)

    @property
    def editable(self) -> bool:
        """Whether decisions are taken."""
        return self.kept.editable

    def answer(self, route: Route, request: Request, wanted: Wanted) -> Response:
        """Answer a request with a page in the form wanted, or with 304 or 404."""
        view = self.open_view()
        key, query = key_of(request.path_params.get("key", "")), _query(request, route)
        if route.fresh:
            told = self._made(view, route, (key, query), wanted)
            headers = {"Cache-Control": "no-cache"}
            return Response(told, media_type=MEDIA[wanted.form], headers=headers)
        tag = self.kept.tag(view.build_id)
        if tag in request.headers.get("if-none-match", ""):
            return unchanged(tag)
        address = f"{request.url.path}?{urlencode(query, doseq=True)}"
        page = self.page(view, route, (address, key, query), wanted)
        return sent(page, tag, request.headers)

    def page(
        self, view: BaseView, route: Route, place: tuple[str, str, Query], wanted: Wanted
    ) -> KeptPage:
        """Give a page by (address, key, controls): the one that is kept, or a new one.

        One at a time: pages are made by one core anyway, and readers who want the same page after
        a new build must not each make it. Raises HTTPException 404 when there is no such page.
        """
        (address, key, query), tag = place, self.kept.tag(view.build_id)
        shelf = self.kept.shelf
        page = shelf.get(tag, address)
        if page is None:
            with self.making:
                page = shelf.get(tag, address)
                if page is None:
                    text = self._made(view, route, (key, query), wanted)
                    page = keep(text, MEDIA[wanted.form])
                    shelf.put(tag, address, page)
        return page

    def _made(self, view: BaseView, route: Route, asked: tuple[str, Query], wanted: Wanted) -> str:
        key, query = asked
        check = partial(self.check, view)
        ask = Ask(view, Links(route.at(key)), key, query, self.editable, check=check)
        text = publish(route, ask, wanted)
        if text is None:
            raise HTTPException(404)
        return text


def _query(request: Request, route: Route) -> Query:
    """Give the controls of a page in an order of their own; other names change nothing."""
    try:
        found = parse_qs(request.url.query, max_num_fields=MOST_CONTROLS)
        return {name: found[name] for name in route.controls if name in found}
    except ValueError as error:
        raise UsageError(f"the address holds more than {MOST_CONTROLS} controls") from error


def register(app: FastAPI, desk: Desk) -> None:
    """Add the routes of all pages; whole names go before patterns."""
    for name in ASSETS:
        _add_asset(app, name)
    for route in sorted(ROUTES, key=lambda route: (route.keys is not None, route.path == "/")):
        _add(app, desk, route)


def _add(app: FastAPI, desk: Desk, route: Route) -> None:
    base = f"{route.path}/{{key}}" if route.keys else route.path
    file = "/index" if base == "/" else base
    inner = base.rstrip("/")
    forms: list[tuple[str, Form]] = [(f"{file}.json", "json"), (f"{file}.csv", "csv")]
    if route.keys or route.path not in _WITH_KEYS:
        forms += [(f"{inner}/{{name}}.csv", "csv"), (f"{inner}/{{name}}.json", "json")]
        forms += [(f"{inner}/{{name}}.svg", "svg")]
    forms += [(base, "html")]
    for path, form in forms:
        _add_form(app, desk, route, (path, form))


def _add_form(app: FastAPI, desk: Desk, route: Route, told: tuple[str, Form]) -> None:
    path, form = told

    def answer(request: Request) -> Response:
        return desk.answer(route, request, Wanted(form, request.path_params.get("name")))

    app.add_api_route(
        path,
        answer,
        name=f"{route.name} {form}{' named' if '{name}' in path else ''}",
        summary=route.summary,
        response_class=Response,
        responses={200: {"content": {MEDIA[form].split(";")[0]: {}}}},
        openapi_extra={"parameters": _parameters(path, route)},
    )


def _parameters(path: str, route: Route) -> list[dict[str, object]]:
    """Describe what an address may hold: keys and names in its path, controls in its query."""
    words = {"schema": {"type": "string"}}
    inside = [name for name in ("key", "name") if f"{{{name}}}" in path]
    told: list[dict[str, object]] = [
        {"name": name, "in": "path", "required": True, **words} for name in inside
    ]
    many = {"schema": {"type": "array", "items": {"type": "string"}}}
    return told + [{"name": name, "in": "query", **many} for name in route.controls]


def _add_asset(app: FastAPI, name: str) -> None:
    data, media = asset(name), MEDIA[name.rsplit(".", 1)[1]]

    def give() -> Response:
        return Response(data, media_type=media, headers={"Cache-Control": "no-cache"})

    app.add_api_route(f"/static/{name}", give, name=name, include_in_schema=False)

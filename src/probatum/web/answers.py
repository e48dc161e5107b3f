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
from probatum.web.shelf import PageShelf

MOST_CONTROLS = 500
Check = Callable[[BaseView, str], Sequence[Verdict]]
# Below these a name is the key of a thing, so that their lists have only one table.
_WITH_KEYS = frozenset(route.path for route in ROUTES if route.keys)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every reading route needs: the current build, the look, whether decisions are taken."""

    open_view: Callable[[], BaseView]
    look: str
    editable: bool
    check: Check
    shelf: PageShelf = field(default_factory=PageShelf)
    making: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, route: Route, request: Request, wanted: Wanted) -> Response:
        """Answer a request with a page in the form wanted, or with 304 or 404."""
        view = self.open_view()
        if route.fresh:
            told = self._made(view, route, request, wanted)
            return Response(
                told, media_type=MEDIA[wanted.form], headers={"Cache-Control": "no-cache"}
            )
        tag = f'"{view.build_id}-{self.look}{"e" if self.editable else ""}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        query = _query(request, route)
        address = f"{request.url.path}?{urlencode(query, doseq=True)}"
        text = self.shelf.get(tag, address)
        if text is None:
            # One at a time: pages are made by one core anyway, and readers who want the same page
            # after a new build must not each make it.
            with self.making:
                text = self.shelf.get(tag, address) or self._made(view, route, request, wanted)
                self.shelf.put(tag, address, text)
        return Response(text, media_type=MEDIA[wanted.form], headers=headers)

    def _made(self, view: BaseView, route: Route, request: Request, wanted: Wanted) -> str:
        key = key_of(request.path_params.get("key", ""))
        check = partial(self.check, view)
        ask = Ask(
            view, Links(route.at(key)), key, _query(request, route), self.editable, check=check
        )
        text = publish(route, ask, wanted)
        if text is None:
            raise HTTPException(404)
        return text


def _query(request: Request, route: Route) -> dict[str, Sequence[str]]:
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

"""The one form that takes a long text: it is held against the base, and nothing is written.

A text of a leaflet does not fit an address, so /check also takes POST (docs/decisions/0015).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse

from probatum.atlas.links import Links
from probatum.atlas.page import LONGEST_TEXT, Ask
from probatum.atlas.pages.check import LONGEST_ADDRESS
from probatum.atlas.publish import MEDIA, Wanted, publish
from probatum.atlas.publish import Form as PageForm
from probatum.atlas.routes import ROUTES
from probatum.errors import BusyError, RefusedError
from probatum.web.answers import Desk
from probatum.web.door import own_origin

PATH = "/check"
AT_ONCE = 2
Text = Annotated[str, Form(max_length=LONGEST_TEXT + 20_000)]


def register(app: FastAPI, desk: Desk) -> None:
    """Add the routes that take a text in a body."""
    turns = threading.BoundedSemaphore(AT_ONCE)

    @app.post(PATH, summary="A text, sentence by sentence", response_class=Response)
    def page(request: Request, text: Text) -> Response:
        _admit(request)
        address = urlencode({"text": text})
        # A server may refuse an address of more than 8,000 bytes.
        if len(text) <= LONGEST_ADDRESS and len(address) <= 3 * LONGEST_ADDRESS:
            return RedirectResponse(f"{PATH}?{address}#verdicts", 303)
        with _turn(turns):
            return _answer(desk, text, "html")

    @app.post(f"{PATH}.json", summary="A text, sentence by sentence", response_class=Response)
    def data(request: Request, text: Text) -> Response:
        _admit(request)
        with _turn(turns):
            return _answer(desk, text, "json")

    @app.post(f"{PATH}.csv", summary="A text, sentence by sentence", response_class=Response)
    def table(request: Request, text: Text) -> Response:
        _admit(request)
        with _turn(turns):
            return _answer(desk, text, "csv")


def _admit(request: Request) -> None:
    """Refuse a form of another page, which could keep this machine busy."""
    if own_origin(request.headers) is False:
        raise RefusedError("the form was sent from another page; send it from this atlas")


@contextmanager
def _turn(turns: threading.BoundedSemaphore) -> Iterator[None]:
    """Hold one of the few turns: a long text takes seconds of a core."""
    if not turns.acquire(timeout=10):
        raise BusyError("other texts are being checked; try again in a moment")
    try:
        yield
    finally:
        turns.release()


def _answer(desk: Desk, text: str, form: PageForm) -> Response:
    view = desk.open_view()
    check = partial(desk.check, view)
    ask = Ask(view, Links(PATH), editable=desk.editable, sent=text, check=check)
    route = next(route for route in ROUTES if route.path == PATH)
    told = publish(route, ask, Wanted(form)) or ""
    return Response(told, media_type=MEDIA[form], headers={"Cache-Control": "no-store"})

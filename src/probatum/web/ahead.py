"""Pages made before anyone asks: after the start, and after every new build."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from threading import Thread

from probatum.atlas.publish import Wanted
from probatum.atlas.routes import ROUTES, Route
from probatum.errors import ProbatumError
from probatum.model.view import BaseView
from probatum.web.answers import Desk

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0  # between two looks whether there is a new build; a look costs a stat
_TURN_SECONDS = 0.002  # between two pages, for readers who wait
_ROUTES = ("overview", "question")


def start(desk: Desk) -> None:
    """Make pages ahead in a thread that ends with the process."""
    Thread(target=_watch, args=(desk,), daemon=True).start()


def _watch(desk: Desk) -> None:
    made = ""
    while True:
        try:
            view = desk.open_view()
            if view.build_id != made:
                made = view.build_id
                make_ahead(desk, view)
        except ProbatumError:
            pass  # who asks for a page is told
        except Exception:
            _LOG.exception("pages could not be made ahead")
        time.sleep(_LOOK_SECONDS)


def make_ahead(desk: Desk, view: BaseView) -> None:
    """Make the overview and the page of every question, as long as there is room for them."""
    for route, key in _pages(view):
        if desk.shelf.half_full:
            return
        desk.page(view, route, (f"{route.at(key)}?", key, {}), Wanted())
        time.sleep(_TURN_SECONDS)


def _pages(view: BaseView) -> Iterator[tuple[Route, str]]:
    for name in _ROUTES:
        route = next(route for route in ROUTES if route.name == name)
        for key in route.keys(view) if route.keys else ("",):
            yield route, key

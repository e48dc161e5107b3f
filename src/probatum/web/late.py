"""An application that is loaded after the server has opened, when nobody waits for a page."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
_QUIET = 2.0  # seconds without a request after which nobody is taken to wait


class Late:
    """Stands for an application until it is needed: half of a start is loading what makes pages.

    It is made once, by the first request that needs it or, after :meth:`begin`, as soon as no
    request has come for a moment.
    """

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._app: ASGIApp | None = None
        self._lock = threading.Lock()
        self._last = time.monotonic()

    def begin(self) -> None:
        """Make it in a thread that ends with the process, when it is quiet."""
        threading.Thread(target=self._wait, daemon=True).start()

    def asked(self) -> None:
        """Take note that somebody is being answered now."""
        self._last = time.monotonic()

    def _wait(self) -> None:
        while self._app is None and time.monotonic() - self._last < _QUIET:
            time.sleep(_QUIET / 3)
        try:
            self.get()
        except Exception:  # who asks for a page is told
            _LOG.exception("the application could not be loaded")

    def get(self) -> ASGIApp:
        """Give the application, made now if it was not yet."""
        with self._lock:
            app = self._app = self._app or self._make()
            return app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        app = self._app
        if app is None:
            app = await asyncio.to_thread(self.get)
        await app(scope, receive, send)

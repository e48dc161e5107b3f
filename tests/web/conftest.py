"""The invented base for the server, and a client that asks an application without a network."""

from __future__ import annotations

import asyncio
import runpy
from pathlib import Path

import httpx
import pytest

INVENTED = runpy.run_path(str(Path(__file__).parent.parent / "atlas" / "invented.py"))


@pytest.fixture(scope="session")
def view():
    """A base in memory about an invented remedy."""
    return INVENTED["InventedBase"]()


class Client:
    """Asks an ASGI application; each request runs its own event loop."""

    def __init__(self, app, base_url="http://localhost:8000"):
        self._app, self._base = app, base_url

    def request(self, method, path, **more):
        """Send one request and give the answer."""

        async def ask():
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=self._base) as client:
                return await client.request(method, path, **more)

        return asyncio.run(ask())

    def get(self, path, **more):
        """Ask for a page."""
        return self.request("GET", path, **more)

    def post(self, path, **more):
        """Send a form."""
        return self.request("POST", path, **more)


@pytest.fixture(scope="session")
def client_of():
    """Makes a client of an application."""
    return Client

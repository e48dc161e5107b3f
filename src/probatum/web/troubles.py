"""What a reader sees when something is wrong: what happened and what to do, as page or JSON."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

from probatum.atlas import render
from probatum.atlas.links import Links
from probatum.errors import BusyError, ProbatumError, RefusedError, StorageError

ADVICE: dict[int, tuple[str, str, list[str]]] = {
    400: ("That address cannot be answered", "", ["Change the part of the address that is named"]),
    403: ("Not permitted", "", ["Go back, and try again from this atlas"]),
    404: (
        "There is no such page",
        "The address names nothing in this build of the base.",
        [
            "Check the address",
            "Search for the title",
            "The thing may be gone since the last build",
        ],
    ),
    405: (
        "This page is only for reading",
        "The address does not take that kind of request.",
        ["Serve the base with --allow-edit to record decisions"],
    ),
    500: (
        "Something went wrong here",
        "The fault is ours, not yours; the terminal that serves the atlas says more.",
        ["Try again", "Run probatum doctor on the base"],
    ),
    503: ("Not now", "", ["Wait a moment and try again"]),
}


def register(app: FastAPI) -> None:
    """Let every kind of trouble end in a clean page."""

    def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return told(request, status if status in ADVICE else 400)

    def ours(request: Request, error: Exception) -> Response:
        return told(request, _status(error), str(error))

    def form(request: Request, error: Exception) -> Response:
        return told(request, 400, "A field of the form is missing or too long.")

    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(ProbatumError, ours)
    app.add_exception_handler(RequestValidationError, form)


def _status(error: Exception) -> int:
    if isinstance(error, RefusedError):
        return 403
    return 503 if isinstance(error, BusyError | StorageError) else 400


def told(request: Request, status: int, reason: str = "") -> Response:
    """Say what went wrong: JSON where JSON was asked for, else a page."""
    title, usual, remedy = ADVICE[status]
    words = reason or usual
    if request.url.path.endswith(".json"):
        return JSONResponse({"error": title, "reason": words, "remedy": remedy}, status)
    return HTMLResponse(render.notice(title, words, remedy, Links().to), status)

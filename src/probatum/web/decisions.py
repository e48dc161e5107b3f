"""The routes that write, behind the door: a decision becomes a line in judgements/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import RedirectResponse

from probatum.errors import UsageError
from probatum.model.view import BaseView
from probatum.web.door import EditDoor, admit

LONGEST = 2000
Words = Annotated[str, Form(max_length=LONGEST)]


def register(app: FastAPI, open_view: Callable[[], BaseView], edit: EditDoor) -> None:
    """Add the writing routes."""

    @app.post("/duplicates/decisions", summary="Decide about a pair of documents")
    def decide(  # noqa: PLR0913, one parameter a field of the form
        request: Request,
        left: Words,
        right: Words,
        verdict: Words,
        who: Words,
        why: Words,
        token: Words = "",
    ) -> RedirectResponse:
        admit(edit, request.headers, token)
        known = {(pair.left, pair.right) for pair in open_view().duplicates()}
        if (left, right) not in known:
            raise UsageError("no such pair of documents in this build; open the list again")
        signed = {"who": who, "when": edit.now(), "why": why}
        decision = {"left": left, "right": right, "verdict": verdict, **signed}
        edit.decide("duplicates", decision)
        return RedirectResponse("/duplicates?done=1", status_code=303)

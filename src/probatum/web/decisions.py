"""The routes that write, behind the door: a decision becomes a line in judgements/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from probatum.errors import UsageError
from probatum.model.view import BaseView
from probatum.web.door import EditDoor, admit

LONGEST = 2000
Words = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class PairDecision(BaseModel):
    """The form below a pair of documents; the token may come as a header instead."""

    left: Words
    right: Words
    verdict: Words
    who: Words
    why: Words
    token: str = ""


def register(app: FastAPI, open_view: Callable[[], BaseView], edit: EditDoor) -> None:
    """Add the writing routes."""

    @app.post("/duplicates/decisions", summary="Decide about a pair of documents")
    def decide(request: Request, sent: Annotated[PairDecision, Form()]) -> RedirectResponse:
        admit(edit, request.headers, sent.token)
        known = {(pair.left, pair.right) for pair in open_view().duplicates()}
        if (sent.left, sent.right) not in known:
            raise UsageError("no such pair of documents in this build; open the list again")
        decision = sent.model_dump(exclude={"token"}) | {"when": edit.now()}
        edit.decide("duplicates", decision)
        return RedirectResponse("/duplicates?done=1", status_code=303)

"""The routes that write, behind the door: a decision becomes a line in judgements/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import FastAPI, Form, Request
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from probatum.errors import UsageError
from probatum.flow.added import decision
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


class FlagDecision(BaseModel):
    """The form beside a flag."""

    document: Words
    flag: Words
    state: Words
    who: Words
    why: Words
    token: str = ""


class BiasDecision(BaseModel):
    """The form below the signals of a study."""

    study: Words
    domain: Words
    judgement: Words
    who: Words
    why: Words
    token: str = ""


class ResultDecision(BaseModel):
    """The form below a proposed result; ``values`` counts where it is corrected."""

    document: Words
    result: Words
    verdict: Literal["accepted", "corrected", "rejected"]
    values: str = Field("", max_length=LONGEST)
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

    @app.post("/documents/decisions", summary="Accept, reject or defer a flag")
    def decide_flag(request: Request, sent: Annotated[FlagDecision, Form()]) -> RedirectResponse:
        admit(edit, request.headers, sent.token)
        appraisal = open_view().appraisal(sent.document)
        if sent.flag not in {flag.id for flag in (appraisal.flags if appraisal else ())}:
            raise UsageError("no such flag of this document in this build; open the page again")
        decision = sent.model_dump(exclude={"token", "document"}) | {"when": edit.now()}
        edit.decide("flags", decision)
        return RedirectResponse(f"/documents/{sent.document}?done=1", status_code=303)

    @app.post("/bias/decisions", summary="Judge the bias of a study in one domain")
    def decide_bias(request: Request, sent: Annotated[BiasDecision, Form()]) -> RedirectResponse:
        admit(edit, request.headers, sent.token)
        edit.decide("rob", sent.model_dump(exclude={"token"}) | {"when": edit.now()})
        return RedirectResponse("/bias?done=1", status_code=303)

    _register_results(app, open_view, edit)


def _register_results(app: FastAPI, open_view: Callable[[], BaseView], edit: EditDoor) -> None:
    @app.post("/results/decisions", summary="Accept, correct or reject a result")
    def decide_result(
        request: Request, sent: Annotated[ResultDecision, Form()]
    ) -> RedirectResponse:
        admit(edit, request.headers, sent.token)
        view = open_view()
        found = [p for p in view.proposals(sent.document) if p.id == sent.result]
        asked = [q for q in view.pack.questions if found and q.id == found[0].question]
        if not asked:
            raise UsageError("no such result of this document in this build; open the page again")
        signed = {"who": sent.who, "when": edit.now(), "why": sent.why}
        edit.decide("results", decision(found[0], asked[0], sent.verdict, signed, sent.values))
        return RedirectResponse(f"/results?document={sent.document}&done=1", status_code=303)

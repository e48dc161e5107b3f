"""The atlas served: the same pages as the static site, with the controls that need a server."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from importlib.metadata import version

from fastapi import FastAPI

from probatum.flow.digests import look_digest
from probatum.model.answer import Verdict
from probatum.model.view import BaseView
from probatum.web import answers, checking, decisions, troubles
from probatum.web.answers import Check
from probatum.web.door import EditDoor
from probatum.web.guard import Guard, allowed
from probatum.web.kept import Kept, KeptFirst

OpenView = Callable[[], BaseView]


def _check(view: BaseView, text: str) -> Sequence[Verdict]:
    from probatum.flow.check import check_text  # noqa: PLC0415, half a second before any page

    return check_text(view, text)


def create_app(
    open_view: OpenView,
    *,
    edit: EditDoor | None = None,
    allowed_hosts: Collection[str] = (),
    check: Check = _check,
) -> FastAPI:
    """Make the application; without ``edit`` no route of it writes anything.

    ``open_view`` gives the current build and must be cheap to call: a page is made of what one
    call gives, so that it speaks of one build also while another one is made. ``allowed_hosts``
    are the names besides the loopback ones under which it may be asked. ``check`` holds a text
    against a view for /check.
    """
    kept = Kept(lambda: open_view().build_id, look_digest(), editable=edit is not None)
    app = pages_app(open_view, kept, edit=edit, check=check)
    app.add_middleware(KeptFirst, kept=kept)
    app.add_middleware(Guard, allowed=allowed(allowed_hosts))
    return app


def pages_app(
    open_view: OpenView, kept: Kept, *, edit: EditDoor | None = None, check: Check = _check
) -> FastAPI:
    """Make the application without what stands before it: its guard and the pages at hand."""
    app = FastAPI(
        title="Probatum",
        summary="A living evidence base for a therapy, read-only unless it is served for editing.",
        version=version("probatum"),
        docs_url=None,
        redoc_url=None,
    )
    desk = answers.Desk(open_view, kept, check)
    checking.register(app, desk)
    answers.register(app, desk)
    if edit is not None:
        decisions.register(app, open_view, edit)
    troubles.register(app)
    return app

"""The atlas served: the same pages as the static site, with the controls that need a server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from importlib.metadata import version

from fastapi import FastAPI

from probatum.atlas.publish import appearance
from probatum.model.answer import Verdict
from probatum.model.view import BaseView
from probatum.web import ahead, answers, checking, decisions, troubles
from probatum.web.answers import Check
from probatum.web.door import EditDoor
from probatum.web.guard import LOOPBACK, Guard
from probatum.web.kept import KeptFirst

OpenView = Callable[[], BaseView]


def _check(view: BaseView, text: str) -> Sequence[Verdict]:
    from probatum.flow.check import check_text  # noqa: PLC0415, half a second before any page

    return check_text(view, text)


def create_app(
    open_view: OpenView,
    *,
    edit: EditDoor | None = None,
    allowed_hosts: Collection[str] = (),
    make_ahead: bool = False,
    check: Check = _check,
) -> FastAPI:
    """Make the application; without ``edit`` no route of it writes anything.

    ``open_view`` gives the current build and must be cheap to call: it is called once a request,
    so that a page speaks of one build also while another one is made. ``allowed_hosts`` are the
    names besides the loopback ones under which it may be asked. With ``make_ahead`` a thread
    makes the pages of questions before anyone asks. ``check`` holds a text against a view for
    /check.
    """
    app = FastAPI(
        title="Probatum",
        summary="A living evidence base for a therapy, read-only unless it is served for editing.",
        version=version("probatum"),
        docs_url=None,
        redoc_url=None,
    )
    look = hashlib.sha256(appearance() + app.version.encode()).hexdigest()[:12]
    desk = answers.Desk(open_view, look, editable=edit is not None, check=check)
    checking.register(app, desk)
    answers.register(app, desk)
    if edit is not None:
        decisions.register(app, open_view, edit)
    troubles.register(app)
    app.add_middleware(KeptFirst, desk=desk)
    allowed = LOOPBACK | {host.lower() for host in allowed_hosts}
    app.add_middleware(Guard, allowed=allowed, larger=checking.LARGEST)
    if make_ahead:
        ahead.start(desk)
    return app

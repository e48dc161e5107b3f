"""Serving a base on this machine."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Collection
from functools import partial

import uvicorn
from starlette.types import ASGIApp

from probatum.errors import ProbatumError, UsageError
from probatum.flow.base import Base
from probatum.flow.digests import look_digest
from probatum.web.door import EditDoor
from probatum.web.guard import LOOPBACK, Guard, allowed
from probatum.web.kept import Kept, KeptFirst
from probatum.web.late import Late

Say = Callable[[str], None]


def serve_base(
    base: Base,
    *,
    host: str,
    port: int,
    allow_edit: bool,
    say: Say,
    names: Collection[str] = (),
) -> None:
    """Serve the atlas of a base until it is interrupted; port 0 takes any free one.

    ``names`` are further host names under which browsers may ask for it.

    With ``allow_edit`` the write door is open, and its token is said once. Raises UsageError when
    the port is in use, the address is not one of this machine, or the base is not built.
    """
    listening = _listen(host, port)
    try:
        base.standing()
    except ProbatumError:
        listening.close()
        raise
    app = _app(base, _door(base, say) if allow_edit else None, (host, *names))
    name = f"[{host}]" if ":" in host else host
    say(f"the atlas is at http://{name}:{listening.getsockname()[1]}/ (Ctrl+C ends it)")
    if host.lower() not in LOOPBACK:
        say("everyone who reaches this address can read the atlas; it has no password")
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, access_log=False, lifespan="off"
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def _app(base: Base, edit: EditDoor | None, names: Collection[str]) -> ASGIApp:
    """Put together what opens at once, and what is loaded when it is quiet."""
    editable = edit is not None
    ready = base.ready_page
    kept = Kept(lambda: base.standing().build_id, look_digest(), editable, ready)

    def make() -> ASGIApp:
        from probatum.web.app import pages_app  # noqa: PLC0415, as long as all else here

        app = pages_app(base.view, kept, edit=edit)
        base.view().answers()
        return app

    late = Late(make)
    late.begin()
    return Guard(KeptFirst(late, kept, late.asked), allowed(names))


def _door(base: Base, say: Say) -> EditDoor:
    from probatum.flow import judgements  # noqa: PLC0415, only where decisions are taken

    token = secrets.token_urlsafe(24)
    say(f"editing is on; the token, said only once: {token}")
    return EditDoor(token, partial(judgements.append, base.folder))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named: without that, every
    # small page waits 40 ms for the reader's acknowledgement of its headers.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # Two sockets may be bound to one port until one of them listens.
        listening.listen(128)
    except OSError as error:
        listening.close()
        reason = error.strerror or "it cannot be bound"
        raise UsageError(f"{host}:{port}: {reason}; choose another --port or --host") from error
    return listening

"""The write door: the only way in which a reader's browser changes anything.

It exists only when the base is served with ``--allow-edit``. A decision must carry the token
(header ``X-Probatum-Token`` or form field, never in an address) and come from our own pages.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from probatum.errors import RefusedError

TOKEN_HEADER = "X-Probatum-Token"  # noqa: S105, the name of a header


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class EditDoor:
    """What writing needs: the token, and where a decision goes.

    ``decide`` takes the kind of decision ("duplicates") and its fields, among them who, when and
    why, and appends a line under a lock. ``now`` gives the time as ISO 8601.
    """

    token: str = field(repr=False)
    decide: Callable[[str, Mapping[str, str]], None]
    now: Callable[[], str] = _now


def admit(door: EditDoor, headers: Headers, form_token: str | None) -> None:
    """Let a request through the door or raise RefusedError with what to do."""
    sent = headers.get(TOKEN_HEADER)
    given = sent if sent is not None else (form_token or "")
    if not secrets.compare_digest(given.encode(), door.token.encode()):
        raise RefusedError("the token is not right; it was printed when the server started")
    own = own_origin(headers)
    if own is False or (own is None and sent is None):
        raise RefusedError("the form was sent from another page; send it from this atlas")


def own_origin(headers: Headers) -> bool | None:
    """Tell whether a request comes from our own pages; None when it does not say.

    Origin and Sec-Fetch-Site cannot be set by a script of another page. Who says neither is no
    browser; such a client must send the token as a header, which no foreign form can.
    """
    site, origin, referrer = (headers.get(n) for n in ("sec-fetch-site", "origin", "referer"))
    if site is not None and site != "same-origin":
        return False
    source = origin if origin is not None else referrer
    if source is None:
        return None if site is None else True
    return urlsplit(source).netloc == headers.get("host") and source != "null"

"""Stored answers of services: recorded on the way, or given again without any network."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from probatum.engine.storage import plain_errors, write_atomic
from probatum.engine.transport import Answer, Request, Transport
from probatum.errors import UnreachableError

_NOT_KEPT = {"set-cookie"}


def _place(folder: Path, request: Request) -> Path:
    """Give the file of a request: keys and addresses play no part in its name."""
    mark = hashlib.sha256(request.url.encode() + b"\n" + (request.body or b"")).hexdigest()
    return folder / f"{mark[:32]}.json"


@dataclass(frozen=True, slots=True)
class RecordingTransport:
    """Sends requests on and keeps the good answers, the last one to each request."""

    inner: Transport
    folder: Path

    def send(self, request: Request) -> Answer:
        """Send a request and keep the answer."""
        answer = self.inner.send(request)
        if answer.status == 200:
            kept = {k: v for k, v in sorted(answer.headers.items()) if k not in _NOT_KEPT}
            body = base64.b64encode(answer.body).decode()
            content = {"url": request.url, "headers": kept, "body": body}
            write_atomic(_place(self.folder, request), json.dumps(content, indent=1).encode())
        return answer


@dataclass(frozen=True, slots=True)
class ReplayTransport:
    """Gives stored answers; one that is not there is as a service that does not answer."""

    folder: Path

    def send(self, request: Request) -> Answer:
        """Give the stored answer to a request."""
        path = _place(self.folder, request)
        if not path.is_file():
            raise UnreachableError(f"{self.folder} holds no answer to {request.url}")
        with plain_errors(path):
            content = json.loads(path.read_bytes())
        return Answer(200, content["headers"], base64.b64decode(content["body"]))

"""Serving: a port in use is told in one line, the token is said once."""

from __future__ import annotations

import socket

import pytest

from probatum.errors import UsageError
from probatum.web.server import serve_base


class Unasked:
    """A base that is never opened."""

    def view(self):
        raise AssertionError


def test_a_port_in_use_is_told_with_what_to_do():
    said = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="choose another --port"):
            serve_base(Unasked(), host="127.0.0.1", port=port, allow_edit=False, say=said.append)
    assert said == []


def test_no_token_is_said_for_a_port_in_use():
    said = []
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="choose another --port"):
            serve_base(Unasked(), host="127.0.0.1", port=port, allow_edit=True, say=said.append)
    assert said == []


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(UsageError, match="--host"):
        serve_base(Unasked(), host="192.0.2.1", port=0, allow_edit=False, say=print)

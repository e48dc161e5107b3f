"""Kept pages: the same bytes packed or not, of the current build only, made ahead of readers."""

from __future__ import annotations

import gzip
import time

import pytest
from starlette.responses import PlainTextResponse

from probatum.errors import UsageError
from probatum.web.app import create_app
from probatum.web.guard import LOOPBACK, Guard
from probatum.web.kept import Kept, KeptFirst
from probatum.web.late import Late

QUESTION = "/questions/unrest-score-short"


def test_a_page_comes_packed_to_who_takes_it_and_plain_to_who_does_not(view, client_of):
    client = client_of(create_app(lambda: view))
    for _ in range(2):  # made, then kept
        packed = client.get("/", headers={"Accept-Encoding": "gzip"})
        plain = client.get("/", headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3
        assert packed.headers["etag"] == plain.headers["etag"]
        assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"


def test_a_kept_page_has_the_headers_of_safety_and_answers_head_and_tags(view, client_of):
    client = client_of(create_app(lambda: view))
    first, second = client.get(QUESTION), client.get(QUESTION)
    assert first.content == second.content
    assert dict(first.headers) == dict(second.headers)
    head = client.request("HEAD", QUESTION)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == second.headers["content-length"]
    again = client.get(QUESTION, headers={"If-None-Match": second.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(QUESTION, headers={"Host": "elsewhere.example"}).status_code == 421


def test_a_new_build_is_seen_at_once(view, client_of):
    one, other = type(view)(), type(view)()
    other.build_id, other.title = "another", "Told anew"
    current = [one]
    client = client_of(create_app(lambda: current[0]))
    before = [client.get("/").text for _ in range(2)]
    current[0] = other
    after = [client.get("/") for _ in range(2)]
    assert before[0] == before[1]
    assert all("Told anew" in answer.text for answer in after)
    assert "Told anew" not in before[0]


def ready(view, pages, *, editable=False):
    """What is kept of a view, with pages that were made at its build."""
    asked = []

    def get(address):
        asked.append(address)
        return pages.get(address)

    return Kept(lambda: view.build_id, "look", editable, get), asked


def served(view, kept):
    """An application that must not be asked behind the pages at hand."""

    async def never(scope, receive, send):
        raise AssertionError(scope["path"])

    return Guard(KeptFirst(never, kept), LOOPBACK)


def test_a_page_made_at_the_build_goes_out_before_the_application_is_loaded(view, client_of):
    kept, asked = ready(view, {"/": gzip.compress(b"made", mtime=0)})
    client = client_of(served(view, kept))
    packed, plain = (
        client.get("/", headers={"Accept-Encoding": accepted}) for accepted in ("gzip", "identity")
    )
    assert packed.content == plain.content == b"made"
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in plain.headers["content-security-policy"]
    tag = plain.headers["etag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304
    assert asked == ["/"]


@pytest.mark.parametrize(
    ("address", "editable"),
    [("/?since=2000", False), ("/questions/none", False), ("/", True)],
    ids=["with a filter", "not made", "with forms to fill in"],
)
def test_only_the_plain_page_is_made_at_the_build(view, client_of, address, editable):
    kept, _ = ready(view, {"/": gzip.compress(b"made", mtime=0)}, editable=editable)
    assert client_of(served(view, kept)).get(address).status_code == 500


def test_an_application_is_loaded_once_when_it_is_needed_or_when_it_is_quiet(client_of):
    made = []

    async def told(scope, receive, send):
        await PlainTextResponse("told")(scope, receive, send)

    late = Late(lambda: made.append(1) or told)
    assert made == []
    client = client_of(late)
    assert [client.get("/").text for _ in range(2)] == ["told", "told"]
    quiet = Late(lambda: made.append(2) or told)
    quiet.begin()
    deadline = time.monotonic() + 20
    while 2 not in made and time.monotonic() < deadline:
        time.sleep(0.01)
    assert (client_of(quiet).get("/").text, made) == ("told", [1, 2])


def test_a_base_that_cannot_be_opened_is_told(client_of):
    def closed():
        raise UsageError("the base has not been built; run 'probatum build' in it")

    answer = client_of(create_app(closed)).get("/")
    assert answer.status_code == 400
    assert "probatum build" in answer.text


@pytest.mark.parametrize("packed", [b"", gzip.compress(b"x", mtime=0)], ids=["empty", "packed"])
def test_what_is_sent_with_a_request_changes_no_kept_page(view, client_of, packed):
    client = client_of(create_app(lambda: view))
    client.get("/")
    assert client.request("GET", "/", content=packed).status_code == 200

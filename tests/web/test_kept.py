"""Kept pages: the same bytes packed or not, of the current build only, made ahead of readers."""

from __future__ import annotations

import gzip
import time

import pytest

from probatum.errors import UsageError
from probatum.web import ahead
from probatum.web.answers import Desk
from probatum.web.app import create_app
from probatum.web.shelf import PageShelf, keep

QUESTION = "/questions/unrest-score-short"


def counted(view):
    """The base in memory, and a list that grows with every page of it that is made."""
    made = []

    class Counted(type(view)):
        @property
        def title(self):
            made.append(1)
            return "A remedy"

        @title.setter
        def title(self, value):
            pass

    return Counted(), made


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


def test_pages_made_ahead_are_not_made_again(view, client_of):
    current, made = counted(view)
    app = create_app(lambda: current, make_ahead=True)
    deadline = time.monotonic() + 20
    while len(made) < 1 + len(current.answers()) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.05)
    before = len(made)
    client = client_of(app)
    for answer in current.answers():
        assert client.get(f"/questions/{answer.question.id}").status_code == 200
    assert client.get("/").status_code == 200
    assert len(made) == before


def test_nothing_is_made_ahead_when_it_would_push_out_what_readers_asked_for(view):
    current, made = counted(view)
    shelf = PageShelf(largest=30)
    shelf.put("build", "/", keep("x", "text/plain"))
    assert shelf.half_full
    desk = Desk(lambda: current, "look", editable=False, check=lambda *_: (), shelf=shelf)
    ahead.make_ahead(desk, current)
    assert made == []


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

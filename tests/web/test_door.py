"""The write door: token, origin, size, and two writers at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from probatum.errors import UsageError
from probatum.flow import judgements
from probatum.flow.folder import BaseFolder
from probatum.web.app import create_app
from probatum.web.door import EditDoor

TOKEN = "a-token-that-is-long-enough"  # noqa: S105, of a test
PATH = "/duplicates/decisions"
OURS = {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}
FORM = {
    "left": "00aa00aa00aa00aa",
    "right": "11bb11bb11bb11bb",
    "verdict": "different",
    "who": "Ida",
    "why": "two trials",
}


@pytest.fixture
def taken():
    return []


@pytest.fixture
def client(view, taken, client_of):
    def decide(kind, fields):
        if fields["verdict"] not in {"same", "related", "different"}:
            raise UsageError("verdict must be one of same, related, different")
        taken.append((kind, dict(fields)))

    door = EditDoor(TOKEN, decide, now=lambda: "2026-11-01T00:00:00+00:00")
    return client_of(create_app(lambda: view, edit=door))


def send(client, headers=OURS, **changed):
    return client.post(PATH, data={**FORM, "token": TOKEN, **changed}, headers=headers)


def test_a_decision_is_passed_on_signed_and_the_reader_sent_back(client, taken):
    answer = send(client)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/duplicates?done=1"
    assert taken == [("duplicates", {**FORM, "when": "2026-11-01T00:00:00+00:00"})]
    assert "Recorded" in client.get("/duplicates?done=1").text


def test_the_token_may_come_as_a_header_from_a_program(client, taken):
    answer = client.post(PATH, data=FORM, headers={"X-Probatum-Token": TOKEN})
    assert answer.status_code == 303
    assert len(taken) == 1


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "\u00e9"])
def test_without_the_token_nothing_is_written(client, taken, token):
    assert send(client, token=token).status_code == 403
    assert not taken


def test_a_token_in_the_address_does_not_count(client, taken):
    answer = client.post(f"{PATH}?token={TOKEN}", data=FORM, headers=OURS)
    assert answer.status_code == 403
    assert not taken


def test_a_wrong_header_is_not_mended_by_a_right_field(client):
    assert send(client, headers={**OURS, "X-Probatum-Token": "wrong"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8001"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": "http://evil.example/page"},
        {},
    ],
)
def test_a_form_of_another_page_is_refused_even_with_the_token(client, taken, headers):
    assert send(client, headers=headers).status_code == 403
    assert not taken


@pytest.mark.parametrize(
    "changed",
    [{"left": "zz"}, {"verdict": "maybe"}, {"why": ""}, {"who": "x" * 2001}],
)
def test_a_decision_that_makes_no_sense_is_a_400(client, taken, changed):
    assert send(client, **changed).status_code == 400
    assert not taken


def test_a_large_form_is_refused(client, taken):
    assert send(client, why="x" * 70_000).status_code == 413
    assert not taken


def test_a_large_form_that_hides_its_size_is_refused(client, taken):
    async def pieces():
        for _ in range(100):
            yield b"why=" + b"x" * 1000 + b"&"

    headers = {**OURS, "Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post(PATH, content=pieces(), headers=headers)
    assert answer.status_code == 413
    assert not taken


def test_the_door_does_not_print_its_token():
    assert TOKEN not in repr(EditDoor(TOKEN, lambda *_: None))


def test_two_writers_at_once_both_stand(tmp_path, view, client_of):
    (tmp_path / "probatum.toml").write_text('pack = "calmroot"\n', encoding="utf-8")
    folder = BaseFolder(tmp_path)
    folder.judgements.mkdir(exist_ok=True)
    start = threading.Barrier(8, timeout=60)
    door = EditDoor(TOKEN, partial(judgements.append, folder))

    def write(number):
        client = client_of(create_app(lambda: view, edit=door))
        start.wait()
        return send(client, why=f"reason {number}").status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(write, range(8))) == [303] * 8
    rows, problems = judgements.load(folder, "duplicates")
    assert sorted(row["why"] for row in rows) == [f"reason {i}" for i in range(8)]
    assert problems == []

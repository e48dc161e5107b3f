"""The form that takes a long text: bounded, from our own page, written nowhere."""

from __future__ import annotations

import pytest
from tests.growth import in_proportion

from probatum.web.app import create_app

LONG = "Calmroot lowers unrest. " * 200
OURS = {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def client(view, client_of):
    return client_of(create_app(lambda: view))


def send(client, text, path="/check", headers=OURS):
    return client.post(path, files={"text": (None, text)}, headers=headers)


def test_a_short_text_gets_an_address_that_can_be_kept(client):
    answer = send(client, "Calmroot lowers unrest.")
    assert answer.status_code == 303
    told = client.get(answer.headers["location"].partition("#")[0])
    assert told.status_code == 200
    assert "Sentence by sentence" in told.text
    told = client.get("/check.json?text=Calmroot+lowers+unrest.").json()
    assert [verdict["type"] for verdict in told] == ["verdict"]
    assert client.get("/check.csv?text=Calmroot+lowers+unrest.").text.count("\n") == 2


def test_a_long_text_is_answered_at_once_and_kept_nowhere(client):
    answer = send(client, LONG)
    assert answer.status_code == 200
    assert answer.text.count("<blockquote>") == 200
    assert answer.headers["cache-control"] == "no-store"
    assert len(send(client, LONG, "/check.json").json()) == 200
    table = send(client, LONG, "/check.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.count("\n") == 201
    assert client.post("/check.json", data={"text": LONG}, headers=OURS).status_code == 200


def test_a_program_needs_no_origin(client):
    assert send(client, LONG, "/check.json", headers={}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Referer": "http://evil.example/a"},
    ],
)
def test_a_form_of_another_page_is_refused(client, headers):
    assert send(client, LONG, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("text", "status"), [("x" * 250_000, 400), ("\u4e00" * 250_000, 413), ("x" * 700_000, 413)]
)
def test_too_long_a_text_is_refused(client, text, status):
    assert send(client, text).status_code == status


def test_without_a_field_of_text_it_is_a_bad_call(client):
    assert client.post("/check", data={"other": "x"}, headers=OURS).status_code == 400
    assert client.get("/check?text=" + "x" * 2001).status_code == 400


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>" * 7_000,
        "(" * 190_000,
        "calmroot " * 20_000,
        "a." * 90_000,
        "\x00\ufeff\u202e" * 60_000,
        "Calmroot lowers unrest " + "not " * 40_000,
        "1.2.3. e.g. " * 15_000,
        "0.05 (95% CI 1 to 2) " * 9_000,
    ],
    ids=range(8),
)
def test_hostile_texts_cost_in_proportion_and_run_nothing(client, text):
    def answered(share):
        answer = send(client, text[: share * len(text) // 4])
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text

    in_proportion(answered, 1)

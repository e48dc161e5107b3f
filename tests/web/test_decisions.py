"""Decisions about flags and about the bias of studies, through the write door."""

from __future__ import annotations

import pytest
from tests.atlas.invented import DOCUMENT_ID, PROPOSAL

from probatum.web.app import create_app
from probatum.web.door import EditDoor

TOKEN = "a-token-that-is-long-enough"  # noqa: S105, of a test
OURS = {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}
SIGNED = {"who": "Ida", "why": "read it"}
FLAG = {"document": DOCUMENT_ID, "flag": "f1", "state": "rejected", **SIGNED}
RESULT = {"document": DOCUMENT_ID, "result": PROPOSAL.id, "verdict": "accepted", **SIGNED}
BIAS = {"study": "Aster 2001", "domain": "randomisation", "judgement": "low", **SIGNED}


@pytest.fixture
def taken():
    return []


@pytest.fixture
def client(view, taken, client_of):
    door = EditDoor(TOKEN, lambda kind, fields: taken.append((kind, dict(fields))), lambda: "now")
    return client_of(create_app(lambda: view, edit=door))


def send(client, path, form, **changed):
    return client.post(path, data={**form, "token": TOKEN, **changed}, headers=OURS)


def test_a_flag_is_decided_and_the_reader_sent_back_to_its_document(client, taken):
    answer = send(client, "/documents/decisions", FLAG)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/documents/{DOCUMENT_ID}?done=1",
    )
    assert taken == [("flags", {"flag": "f1", "state": "rejected", **SIGNED, "when": "now"})]
    page = client.get(answer.headers["location"]).text
    assert "Recorded" in page
    assert 'action="/documents/decisions"' in page


def test_a_study_is_judged(client, taken):
    answer = send(client, "/bias/decisions", BIAS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/bias?done=1")
    assert taken == [("rob", {**BIAS, "when": "now"})]
    page = client.get("/bias?done=1").text
    assert "Recorded" in page


def test_a_result_is_corrected_and_keeps_its_place(client, taken):
    numbers = "n_exp=30; mean_exp=5; sd_exp=2; n_ctl=31; mean_ctl=6; sd_ctl=2"
    answer = send(client, "/results/decisions", RESULT, verdict="corrected", values=numbers)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/results?document={DOCUMENT_ID}&done=1",
    )
    ((kind, line),) = taken
    assert (kind, line["result"], line["values"]) == ("results", PROPOSAL.id, numbers)
    assert line["place"] == f"{DOCUMENT_ID}:{PROPOSAL.start}-{PROPOSAL.end}"
    assert "Recorded" in client.get(answer.headers["location"]).text


def test_a_result_with_impossible_numbers_is_refused(client, taken):
    wrong = "n_exp=30; mean_exp=5; sd_exp=0; n_ctl=31; mean_ctl=6; sd_ctl=2"
    for changed in (
        {"verdict": "corrected", "values": wrong},
        {"result": "none"},
        {"verdict": "maybe"},
    ):
        assert send(client, "/results/decisions", RESULT, **changed).status_code in {400, 422}
    assert send(client, "/results/decisions", RESULT, token="x").status_code == 403  # noqa: S106
    assert taken == []


def test_a_flag_that_is_not_there_and_a_wrong_token_are_refused(client, taken):
    assert send(client, "/documents/decisions", FLAG, flag="none").status_code == 400
    assert send(client, "/documents/decisions", FLAG, token="x").status_code == 403  # noqa: S106
    assert send(client, "/bias/decisions", BIAS, token="x").status_code == 403  # noqa: S106
    assert taken == []


def test_without_the_door_nothing_can_be_decided(view, client_of):
    client = client_of(create_app(lambda: view))
    assert client.post("/bias/decisions", data=BIAS, headers=OURS).status_code in {404, 405}
    page = client.get(f"/documents/{DOCUMENT_ID}").text
    assert "/documents/decisions" not in page
    assert "RoB 2" in page

"""The optional language model on loopback: one that reads, lies, breaks off and times out."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.claims.gate import gated
from probatum.claims.passages import passages
from probatum.claims.words import compiled
from probatum.documents.read import collect
from probatum.engine.transport import HttpTransport
from probatum.errors import UsageError
from probatum.flow.languagemodel import Endpoint, Reader, endpoint, read_with_model
from probatum.model.claim import Claim
from probatum.model.pack import Term, Vocabulary

WORDS = Vocabulary(
    drugs=(Term("x", "drug X"),), outcomes=(Term("sleep", "sleep"),), harms=(Term("n", "nausea"),)
)
TEXT = (b"Drug X was given twice.\n\nDrug X improved sleep in 30 people.\n\n"
        b"Drug X and nausea: 4 of 30.")  # fmt: skip
DOCUMENT = collect(TEXT, "invented.txt").documents[0]
GOOD = {"sentence": 3, "quote": "Drug X and nausea", "intervention": "Drug X",
        "outcome": "nausea", "direction": "causes"}  # fmt: skip


class _Model(BaseHTTPRequestHandler):
    said = ""
    waits = 0.0
    status = 200
    asked: list[bytes] = []  # noqa: RUF012, one server a test

    def do_POST(self) -> None:
        type(self).asked.append(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.waits)
        body = self.said.encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def model() -> Iterator[tuple[type[_Model], str]]:
    class Model(_Model):
        asked: list[bytes] = []  # noqa: RUF012

    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Model, f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def _reader(url: str, cache: Path, seconds: float = 5.0) -> Reader:
    return Reader(
        Endpoint(url, "small", "secret"), HttpTransport("t", read_seconds=seconds), cache
    )


def _says(*rows: object) -> str:
    return json.dumps({"choices": [{"message": {"content": json.dumps({"claims": rows})}}]})


def test_a_claim_that_no_rule_read_comes_in_with_its_method_and_place(model, tmp_path) -> None:
    served, url = model
    served.said = _says(GOOD)
    found = read_with_model(DOCUMENT, WORDS, _reader(url, tmp_path))
    (claim,) = found.claims
    assert (claim.method, claim.intervention, claim.outcome) == ("llm", "x", "n")
    assert DOCUMENT.text[claim.start : claim.end] == claim.quote == "Drug X and nausea: 4 of 30."
    again = read_with_model(DOCUMENT, WORDS, _reader(url, tmp_path))
    assert (again, len(served.asked)) == (found, 1)
    assert b"secret" not in served.asked[0]


def test_a_rule_is_never_overwritten_and_a_disagreement_goes_to_a_person(model, tmp_path) -> None:
    served, url = model
    row = {"sentence": 2, "quote": "Drug X improved sleep", "intervention": "Drug X",
           "outcome": "sleep", "direction": "worsens"}  # fmt: skip
    served.said = _says(row)
    found = read_with_model(DOCUMENT, WORDS, _reader(url, tmp_path))
    assert not found.claims
    (one,) = found.disagreements
    assert (one.rule.direction, one.rule.method) == ("improves", "rule")
    assert (one.model.direction, one.model.method) == ("worsens", "llm")


LIES = (
    ({"quote": "Drug X causes nausea"}, "the quote is not in the sentence, word for word"),
    ({"sentence": 9}, "no such sentence"),
    ({"sentence": True}, "no such sentence"),
    ({"outcome": "vomiting"}, "outcome is not in the quote"),
    ({"dose": "5 mg"}, "dose is not in the quote"),
    ({"effect": 0.7}, "the number 0.7 is not in the quote"),
    ({"direction": "cures"}, "no such direction"),
    ({"intervention": None}, "no intervention, or nothing that it acts on"),
    ({"intervention": ["Drug X"]}, "intervention is not text"),
    ({"outcome": "and"}, "outcome is no term of the vocabulary"),
)


@pytest.mark.parametrize(("change", "reason"), LIES)
def test_what_the_sentence_does_not_say_is_turned_away(change, reason, model, tmp_path) -> None:
    served, url = model
    served.said = _says(GOOD | change)
    found = read_with_model(DOCUMENT, WORDS, _reader(url, tmp_path))
    assert (found.claims, [r.reason for r in found.rejected]) == ((), [reason])


@pytest.mark.parametrize(
    ("said", "status", "reason"),
    [
        ("{", 200, "not in the form"),
        (json.dumps({"choices": [{"message": {"content": "{broken"}}]}), 200, "not JSON"),
        (json.dumps({"choices": [{"message": {"content": "[1]"}}]}), 200, "no list of claims"),
        ("[" * 5_000, 200, "not in the form"),
        ("{}", 500, "answered 500"),
    ],
)
def test_broken_answers_are_said(said, status, reason, model, tmp_path) -> None:
    served, url = model
    served.said, served.status = said, status
    found = read_with_model(DOCUMENT, WORDS, _reader(url, tmp_path))
    assert not found.claims
    assert reason in found.rejected[0].reason


def test_a_model_that_does_not_answer_is_left_alone(model, tmp_path) -> None:
    served, url = model
    served.waits = 1.5
    found = read_with_model(DOCUMENT, WORDS, _reader(url, tmp_path, seconds=0.2))
    assert not found.claims
    assert len(found.rejected) == 1
    assert not list(tmp_path.iterdir())


def test_it_is_off_without_an_endpoint() -> None:
    for environment in ({}, {"PROBATUM_LLM_URL": "file:///x", "PROBATUM_LLM_MODEL": "m"}):
        with pytest.raises(UsageError):
            endpoint(environment)
    found = endpoint({"PROBATUM_LLM_URL": "http://h/v1/", "PROBATUM_LLM_MODEL": "m"})
    assert (found.url, found.key) == ("http://h/v1", "")


KEYS = st.sampled_from([*GOOD, "hedge", "claims"])
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)


@given(st.recursive(VALUES, lambda x: st.lists(x, max_size=3) | st.dictionaries(KEYS, x)))
def test_no_answer_raises_and_every_claim_is_quoted(answer: object) -> None:
    sentences = passages(DOCUMENT)
    told = json.dumps({"claims": [answer]})
    found = gated(DOCUMENT.id, sentences, (), told, compiled(WORDS))
    assert all(isinstance(c, Claim) and c.quote in DOCUMENT.text for c in found.claims)

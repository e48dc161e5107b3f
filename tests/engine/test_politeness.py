"""How a service is asked again: what it says is heeded, and there is always an end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.fake_clock import FakeClock

from probatum.engine.politeness import ATTEMPTS, LONGEST_PAUSE, Polite
from probatum.engine.transport import Answer, Request
from probatum.errors import UnreachableError

REQUEST = Request("https://service.example/works?query=x", private=(("api_key", "secret"),))


@dataclass
class Script:
    """A transport that gives answers in turn; None breaks off, and the last is given for ever."""

    answers: list[Answer | None]
    sent: list[float] = field(default_factory=list)
    clock: FakeClock = field(default_factory=FakeClock)

    def send(self, request: Request) -> Answer:
        """Give the next answer."""
        self.sent.append(self.clock.now())
        answer = self.answers[min(len(self.sent), len(self.answers)) - 1]
        if answer is None:
            raise UnreachableError("service.example: the connection was reset")
        return answer


def good(headers: Mapping[str, str] | None = None) -> Answer:
    """Give a whole answer."""
    return Answer(200, headers or {}, b'{"ok": true}')


def bad(status: int, **headers: str) -> Answer:
    """Give a refusal."""
    return Answer(status, {k.replace("_", "-"): v for k, v in headers.items()}, b"too <b>fast</b>")


def ask(script: Script, *, interval: float = 1.0) -> tuple[list[str], object]:
    """Ask once; gives what was said and the parsed answer."""
    said: list[str] = []
    polite = Polite(script, script.clock, interval=interval, say=said.append)
    return said, polite.ask(REQUEST, json.loads)[1]


def test_requests_keep_their_distance() -> None:
    script = Script([good()])
    polite = Polite(script, script.clock, interval=0.5, say=print)
    for _ in range(4):
        polite.ask(REQUEST, json.loads)
    assert [round(b - a, 6) for a, b in zip(script.sent, script.sent[1:], strict=False)] == [
        0.5
    ] * 3


def test_retry_after_is_heeded_in_seconds_and_as_a_date() -> None:
    script = Script([bad(429, retry_after="90"), bad(503), good()])
    script.answers[1] = bad(503, retry_after=formatdate(script.clock.now() + 200, usegmt=True))
    said, answer = ask(script)
    assert answer == {"ok": True}
    assert script.clock.slept == [90.0, 110.0]
    assert said[0] == "service.example answers 429; asking again in 90 s"


def test_a_pause_that_is_too_long_is_left_to_a_later_run() -> None:
    script = Script([bad(429, retry_after=str(int(LONGEST_PAUSE) + 1))])
    with pytest.raises(UnreachableError, match="asks to wait 601 s; what came before is kept"):
        ask(script)
    assert script.clock.slept == []


def test_faults_are_tried_again_with_pauses_that_double() -> None:
    half = Answer(200, {}, b'{"ok": tr')
    script = Script([None, bad(500), half, bad(502), good()])
    said, _ = ask(script)
    assert script.clock.slept == [1, 2, 4, 8]
    assert "half an answer" in said[2]


@given(st.lists(st.sampled_from([None, 408, 429, 500, 502, 503, 504]), min_size=ATTEMPTS))
def test_there_is_always_an_end(faults: list[int | None]) -> None:
    script = Script([bad(fault) if fault else None for fault in faults])
    with pytest.raises(UnreachableError, match=f"{ATTEMPTS} times; what came before is kept"):
        ask(script)
    assert len(script.sent) == ATTEMPTS
    assert sum(script.clock.slept) < 60


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 410])
def test_a_refusal_for_good_is_told_at_once_and_tells_no_secret(status: int) -> None:
    script = Script([bad(status)])
    with pytest.raises(UnreachableError, match=rf"answers {status}: too <b>fast</b>; m") as caught:
        ask(script)
    assert len(script.sent) == 1
    assert "secret" not in str(caught.value) + repr(REQUEST)


def test_limits_in_the_answer_slow_the_next_request() -> None:
    limits = {"x-rate-limit-limit": "5", "x-rate-limit-interval": "10s"}
    script = Script([good(limits), good(), good()])
    polite = Polite(script, script.clock, interval=0.1, say=print)
    for _ in range(3):
        polite.ask(REQUEST, json.loads)
    assert [round(s, 6) for s in script.clock.slept] == [0.1, 2.0]


@pytest.mark.parametrize("epoch", [False, True])
def test_a_budget_that_is_spent_is_waited_for(epoch: bool) -> None:
    script = Script([good(), good()])
    reset = script.clock.now() + 30 if epoch else 30
    spent = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(reset)}
    script.answers[0] = good(spent)
    polite = Polite(script, script.clock, interval=0.1, say=print)
    polite.ask(REQUEST, json.loads)
    polite.ask(REQUEST, json.loads)
    assert script.clock.slept == [30.0]

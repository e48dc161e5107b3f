"""How a service is asked: as slowly as it wants, again after a while, never without end."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlsplit

from probatum.engine.transport import Answer, Clock, Request, Transport
from probatum.errors import UnreachableError

Read = TypeVar("Read")

ATTEMPTS = 6
LONGEST_PAUSE = 600.0  # a service that wants a longer one is asked again by a later run
_FIRST_PAUSE = 1.0
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_EPOCH = 1_000_000_000  # a reset above this is a moment, below it a number of seconds
_SHOWN = 200


_KEPT = "what came before is kept: run the same command again"


class _Again(Exception):
    """A trouble that may pass, and the pause that the service asks for."""

    def __init__(self, trouble: str, pause: float = 0.0) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.pause = pause


class Polite:
    """Asks one service through a transport.

    Never more often than every ``interval`` seconds, and more slowly when the answers say so
    (Retry-After; X-Rate-Limit-Limit with -Interval; X-RateLimit-Remaining with -Reset). Passing
    refusals, faults of the service and answers that break off are tried again, with pauses that
    double, at most ``ATTEMPTS`` times.
    """

    def __init__(
        self,
        transport: Transport,
        clock: Clock,
        *,
        interval: float,
        say: Callable[[str], None],
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._interval = interval
        self._say = say
        self._next = clock.now()

    def ask(self, request: Request, read: Callable[[bytes], Read]) -> tuple[bytes, Read]:
        """Give the body of the answer and what ``read`` makes of it.

        A ValueError of ``read`` means half an answer. Raises UnreachableError when the service
        refuses the request for good, or gave no whole answer in all tries.
        """
        trouble = ""
        for attempt in range(ATTEMPTS):
            self._pause(self._next - self._clock.now())
            try:
                return self._try(request, read)
            except _Again as again:
                trouble, pause = again.trouble, max(_FIRST_PAUSE * 2.0**attempt, again.pause)
            if attempt + 1 < ATTEMPTS:
                self._say(f"{trouble}; asking again in {pause:.0f} s")
                self._next = max(self._next, self._clock.now() + pause)
        raise UnreachableError(f"{trouble}, {ATTEMPTS} times; {_KEPT}")

    def _try(self, request: Request, read: Callable[[bytes], Read]) -> tuple[bytes, Read]:
        self._next = self._clock.now() + self._interval
        try:
            answer = self._transport.send(request)
        except UnreachableError as error:
            raise _Again(str(error)) from error
        self._slow_down(answer)
        if answer.status != 200:
            raise self._refused(request, answer)
        try:
            return answer.body, read(answer.body)
        except ValueError as error:
            raise _Again(f"{_host(request)} gave half an answer ({error})") from error

    def _refused(self, request: Request, answer: Answer) -> Exception:
        said = f"{_host(request)} answers {answer.status}"
        if answer.status not in _AGAIN:
            text = " ".join(answer.body[: 4 * _SHOWN].decode("utf-8", "replace").split())[:_SHOWN]
            reason = text or "nothing more"
            return UnreachableError(f"{said}: {reason}; mend the query, the address or the key")
        seconds = _told_to_wait(answer, self._clock.now())
        if seconds > LONGEST_PAUSE:
            return UnreachableError(f"{said} and asks to wait {seconds:.0f} s; {_KEPT} then")
        return _Again(said, seconds)

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._clock.sleep(seconds)

    def _slow_down(self, answer: Answer) -> None:
        limit = _number(answer, "x-rate-limit-limit")
        per = _number(answer, "x-rate-limit-interval")
        if limit and per:
            self._interval = max(self._interval, per / limit)
        if _number(answer, "x-ratelimit-remaining") == 0:
            reset = _number(answer, "x-ratelimit-reset") or 0.0
            wait = reset - self._clock.now() if reset > _EPOCH else reset
            self._next = max(self._next, self._clock.now() + min(wait, LONGEST_PAUSE))


def _told_to_wait(answer: Answer, now: float) -> float:
    told = answer.headers.get("retry-after", "").strip()
    if told.isdigit():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - now)
    except ValueError:
        return 0.0


def _number(answer: Answer, name: str) -> float | None:
    text = answer.headers.get(name, "").strip().rstrip("s")
    try:
        return float(text)
    except ValueError:
        return None


def _host(request: Request) -> str:
    return urlsplit(request.url).netloc

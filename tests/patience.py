"""A test that waits for ever fails where it waits, and the others go on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class ForeverError(Exception):
    """A part of a test came to no end; the traceback says what it waited for."""


@contextmanager
def patience(seconds: float, *, bells: int = 40) -> Iterator[None]:
    """Raise ForeverError in a block that runs for so many seconds, cut into so many bells.

    Bells are counted, not time: a machine that stands still for an hour and goes on rings once.
    It is raised again later, too, since a ``with`` block that is left may wait for what it holds.
    """
    apart, rung = seconds / bells, 0

    def ring(number: int, frame: FrameType | None) -> None:
        nonlocal rung
        rung += 1
        if rung % bells == 0:
            raise ForeverError(f"no end after {rung * apart:.3g} s")

    handler = signal.signal(signal.SIGALRM, ring)
    timer = signal.setitimer(signal.ITIMER_REAL, apart, apart)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, *timer)

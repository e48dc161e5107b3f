"""What waits for ever is told where, once and again; what a frozen machine does is forgiven."""

from __future__ import annotations

import signal
import time
from queue import SimpleQueue

import pytest
from tests.patience import ForeverError, patience


def test_what_waits_for_ever_ends_with_the_place() -> None:
    outer = signal.getsignal(signal.SIGALRM)
    with pytest.raises(ForeverError, match="no end after") as told, patience(0.2, bells=4):
        SimpleQueue[int]().get()
    assert any("get()" in str(entry.statement) for entry in told.traceback)
    assert signal.getsignal(signal.SIGALRM) is outer


def test_a_block_that_waits_while_it_is_left_is_ended_too() -> None:
    started = time.monotonic()
    with pytest.raises(ForeverError, match=r"0\.4 s"):
        _sleep_twice()
    assert time.monotonic() - started < 30


def _sleep_twice() -> None:
    with patience(0.2, bells=2):
        try:
            time.sleep(60)
        finally:
            time.sleep(60)


def test_what_ends_is_left_alone_and_the_patience_around_goes_on() -> None:
    outer = signal.getitimer(signal.ITIMER_REAL)[1]  # that of this test
    with patience(0.2, bells=4):
        pass
    assert outer > 1
    assert signal.getitimer(signal.ITIMER_REAL)[1] == pytest.approx(outer)


def test_a_machine_that_stood_still_rings_once() -> None:
    with patience(0.4, bells=4):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(0.5)  # five bells' time
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})

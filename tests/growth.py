"""Work whose cost must grow as its size does: no clock's figure, only one cost beside another."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 4
# Between what grows in proportion (4) and what grows with the square (16).
MOST = 8
# Seconds below which the machine's own unrest decides.
UNREST = 0.1


def in_proportion(work: Callable[[int], object], size: int) -> None:
    """Assert that ``work`` on four times ``size`` does not cost its square."""
    small, large = least(lambda: work(size)), least(lambda: work(TIMES * size))
    assert large < MOST * small + UNREST, f"{small:.3f} s became {large:.3f} s"


def least(work: Callable[[], object], runs: int = 2) -> float:
    """Return the least CPU time of some runs, in seconds; the first warms up what is kept."""
    spent = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    return min(spent)

"""How things are timed: the median of several runs, ours beside a peer's."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: what was done, our seconds, the peer and its seconds."""

    what: str
    ours: float
    peer: str
    theirs: float

    def __str__(self) -> str:
        """Give the row of the table; a factor above 1 means that we are quicker."""
        return (
            f"{self.what:<46} {self.ours * 1000:9.1f} ms   {self.peer:<34}"
            f" {self.theirs * 1000:9.1f} ms   x{self.theirs / self.ours:.2g}"
        )


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of ``runs`` calls after one that does not count."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def beside(what: str, ours: Callable[[], object], peer: str, theirs: Callable[[], object]) -> Row:
    """Time both and return the row."""
    return Row(what, seconds(ours), peer, seconds(theirs))

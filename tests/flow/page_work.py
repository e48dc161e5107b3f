"""Work for the pages of a build, apart from the tests: a worker imports this and not pytest."""

from __future__ import annotations

import os
import signal

from probatum.flow.printing import PagesShard, print_pages


def dying_once(shard: PagesShard) -> str:
    """Make the pages of a shard; the first worker that gets shard 1 is killed."""
    died = shard.pending.with_name("died")
    if shard.number == 1 and not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return print_pages(shard)

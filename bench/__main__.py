"""Time what must be fast, always beside a peer: ``make bench``, or ``python -m bench NAME``."""

from __future__ import annotations

import os
import sys
from importlib import import_module

NAMES = ("starting", "pooling", "searching", "serve")
# Measured on the shared data, and longer than a minute: only when asked for.
LONG = ("checking", "citations", "link", "read", "scale", "stats", "trust", "twins")


def main(asked: list[str]) -> None:
    """Print one line a comparison."""
    known = NAMES + LONG
    if unknown := set(asked) - set(known):
        raise SystemExit(f"bench: unknown {sorted(unknown)}; known: {', '.join(known)}")
    # CPU time is that of one thread: BLAS's others would be counted while they wait.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in asked or NAMES:
        for row in import_module(f"bench.{name}").rows():
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

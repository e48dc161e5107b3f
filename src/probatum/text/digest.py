"""Short ids that depend on nothing but what they stand for."""

from __future__ import annotations

import hashlib


def short_id(document: str, start: int, end: int, noun: str) -> str:
    """Return the first 16 hex digits of a sha256 over a place and what stands there.

    >>> short_id("c750635798dc7712", 0, 5, "claim")
    '4aac834a5892b731'
    """
    return hashlib.sha256(f"{document}:{start}:{end}:{noun}".encode()).hexdigest()[:16]

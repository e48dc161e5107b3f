"""Retractions, corrections and concerns by DOI, offline: a join with a shipped snapshot.

The table (validation/retraction_table.py) is a sorted array of hashes, memory-mapped: a look-up
costs some 10 microseconds. A DOI that is not in it is "not listed", never "not retracted".
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from probatum.text.lexicon import array

SNAPSHOT = "Crossref Retraction Watch, snapshot 2025"
NATURES = ("", "correction", "expression-of-concern", "retraction")
_NATURE_BITS = 3


def key_of(doi: str) -> int:
    """Hash a DOI in normal form to 62 bits, the two lowest of 64 left zero."""
    digest = blake2b(doi.lower().encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") & ~_NATURE_BITS


def listed(doi: str) -> str | None:
    """Give the nature of the notice that the snapshot lists for a DOI in normal form, or None.

    >>> listed("10.5555/never-registered") is None
    True
    """
    table, key = _table(), key_of(doi)
    at = int(np.searchsorted(table, np.uint64(key)))
    if at == len(table) or int(table[at]) & ~_NATURE_BITS != key:
        return None
    return NATURES[int(table[at]) & _NATURE_BITS]


@cache
def _table() -> NDArray[np.uint64]:
    return array("probatum.trust", "data/notices.npy")

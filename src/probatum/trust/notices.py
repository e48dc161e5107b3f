"""Retractions, corrections and concerns by DOI, offline: a join with a shipped snapshot.

The table (validation/retraction_table.py) is a sorted array of hashes, memory-mapped: a look-up
costs some 10 microseconds. A DOI that is not in it is "not listed", never "not retracted".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from probatum.text.lexicon import array

SNAPSHOT = "Crossref Retraction Watch, snapshot 2025"
NATURES = ("", "correction", "expression-of-concern", "retraction")
_RANKED = ("correction", "expression of concern", "retraction")
_NATURE_BITS = 3


def key_of(doi: str) -> int:
    """Hash a DOI in normal form to 62 bits, the two lowest of 64 left zero."""
    digest = blake2b(doi.lower().encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") & ~_NATURE_BITS


def gravest(natures: Iterable[str]) -> int:
    """Give the index in ``NATURES`` of the gravest notice that still stands; 0 for none.

    Retraction before concern before correction; a reinstatement takes the retraction back and
    leaves the rest. Values may be combined with ";".

    >>> gravest(["Correction;Retraction"]), gravest(["Retraction", "Reinstatement"])
    (3, 0)
    """
    parts = {part.strip().lower() for value in natures for part in value.split(";")}
    if "reinstatement" in parts:
        parts -= {"retraction", "reinstatement"}
    return max((_RANKED.index(part) + 1 for part in parts if part in _RANKED), default=0)


def table_of(natures: Mapping[str, Iterable[str]]) -> NDArray[np.uint64]:
    """Make the table of names (DOIs in normal form, "pmid:" and digits) with their notices."""
    grades = {key_of(name): gravest(own) for name, own in natures.items()}
    return np.array(sorted(key | grade for key, grade in grades.items() if grade), dtype=np.uint64)


def listed(doi: str, path: str | None = None) -> str | None:
    """Give the nature of the notice that a table lists for a DOI in normal form, or None.

    ``path`` names an updated table, which holds PMIDs ("pmid:123") too; else the shipped one.

    >>> listed("10.5555/never-registered") is None
    True
    """
    table, key = (_table() if path is None else _updated(path)), key_of(doi)
    at = int(np.searchsorted(table, np.uint64(key)))
    if at == len(table) or int(table[at]) & ~_NATURE_BITS != key:
        return None
    return NATURES[int(table[at]) & _NATURE_BITS]


@cache
def _table() -> NDArray[np.uint64]:
    return array("probatum.trust", "data/notices.npy")


@lru_cache(maxsize=2)
def _updated(path: str) -> NDArray[np.uint64]:
    table: NDArray[np.uint64] = np.load(path, mmap_mode="r", allow_pickle=False)
    return table

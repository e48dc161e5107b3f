"""Tables as data beside the code that reads them: TOML lists, memory-mapped arrays."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray


@cache
def load(package: str, name: str) -> dict[str, Any]:
    """Read a TOML file that ships inside a package, once a process: not to be changed.

    >>> sorted(load("probatum.text", "cues.toml"))
    ['clause_break', 'effect', 'hedge', 'negation']
    """
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def array(package: str, name: str) -> NDArray[Any]:
    """Map an array (.npy) that ships inside a package into memory, read-only."""
    with as_file(files(package).joinpath(name)) as path:
        mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
        return mapped


def words(patterns: Iterable[str]) -> str:
    r"""Join patterns into one alternation that starts and ends at word boundaries.

    >>> words(["may", "might"])
    '\\b(?:may|might)\\b'
    """
    return rf"\b(?:{'|'.join(patterns)})\b"

"""Word lists as data: TOML files beside the code that reads them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any


def load(package: str, name: str) -> dict[str, Any]:
    """Read a TOML file that ships inside a package.

    >>> sorted(load("probatum.text", "cues.toml"))
    ['clause_break', 'effect', 'hedge', 'negation']
    """
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def words(patterns: Iterable[str]) -> str:
    r"""Join patterns into one alternation that starts and ends at word boundaries.

    >>> words(["may", "might"])
    '\\b(?:may|might)\\b'
    """
    return rf"\b(?:{'|'.join(patterns)})\b"

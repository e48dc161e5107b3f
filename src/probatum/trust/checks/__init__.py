"""The table of checks: one line of ``data/checks.toml`` a check, with its reference.

The instrument is the item that professionals know it by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import cast

from probatum.model.flag import Dimension, Scope, Severity
from probatum.text.lexicon import load
from probatum.trust.findings import Findings
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject


@dataclass(frozen=True, slots=True)
class Check:
    """One check: the kind of flag it gives, its usual severity, and where its code stands.

    ``instrument`` is the item that professionals know; "" where none asks for this. ``after``
    marks checks that weigh what the others found; of one kind a document gets at most ``most``
    flags, and the last says that there are more.
    """

    kind: str
    scope: Scope
    severity: Severity
    dimension: Dimension
    target: str
    summary: str
    reference: str
    instrument: str = ""
    version: str = "1"
    after: bool = False
    most: int = 60

    def load(self) -> Callable[[Subject], Iterator[Sign]]:
        """Import the check and return it."""
        return cast("Callable[[Subject], Iterator[Sign]]", _function(self.target))

    def load_after(self) -> Callable[[Subject, Findings], Iterator[Sign]]:
        """Import a check that weighs what the others found."""
        return cast("Callable[[Subject, Findings], Iterator[Sign]]", _function(self.target))


@cache
def _function(target: str) -> object:
    module, _, name = target.partition(":")
    return getattr(import_module(f"probatum.trust.checks.{module}"), name)


CHECKS: tuple[Check, ...] = tuple(
    Check(**row) for row in load("probatum.trust", "data/checks.toml")["checks"]
)

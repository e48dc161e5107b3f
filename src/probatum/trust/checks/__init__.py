"""The table of checks: one line of ``data/checks.toml`` a check, with its reference.

The instrument is the item that professionals know it by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from probatum.model.flag import Dimension, Scope, Severity
from probatum.text.lexicon import load
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject


@dataclass(frozen=True, slots=True)
class Check:
    """One check: the kind of flag it gives, its usual severity, and where its code stands.

    ``instrument`` is the item that professionals know; "" where none asks for this.
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

    def load(self) -> Callable[[Subject], Iterator[Sign]]:
        """Import the check and return it."""
        module, _, name = self.target.partition(":")
        check = getattr(import_module(f"probatum.trust.checks.{module}"), name)
        return cast("Callable[[Subject], Iterator[Sign]]", check)


CHECKS: tuple[Check, ...] = tuple(
    Check(**row) for row in load("probatum.trust", "data/checks.toml")["checks"]
)

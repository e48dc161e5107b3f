"""Probatum: a living evidence base for a therapy.

A verb loads its module on first use (PEP 562); types for checkers stand in ``__init__.pyi``.

>>> import probatum
>>> probatum.stats.rma([0.1, 0.3, 0.2], [0.02, 0.03, 0.01], method="DL").k
3
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {"Base": "flow.base:Base", "init": "flow.making:init_base", "open": "flow.base:open_base"}

__all__ = ["Base", "init", "open", "stats"]


def __getattr__(name: str) -> object:
    if name == "stats":
        return import_module("probatum.stats")
    if name not in _HOME:
        raise AttributeError(f"module 'probatum' has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    return getattr(import_module(f"probatum.{module}"), attribute)


def __dir__() -> list[str]:
    return __all__

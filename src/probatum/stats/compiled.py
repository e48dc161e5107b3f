"""Compiling kernels with numba, where it is wanted and possible.

``PROBATUM_NUMBA=0`` turns it off: the NumPy path then gives the same numbers. Compiled code is
cached beside the source, else in the user's cache folder; where neither can be written it is
compiled anew in each process.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

# Reassociation lets sums use vector registers; NaN and infinity keep their meaning.
OPTIONS: dict[str, Any] = {
    "fastmath": {"reassoc", "contract", "nsz"},
    "error_model": "numpy",
    "nogil": True,
}


_numpy_only: ContextVar[bool] = ContextVar("numpy_only", default=False)


@contextmanager
def numpy_only() -> Iterator[None]:
    """Take the NumPy path within a block: the same bytes everywhere, and nothing is compiled.

    >>> with numpy_only():
    ...     enabled()
    False
    """
    token = _numpy_only.set(True)
    try:
        yield
    finally:
        _numpy_only.reset(token)


def enabled() -> bool:
    """Return whether kernels are used: numba can be imported and is not turned off."""
    return not _numpy_only.get() and _possible()


@cache
def _possible() -> bool:
    if os.environ.get("PROBATUM_NUMBA", "1") == "0":
        return False
    try:
        import numba  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True


def inner(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function`` compiled into whatever kernel calls it; it has no cache of its own."""
    made: Callable[..., Any] = _jit()(no_cpython_wrapper=True, **OPTIONS)(function)
    return made


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a kernel that Python calls, cached on disk if some folder can be written."""
    jit = _jit()
    try:
        made: Callable[..., Any] = jit(cache=True, **OPTIONS)(function)
    except RuntimeError:  # numba finds no folder to write its cache in
        made = jit(**OPTIONS)(function)
    return made


def _jit() -> Any:
    import numba  # noqa: PLC0415

    return numba.njit

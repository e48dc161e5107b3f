"""Pure numbers: arrays in, frozen results out; usable on its own.

Importing this package imports nothing but the standard library; a name loads its module on
first use (PEP 562). Types for checkers stand in ``__init__.pyi``.
"""

from importlib import import_module

_HOME = {
    "MEASURES": "measures",
    "escalc": "effect_sizes",
    "rma": "models.fit",
    "se_from_ci": "conversions",
    "se_from_p": "conversions",
}
_MODULES = ("geometry", "measures", "report")

__all__ = sorted([*_HOME, *_MODULES])  # noqa: PLE0605, derived so that it cannot drift


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

"""Pure numbers: arrays in, frozen results out; usable on its own.

Importing this package imports nothing but the standard library; a name loads its module on
first use (PEP 562). Types for checkers stand in ``__init__.pyi``.
"""

from importlib import import_module

_HOME = {
    "MEASURES": "measures",
    "baujat": "diagnosis.residuals",
    "blup": "diagnosis.residuals",
    "cumulative": "diagnosis.deletion",
    "escalc": "effect_sizes",
    "fsn": "bias.failsafe",
    "influence": "diagnosis.deletion",
    "leave_one_out": "diagnosis.deletion",
    "limit_meta": "bias.regression",
    "pet_peese": "bias.regression",
    "radial": "diagnosis.residuals",
    "ranktest": "bias.rank",
    "regtest": "bias.regression",
    "rma": "models.fit",
    "rma_batch": "models.batch",
    "rma_mh": "models.tables",
    "rma_peto": "models.tables",
    "robust": "diagnosis.robust",
    "rstandard": "diagnosis.residuals",
    "rstudent": "diagnosis.residuals",
    "se_from_ci": "conversions",
    "se_from_p": "conversions",
    "tes": "bias.excess",
    "trimfill": "bias.trimfill",
}
_MODULES = ("bias", "diagnosis", "geometry", "measures", "models", "report")

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

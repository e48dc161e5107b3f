"""Pure numbers: arrays in, frozen results out; usable on its own.

Importing this package imports nothing but the standard library; a name loads its module on
first use (PEP 562). Types for checkers stand in ``__init__.pyi``.
"""

from importlib import import_module

_HOME = {
    "MEASURES": "measures",
    "Term": "multivariate.terms",
    "back": "backtransform",
    "baujat": "diagnosis.residuals",
    "blup": "diagnosis.residuals",
    "contrasts": "network.arms",
    "cumulative": "diagnosis.deletion",
    "decompose": "network.decompose",
    "escalc": "effect_sizes",
    "fsn": "bias.failsafe",
    "gosh": "diagnosis.gosh",
    "influence": "diagnosis.deletion",
    "leave_one_out": "diagnosis.deletion",
    "limit_meta": "bias.regression",
    "log_odds_from_smd": "conversions",
    "mean_sd": "conversions",
    "nma": "network.fit",
    "node_split": "network.split",
    "permutest": "diagnosis.permutation",
    "pet_peese": "bias.regression",
    "radial": "diagnosis.residuals",
    "ranktest": "bias.rank",
    "regtest": "bias.regression",
    "rma": "models.fit",
    "rma_batch": "models.batch",
    "rma_glmm": "models.glmm",
    "rma_ls": "models.scale",
    "rma_mh": "models.tables",
    "rma_mv": "multivariate.fit",
    "rma_peto": "models.tables",
    "robust": "diagnosis.robust",
    "rstandard": "diagnosis.residuals",
    "rstudent": "diagnosis.residuals",
    "se_from_ci": "conversions",
    "se_from_p": "conversions",
    "selmodel": "bias.selection",
    "smd_from_log_odds": "conversions",
    "tes": "bias.excess",
    "trimfill": "bias.trimfill",
    "vcalc": "multivariate.vcalc",
}
_MODULES = (
    "bayes",
    "bias",
    "course",
    "diagnosis",
    "dose",
    "geometry",
    "measures",
    "models",
    "multivariate",
    "network",
    "report",
    "sequential",
)

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

"""Pure numbers: arrays in, frozen results out; usable on its own.

Importing this package imports nothing but the standard library; a name loads its module on
first use (PEP 562). Types for checkers stand in ``__init__.pyi``.
"""

from importlib import import_module

_HOME = {
    "MEASURES": "measures",
    "Term": "multivariate.terms",
    "adjusted_funnel": "network.funnel",
    "anytime": "sequential.anytime",
    "back": "backtransform",
    "baujat": "diagnosis.residuals",
    "bayes_average": "bayes.averaging",
    "bayes_meta": "bayes.meta",
    "bayes_nma": "bayes.network",
    "blup": "diagnosis.residuals",
    "bootstrap": "diagnosis.bootstrap",
    "bootstrap_prediction": "diagnosis.bootstrap",
    "boundaries": "sequential.spending",
    "component_network": "network.components",
    "component_nma": "network.components",
    "conditional_power": "sequential.power",
    "contrasts": "network.arms",
    "contributions": "network.contributions",
    "copas": "bias.copas",
    "cumulative": "diagnosis.deletion",
    "decompose": "network.decompose",
    "design": "models.formula",
    "diversity": "sequential.monitor",
    "dose_contrasts": "dose.contrasts",
    "dose_response": "dose.response",
    "dose_time": "course.dose_time",
    "escalc": "effect_sizes",
    "fsn": "bias.failsafe",
    "given_contrasts": "dose.contrasts",
    "gosh": "diagnosis.gosh",
    "greenland_longnecker": "dose.covariance",
    "half_cauchy": "bayes.priors",
    "half_normal": "bayes.priors",
    "hamling": "dose.covariance",
    "influence": "diagnosis.deletion",
    "inverted_u": "dose.monotone",
    "leave_one_out": "diagnosis.deletion",
    "limit_meta": "bias.regression",
    "log_normal": "bayes.priors",
    "log_odds_from_smd": "conversions",
    "log_t": "bayes.priors",
    "mean_sd": "conversions",
    "monitor": "sequential.monitor",
    "monotone": "dose.monotone",
    "net_heat": "network.heat",
    "nma": "network.fit",
    "nma_regression": "network.regression",
    "node_split": "network.split",
    "pcurve": "bias.pcurve",
    "permutest": "diagnosis.permutation",
    "pet_peese": "bias.regression",
    "pooled_by_dose": "dose.monotone",
    "radial": "diagnosis.residuals",
    "ranktest": "bias.rank",
    "regtest": "bias.regression",
    "required_information": "sequential.monitor",
    "required_patients": "sequential.monitor",
    "rhodes": "bayes.priors",
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
    "time_course": "course.time_course",
    "trimfill": "bias.trimfill",
    "turner": "bayes.priors",
    "uniform": "bayes.priors",
    "vcalc": "multivariate.vcalc",
    "visit_covariance": "course.visits",
}
_MODULES = (
    "bayes",
    "bias",
    "course",
    "curves",
    "diagnosis",
    "dose",
    "geometry",
    "measures",
    "models",
    "multivariate",
    "network",
    "plots",
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

"""The table of effect measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from probatum.stats.inputs import Floats
from probatum.stats.measures import binary, means

Scale = Literal["identity", "log", "logit", "z", "other"]
Formula = Callable[[Any, str], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One effect measure.

    ``needs`` are the fields of a study, ``family`` says how they become the argument of
    ``formula``. ``range`` is that of ``yi`` in words. ``scale`` tells how ``yi`` reads back:
    ``log`` values are exponentiated, ``logit`` and ``z`` (Fisher) have their inverses.
    ``variances`` are the kinds of variance (vtype), the default first.
    """

    name: str
    label: str
    formula: Formula
    reference: str
    needs: tuple[str, ...]
    range: str
    family: str
    scale: Scale = "identity"
    variances: tuple[str, ...] = ("LS",)

    @property
    def ratio(self) -> bool:
        """Whether the measure is pooled as a logarithm and read as a ratio."""
        return self.scale == "log"


CELLS = ("ai", "bi", "ci", "di")
TWO_MEANS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
ANY = "any number"


def _binary(name: str, label: str, formula: Formula, reference: str, **more: Any) -> Measure:
    return Measure(name, label, formula, reference, CELLS, more.pop("range", ANY), "2x2", **more)


def _means(name: str, label: str, formula: Formula, reference: str, **more: Any) -> Measure:
    range_ = more.pop("range", ANY)
    return Measure(name, label, formula, reference, TWO_MEANS, range_, "means", **more)


_ROWS = (
    _binary("RR", "log risk ratio", binary.risk_ratio, "Fleiss & Berlin 2009", scale="log"),
    _binary("OR", "log odds ratio", binary.odds_ratio, "Woolf 1955", scale="log"),
    _binary(
        "RD",
        "risk difference",
        binary.risk_difference,
        "Fleiss & Berlin 2009",
        range="-1 to 1",
        variances=("LS", "UB", "AV"),
    ),
    _binary(
        "AS",
        "arcsine square-root risk difference",
        binary.arcsine_difference,
        "Rücker et al. 2009",
        range="-pi/2 to pi/2",
    ),
    _binary("PETO", "Peto log odds ratio", binary.peto, "Yusuf et al. 1985", scale="log"),
    _binary("PHI", "phi coefficient", binary.phi, "Yule 1912", range="-1 to 1"),
    _binary("YUQ", "Yule's Q", binary.yule_q, "Yule 1912", range="-1 to 1"),
    _binary("YUY", "Yule's Y", binary.yule_y, "Yule 1912", range="-1 to 1"),
    _binary("PBIT", "probit risk difference", binary.probit, "Sánchez-Meca et al. 2003"),
    _binary("OR2D", "SMD from an odds ratio, logistic", binary.odds_to_d_logistic, "Chinn 2000"),
    _binary("OR2DL", "SMD from an odds ratio, logistic", binary.odds_to_d_logistic, "Chinn 2000"),
    _binary(
        "OR2DN", "SMD from an odds ratio, normal", binary.odds_to_d_normal, "Cox & Snell 1989"
    ),
    _means(
        "MD", "mean difference", means.mean_difference, "Borenstein 2009", variances=("LS", "HO")
    ),
    _means(
        "SMD",
        "standardised mean difference (Hedges' g)",
        means.standardised,
        "Hedges 1981",
        variances=("LS", "LS2", "UB", "AV"),
    ),
)

MEASURES: Mapping[str, Measure] = {row.name: row for row in _ROWS}

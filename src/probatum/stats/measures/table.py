"""The table of effect measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from probatum.stats.inputs import Floats
from probatum.stats.measures import (
    binary,
    biserial,
    correlations,
    means,
    paired,
    proportions,
    rates,
    single,
    tetrachoric,
)

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
PAIRED = ("m1i", "m2i", "sd1i", "sd2i", "ni", "ri")
RATES = ("x1i", "t1i", "x2i", "t2i")
ANY = "any number"
UNIT = "-1 to 1"


def _rows(
    family: str, needs: tuple[str, ...], *rows: tuple[str, str, Formula, str, dict[str, Any]]
) -> list[Measure]:
    """Return rows of one family: name, label, formula, reference, and what is not default."""
    return [
        Measure(name, label, formula, reference, needs, more.pop("range", ANY), family, **more)
        for name, label, formula, reference, more in rows
    ]


LOG: Any = {"scale": "log"}
NAKAGAWA = "Nakagawa et al. 2015"

_ROWS = (
    *_rows(
        "2x2", CELLS,
        ("RR", "log risk ratio", binary.risk_ratio, "Fleiss & Berlin 2009", {**LOG}),
        ("OR", "log odds ratio", binary.odds_ratio, "Woolf 1955", {**LOG}),
        ("RD", "risk difference", binary.risk_difference, "Fleiss & Berlin 2009",
         {"range": UNIT, "variances": ("LS", "UB", "AV")}),
        ("AS", "arcsine square-root risk difference", binary.arcsine_difference,
         "Rücker et al. 2009", {"range": "-pi/2 to pi/2"}),
        ("PETO", "Peto log odds ratio", binary.peto, "Yusuf et al. 1985", {**LOG}),
        ("PHI", "phi coefficient", binary.phi, "Yule 1912", {"range": UNIT}),
        ("YUQ", "Yule's Q", binary.yule_q, "Yule 1912", {"range": UNIT}),
        ("YUY", "Yule's Y", binary.yule_y, "Yule 1912", {"range": UNIT}),
        ("RTET", "tetrachoric correlation", tetrachoric.tetrachoric, "Pearson 1900",
         {"range": UNIT}),
        ("PBIT", "probit risk difference", binary.probit, "Sánchez-Meca et al. 2003", {}),
        ("OR2D", "SMD from an odds ratio, logistic", binary.odds_to_d_logistic, "Chinn 2000", {}),
        ("OR2DL", "SMD from an odds ratio, logistic", binary.odds_to_d_logistic, "Chinn 2000", {}),
        ("OR2DN", "SMD from an odds ratio, normal", binary.odds_to_d_normal, "Cox & Snell 1989",
         {}),
    ),
    *_rows(
        "paired 2x2", CELLS,
        ("MPRR", "log marginal risk ratio, pairs", paired.paired_risk_ratio, "Zou 2007", {**LOG}),
        ("MPOR", "log marginal odds ratio, pairs", paired.paired_odds_ratio,
         "Becker & Balagtas 1993", {**LOG}),
        ("MPRD", "marginal risk difference, pairs", paired.paired_risk_difference,
         "May & Johnson 1997", {"range": UNIT}),
        ("MPORC", "log conditional odds ratio, pairs", paired.conditional_odds_ratio,
         "Curtin et al. 2002", {**LOG}),
        ("MPPETO", "Peto log conditional odds ratio, pairs", paired.conditional_peto,
         "Zou 2007", {**LOG}),
    ),
    *_rows(
        "rates", RATES,
        ("IRR", "log incidence rate ratio", rates.rate_ratio, "Rothman et al. 2008", {**LOG}),
        ("IRD", "incidence rate difference", rates.rate_difference, "Rothman et al. 2008", {}),
        ("IRSD", "square-root rate difference", rates.root_rate_difference,
         "Rothman et al. 2008", {}),
    ),
    *_rows(
        "means", TWO_MEANS,
        ("MD", "mean difference", means.mean_difference, "Borenstein 2009",
         {"variances": ("LS", "HO")}),
        ("SMD", "standardised mean difference (Hedges' g)", means.standardised, "Hedges 1981",
         {"variances": ("LS", "LS2", "UB", "AV")}),
        ("SMDH", "standardised mean difference, unequal variances", means.standardised_unequal,
         "Bonett 2008", {}),
        ("SMD1", "mean difference over the SD of group 2", means.standardised_by_control,
         "Glass 1976", {}),
        ("SMD1H", "mean difference over the SD of group 2, unequal variances",
         means.standardised_by_control_unequal, "Bonett 2008", {}),
        ("ROM", "log ratio of means", means.ratio_of_means, "Hedges et al. 1999", {**LOG}),
        ("CVR", "log ratio of coefficients of variation", means.variation_ratio, NAKAGAWA,
         {**LOG}),
        ("VR", "log ratio of standard deviations", means.variability_ratio, NAKAGAWA, {**LOG}),
        ("CLES", "probability of superiority", means.common_language, "McGraw & Wong 1992",
         {"range": "0 to 1"}),
        ("RPB", "point-biserial correlation", biserial.point_biserial, "Tate 1954",
         {"range": UNIT}),
        ("RBIS", "biserial correlation", biserial.biserial, "Soper 1914", {}),
        ("D2OR", "log odds ratio from an SMD, logistic", means.d_to_odds_logistic, "Chinn 2000",
         {**LOG}),
        ("D2ORL", "log odds ratio from an SMD, logistic", means.d_to_odds_logistic, "Chinn 2000",
         {**LOG}),
        ("D2ORN", "log odds ratio from an SMD, normal", means.d_to_odds_normal,
         "Cox & Snell 1989", {**LOG}),
    ),
    *_rows(
        "plain", ("ri", "ni"),
        ("COR", "correlation", correlations.correlation, "Fisher 1915",
         {"range": UNIT, "variances": ("LS", "AV")}),
        ("UCOR", "correlation corrected for bias", correlations.unbiased_correlation,
         "Olkin & Pratt 1958", {"range": UNIT, "variances": ("LS", "UB", "AV")}),
        ("ZCOR", "Fisher's z", correlations.fisher_z, "Fisher 1921", {"scale": "z"}),
    ),
    *_rows(
        "plain", ("ti", "ni", "mi"),
        ("PCOR", "partial correlation", correlations.partial, "Aloe & Thompson 2013",
         {"range": UNIT}),
        ("ZPCOR", "Fisher's z of the partial correlation", correlations.partial_z,
         "Aloe & Thompson 2013", {"scale": "z"}),
    ),
    *_rows(
        "plain", ("ti", "ni", "mi", "r2i"),
        ("SPCOR", "semi-partial correlation", correlations.semi_partial, "Aloe & Becker 2012",
         {"range": UNIT}),
    ),
    *_rows(
        "proportion", ("xi", "ni"),
        ("PR", "proportion", proportions.proportion, "Wilson 1927",
         {"range": "0 to 1", "variances": ("LS", "UB", "AV")}),
        ("PLN", "log proportion", proportions.log_proportion, "Fleiss & Berlin 2009", {**LOG}),
        ("PLO", "log odds", proportions.logit_proportion, "Fleiss & Berlin 2009",
         {"scale": "logit"}),
        ("PAS", "arcsine square-root proportion", proportions.arcsine_proportion,
         "Freeman & Tukey 1950", {"range": "0 to pi/2"}),
        ("PFT", "double arcsine proportion", proportions.freeman_tukey_proportion,
         "Freeman & Tukey 1950", {"range": "0 to pi/2"}),
        ("PRZ", "probit of a proportion", proportions.probit_proportion,
         "Sánchez-Meca et al. 2003", {}),
    ),
    *_rows(
        "rate", ("xi", "ti"),
        ("IR", "incidence rate", rates.rate, "Rothman et al. 2008", {"range": "0 or more"}),
        ("IRLN", "log incidence rate", rates.log_rate, "Rothman et al. 2008", {**LOG}),
        ("IRS", "square-root incidence rate", rates.root_rate, "Rothman et al. 2008", {}),
        ("IRFT", "Freeman-Tukey incidence rate", rates.freeman_tukey_rate,
         "Freeman & Tukey 1950", {}),
    ),
    *_rows(
        "plain", ("mi", "sdi", "ni"),
        ("MN", "mean", single.mean, "Borenstein 2009", {}),
        ("MNLN", "log mean", single.log_mean, "Hedges et al. 1999", {**LOG}),
        ("SMN", "standardised mean", single.standardised_mean, "Hedges 1981", {}),
        ("CVLN", "log coefficient of variation", single.log_variation, NAKAGAWA, {**LOG}),
        ("SDLN", "log standard deviation", single.log_sd, NAKAGAWA, {**LOG}),
    ),
    *_rows(
        "plain", ("ai", "mi", "ni"),
        ("ARAW", "Cronbach's alpha", single.alpha_raw, "Bonett 2002", {"range": "up to 1"}),
        ("AHW", "alpha after Hakstian and Whalen", single.alpha_hakstian_whalen,
         "Hakstian & Whalen 1976", {"range": "up to 1"}),
        ("ABT", "alpha after Bonett", single.alpha_bonett, "Bonett 2002", {}),
    ),
    *_rows(
        "plain", PAIRED,
        ("MC", "mean change", paired.mean_change, "Morris & DeShon 2002", {}),
        ("SMCC", "standardised mean change, SD of the changes", paired.change_standardised,
         "Gibbons et al. 1993", {}),
        ("SMCR", "standardised mean change, first SD", paired.raw_standardised, "Becker 1988", {}),
        ("SMCRH", "standardised mean change, unequal variances",
         paired.raw_standardised_unequal, "Bonett 2008", {}),
        ("SMCRP", "standardised mean change, pooled SD", paired.pooled_standardised,
         "Bonett 2008", {}),
        ("ROMC", "log ratio of means, same people", paired.log_ratio_of_means,
         "Lajeunesse 2011", {**LOG}),
        ("CVRC", "log ratio of coefficients of variation, same people",
         paired.log_variation_ratio, NAKAGAWA, {**LOG}),
        ("VRC", "log ratio of standard deviations, same people",
         paired.log_variability_ratio, NAKAGAWA, {**LOG}),
    ),
)  # fmt: skip

MEASURES: Mapping[str, Measure] = {row.name: row for row in _ROWS}

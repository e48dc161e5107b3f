"""The numbers at which GRADE steps are taken, each with where it comes from.

Thresholds marked "rule of this project" make a judgement computable that GRADE leaves to people.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold: its value, what it decides, and its reference."""

    value: float
    decides: str
    reference: str


THRESHOLDS: Mapping[str, Threshold] = {
    "people": Threshold(
        400,
        "optimal information size of a continuous outcome, in people",
        "GRADE guidelines 6, Guyatt et al. 2011, doi 10.1016/j.jclinepi.2011.01.012",
    ),
    "events": Threshold(
        300,
        "optimal information size of a binary outcome, in events",
        "GRADE guidelines 6, Guyatt et al. 2011, doi 10.1016/j.jclinepi.2011.01.012",
    ),
    "few": Threshold(
        0.25,
        "share of the optimal information size below which information costs two levels",
        "rule of this project, after GRADE guidance 34, Zeng et al. 2022, "
        "doi 10.1016/j.jclinepi.2022.07.014",
    ),
    "relative benefit": Threshold(
        0.75,
        "a relative effect below this is appreciable",
        "GRADE guidelines 6, Guyatt et al. 2011",
    ),
    "relative harm": Threshold(
        1.25,
        "a relative effect above this is appreciable",
        "GRADE guidelines 6, Guyatt et al. 2011",
    ),
    "small SMD": Threshold(
        0.2,
        "a standardised mean difference of this size is small but not nothing",
        "Cohen 1988; Cochrane Handbook 15.5.3.1",
    ),
    "I2": Threshold(
        50,
        "percentage from which heterogeneity may be substantial",
        "Cochrane Handbook 10.10.2; GRADE guidelines 7, Guyatt et al. 2011",
    ),
    "large I2": Threshold(
        75,
        "percentage from which heterogeneity is considerable",
        "Cochrane Handbook 10.10.2; GRADE guidelines 7, Guyatt et al. 2011",
    ),
    "Q p": Threshold(
        0.10,
        "p-value of Cochran's Q below which heterogeneity counts as shown",
        "Cochrane Handbook 10.10.2",
    ),
    "studies for asymmetry": Threshold(
        10,
        "studies needed before small-study effects can be tested",
        "Cochrane Handbook 13.3.5.4; Sterne et al. 2011",
    ),
    "asymmetry p": Threshold(
        0.10,
        "p-value below which a funnel plot counts as asymmetric",
        "Egger et al. 1997; Cochrane Handbook 13.3.5.4",
    ),
    "other evidence": Threshold(
        0.5,
        "share of the weight from which rows of another kind decide",
        "rule of this project",
    ),
    "high risk": Threshold(
        0.5,
        "share of the weight from which studies at high risk of bias cost one level",
        "rule of this project, after Cochrane Handbook 14.2.2",
    ),
    "mostly high risk": Threshold(
        0.9,
        "share of the weight from which studies at high risk of bias cost two levels",
        "rule of this project, after Cochrane Handbook 14.2.2",
    ),
    "concerns": Threshold(
        0.75,
        "share of the weight from which studies with some concerns or high risk cost one level",
        "rule of this project, after Cochrane Handbook 14.2.2",
    ),
    "incoherence p": Threshold(
        0.10,
        "p-value below which direct and indirect evidence of a pair count as in disagreement",
        "Dias et al. 2010; rule of this project, after Brignardello-Petersen et al. 2019, "
        "doi 10.1016/j.jclinepi.2018.11.025",
    ),
    "wide RR": Threshold(
        3.0,
        "upper end of a risk ratio's interval over the lower one, above which information is "
        "too little",
        "GRADE guidance 34, Zeng et al. 2022, doi 10.1016/j.jclinepi.2022.07.014",
    ),
    "wide OR": Threshold(
        2.5,
        "upper end of an odds ratio's interval over the lower one, above which information is "
        "too little",
        "GRADE guidance 34, Zeng et al. 2022, doi 10.1016/j.jclinepi.2022.07.014",
    ),
    "mixtures": Threshold(
        2,
        "respects (drug, route, comparator) in which a pool may not be mixed at once",
        "rule of this project, after GRADE guidelines 8, Guyatt et al. 2011",
    ),
}


def value(name: str) -> float:
    """Return one threshold's value.

    >>> value("people")
    400
    """
    return THRESHOLDS[name].value


def important(measure: str | None, mid: float | None) -> tuple[float, float] | None:
    """Return the bounds of an unimportant difference on the analysis scale, None if unknown.

    Mean differences: the scale's minimal important difference; ratios: 0.75 and 1.25, logged;
    standardised differences: 0.2. A risk difference has no bounds of its own.
    """
    if measure == "MD" and mid is not None and 0 < mid < math.inf:
        return (-float(mid), float(mid))
    if measure == "SMD":
        return (-value("small SMD"), value("small SMD"))
    if measure in {"RR", "OR", "HR", "IRR"}:
        return (math.log(value("relative benefit")), math.log(value("relative harm")))
    return None

"""The methods paragraph: what was pooled, how, and what was left out, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from probatum.stats.measures.table import Measure
from probatum.stats.models.result import Rma
from probatum.stats.models.solve import EQUAL

ESTIMATORS = {
    "DL": "the DerSimonian-Laird estimator",
    "HE": "the Hedges estimator",
    "HS": "the Hunter-Schmidt estimator",
    "HSk": "the Hunter-Schmidt estimator with small-sample correction",
    "SJ": "the Sidik-Jonkman estimator",
    "ML": "maximum likelihood",
    "REML": "restricted maximum likelihood",
    "EB": "the empirical Bayes estimator",
    "PM": "the Paule-Mandel estimator",
    "PMM": "the median-unbiased Paule-Mandel estimator",
    "GENQ": "the generalised Q-statistic estimator",
}
TESTS = {
    "z": "Intervals and tests are based on the normal distribution.",
    "t": "Intervals and tests are based on a t distribution with k - 1 degrees of freedom.",
    "knha": (
        "Intervals and tests use the method of Hartung and Knapp (2001) and of Sidik and "
        "Jonkman (2002), with a t distribution with k - 1 degrees of freedom."
    ),
    "adhoc": (
        "Intervals and tests use the method of Hartung, Knapp, Sidik and Jonkman with the "
        "ad hoc correction that keeps them from being narrower than the usual ones."
    ),
}


def methods_text(
    model: Rma,
    measure: Measure | None,
    left_out: Sequence[tuple[str, str]] = (),
    added: Sequence[str] = (),
) -> str:
    """Return the paragraph for a fitted model without moderators."""
    sentences = [
        _effects(model, measure),
        _pooling(model),
        TESTS[model.test] if model.k > 1 else "",
        _heterogeneity(model),
        _zero_cells(added),
        _left_out(left_out),
        "Computed with Probatum.",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _effects(model: Rma, measure: Measure | None) -> str:
    studies = "one study" if model.k == 1 else f"{model.k} studies"
    if measure is None:
        return f"Effects and sampling variances of {studies} were taken as given."
    return f"The {measure.label} ({measure.reference}) was computed for {studies}."


def _pooling(model: Rma) -> str:
    if model.k == 1:
        return "One study was found, so nothing was pooled: the result is the study's own."
    if model.method in EQUAL:
        return "A common-effect model with inverse-variance weights was fitted."
    solver = "" if model.settings.compat is None else " (iterated as metafor 3.8 documents)"
    return (
        "A random-effects model with inverse-variance weights was fitted; the variance between "
        f"studies (tau2) was estimated by {ESTIMATORS[model.method]}{solver}."
    )


def _heterogeneity(model: Rma) -> str:
    if model.k == 1:
        return ""
    text = "Heterogeneity is described by Cochran's Q, I2"
    if model.method in EQUAL:
        return f"{text} and H2."
    law = "normal" if model.test == "z" else "t"
    return (
        f"{text} and tau2 (interval by the Q-profile method); the prediction interval adds tau2 "
        f"to the variance of the mean, with {law} quantiles."
    )


def _zero_cells(added: Sequence[str]) -> str:
    if not added:
        return ""
    return f"One half was added to every cell of tables with a zero ({'; '.join(added)})."


def _left_out(left_out: Sequence[tuple[str, str]]) -> str:
    if not left_out:
        return ""
    return "Left out: " + "; ".join(f"{label} ({reason})" for label, reason in left_out) + "."

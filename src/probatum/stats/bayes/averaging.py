"""Averaging over models: effect or none, heterogeneity or none, bias or none, and of what kind.

Robust Bayesian meta-analysis (Maier, Bartoš & Wagenmakers 2022, Psychol Methods; Bartoš et al.
2022, Res Synth Methods 14:99) without sampling. PET and PEESE add a half-Cauchy multiple of the
standard error or the variance; a selection model publishes non-significant results with relative
probability ω, uniform on (0, 1). Half of the prior probability goes to each of effect,
heterogeneity and bias; the kinds of bias share theirs equally.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UsageError
from probatum.stats.bayes.components import Component, Study
from probatum.stats.bayes.marginals import Averaged
from probatum.stats.bayes.priors import TauPrior, half_normal
from probatum.stats.bayes.regression import SLOPES, regression
from probatum.stats.bayes.selection import selected
from probatum.stats.inputs import Floats, Labels, effects, one_of

BIASES = ("PET", "PEESE", "one-sided", "two-sided")


@dataclass(frozen=True, slots=True)
class Member:
    """One model of the average: what it holds, its probabilities, its posterior of μ.

    ``component`` is None for models without effect, whose μ is 0.
    """

    effect: bool
    heterogeneity: bool
    bias: str
    log_evidence: float
    prior: float
    posterior: float
    component: Component | None


@dataclass(frozen=True)
class BayesAverage:
    """Posterior probabilities of all models, inclusion Bayes factors and the averaged effect.

    ``mu`` counts models without effect as μ = 0; ``mu_given_effect`` leaves them out.
    """

    members: tuple[Member, ...]

    @property
    def bf_effect(self) -> float:
        """The Bayes factor of an effect against none, averaged over the other models."""
        return self._inclusion([member.effect for member in self.members])

    @property
    def bf_heterogeneity(self) -> float:
        return self._inclusion([member.heterogeneity for member in self.members])

    @property
    def bf_bias(self) -> float:
        return self._inclusion([member.bias != "none" for member in self.members])

    @cached_property
    def mu(self) -> Averaged:
        return _average([(member.posterior, member.component) for member in self.members])

    @cached_property
    def mu_given_effect(self) -> Averaged:
        return _average([(m.posterior, m.component) for m in self.members if m.effect])

    def _inclusion(self, held: Sequence[bool]) -> float:
        mask = np.array(held)
        prior = np.array([member.prior for member in self.members])
        posterior = np.array([member.posterior for member in self.members])
        odds = prior[mask].sum() / prior[~mask].sum()
        against = posterior[~mask].sum()
        return float(posterior[mask].sum() / against / odds) if against > 0 else math.inf


def bayes_average(  # noqa: PLR0913, keyword-only options
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    mu_prior: tuple[float, float] = (0.0, 1.0),
    tau_prior: TauPrior | None = None,
    biases: Sequence[str] = BIASES,
    favoured: str = "positive",
    labels: Labels = None,
) -> BayesAverage:
    """Return the average over models with and without effect, heterogeneity and bias.

    ``mu_prior`` (mean, sd) and ``tau_prior`` (default half-normal(0.5), proper) hold where there
    is an effect or heterogeneity: the defaults are meant for standardised differences and log
    ratios. ``biases``: some of PET (half-Cauchy(1) times the standard error), PEESE
    (half-Cauchy(5) times the variance), one-sided and two-sided (selection at one-sided
    p < 0.025, two-sided p < 0.05). ``favoured``: which sign of effect is thought to be published
    more readily, "positive" or "negative".

    >>> average = bayes_average([0.5, 0.6, 0.4, 0.55], [0.02, 0.04, 0.01, 0.03], biases=[])
    >>> len(average.members), average.bf_effect > 3
    (4, True)
    """
    y, v = effects(yi, vi, labels)
    kinds = [one_of(kind, BIASES, "kind of bias") for kind in biases]
    sign = -1.0 if one_of(favoured, ("positive", "negative"), "sign") == "negative" else 1.0
    if not (math.isfinite(mu_prior[0]) and math.isfinite(mu_prior[1]) and mu_prior[1] > 0):
        raise UsageError("mu_prior: a finite mean and a finite sd above 0 are needed")
    prior = half_normal(0.5) if tau_prior is None else tau_prior
    if not prior.proper:
        raise UsageError("models can only be averaged with a proper prior of τ: give its bound")
    study = Study(sign * y, v, (sign * mu_prior[0], mu_prior[1]), prior, sign)
    return BayesAverage(_weighted([_member(study, kinds, *m) for m in _plan(kinds)]))


def _plan(kinds: Sequence[str]) -> list[tuple[bool, bool, str]]:
    return list(product((False, True), (False, True), ("none", *kinds)))


def _member(
    study: Study, kinds: Sequence[str], effect: bool, heterogeneity: bool, bias: str
) -> Member:
    share = 1.0 if not kinds else 0.5 if bias == "none" else 0.5 / len(kinds)
    made = (regression if bias in (*SLOPES, "none") else selected)(
        study, effect, heterogeneity, bias
    )
    return Member(
        effect, heterogeneity, bias, made.log_evidence, 0.25 * share, 0.0,
        made if effect else None,
    )  # fmt: skip


def _weighted(members: list[Member]) -> tuple[Member, ...]:
    log = np.array([member.log_evidence + math.log(member.prior) for member in members])
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    pairs = zip(members, weight.tolist(), strict=True)
    return tuple(replace(member, posterior=share) for member, share in pairs)


def _average(parts: Sequence[tuple[float, Component | None]]) -> Averaged:
    total = sum(share for share, _ in parts)
    zero = sum(share for share, part in parts if part is None)
    kept = [(share / total, part) for share, part in parts if part is not None]
    weights: Floats = np.array([share for share, _ in kept])
    return Averaged(weights, tuple(part.mu for _, part in kept), zero / total)

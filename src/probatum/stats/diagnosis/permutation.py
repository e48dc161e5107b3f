"""Permutation tests of a meta-analysis (Follmann & Proschan 1999; Higgins & Thompson 2004)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from probatum.errors import UsageError
from probatum.stats.inputs import Floats
from probatum.stats.models.batch import rma_batch
from probatum.stats.models.fit import estimate
from probatum.stats.models.likelihood import Data
from probatum.stats.models.result import Rma

# Statistics that differ by less are ties: each counts as extreme.
TIE = 1e-10


@dataclass(frozen=True, slots=True)
class Permutation:
    """Two-sided permutation p-values of the coefficients and of the omnibus test."""

    pval: Floats
    QMp: float
    draws: int
    exact: bool


def permutest(
    model: Rma, *, exact: bool | None = None, iterations: int = 1000, seed: int = 1
) -> Permutation:
    """Test by permutation: signs of the effects, or the rows of the moderators.

    Without moderators the signs of ``yi`` are flipped (2^k patterns), with moderators the rows of
    the model matrix are permuted (k! orders). ``exact`` goes through all; by default when there
    are at most ``iterations``. Else ``iterations`` random ones, which ``seed`` fixes.
    """
    plain = model.p == 1 and model.settings.intercept
    total = 2**model.k if plain else math.factorial(model.k)
    every = total <= iterations if exact is None else exact
    if every and total > 10**7:
        raise UsageError(f"an exact test would need {total:.3g} fits; use exact=False")
    if plain:
        return _signs(model, every, iterations, seed)
    return _orders(model, every, iterations, seed)


def _signs(model: Rma, every: bool, iterations: int, seed: int) -> Permutation:
    k = model.k
    if every:
        codes = np.arange(2**k)[:, None] >> np.arange(k)
        signs = 1.0 - 2.0 * (codes & 1)
    else:
        rng = np.random.default_rng(seed)
        signs = np.vstack([np.ones(k), rng.choice([-1.0, 1.0], size=(iterations - 1, k))])
    group = np.repeat(np.arange(len(signs)), k)
    fits = rma_batch(
        (signs * model.yi).ravel(),
        np.tile(model.vi, len(signs)),
        group,
        method=model.method,
        test=model.test,
    )
    size = np.abs(fits.zval)
    p = float((size >= abs(float(model.zval[0])) - TIE).mean())
    return Permutation(np.array([p]), p, len(signs), every)


def _orders(model: Rma, every: bool, iterations: int, seed: int) -> Permutation:
    d = model.data
    rng = np.random.default_rng(seed)
    orders = (
        (np.array(order) for order in permutations(range(d.k)))
        if every
        else (rng.permutation(d.k) if i else np.arange(d.k) for i in range(iterations))
    )
    count, draws = np.zeros(d.p + 1), 0
    observed = np.append(np.abs(model.zval), model.QM)
    for order in orders:
        fit = estimate(Data(d.y, d.v, d.x[order]), model.settings)
        count += np.append(np.abs(fit.zval), fit.QM) >= observed - TIE
        draws += 1
    share = count / draws
    return Permutation(share[:-1], float(share[-1]), draws, every)

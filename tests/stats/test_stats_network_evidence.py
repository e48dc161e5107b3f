"""Net heat, contributions and the adjusted funnel, each against a slower way to the same."""

from collections.abc import Iterator

import numpy as np
import pytest

from probatum import stats
from probatum.errors import StatsError, UsageError
from probatum.stats.network.fit import Nma

ROWS = [
    ("A", "B", 0.5, 0.2, 1), ("A", "B", 0.7, 0.3, 2), ("A", "C", 0.9, 0.25, 3),
    ("B", "C", 0.4, 0.2, 4), ("C", "D", -0.3, 0.3, 5), ("B", "D", 0.6, 0.35, 6),
    ("A", "B", 0.3, 0.3, "x"), ("A", "D", 0.8, 0.3, "x"), ("B", "D", 0.5, 0.3, "x"),
    ("D", "E", 0.1, 0.2, 7), ("C", "D", 0.2, 0.4, 8),
]  # fmt: skip


def fitted(rows: list[tuple[str, str, float, float, object]], method: str = "REML") -> Nma:
    first, second, te, se, study = zip(*rows, strict=True)
    return stats.nma(te, se, first, second, [str(s) for s in study], method=method)


def test_the_parts_of_the_designs_add_up_to_the_inconsistency() -> None:
    fit = fitted(ROWS)
    heat = stats.net_heat(fit)
    assert heat.q.sum() == pytest.approx(stats.decompose(fit).Q_inc)
    assert np.trace(heat.hat) == pytest.approx(fit.n - 1)
    assert heat.hat @ heat.hat == pytest.approx(heat.hat)
    assert len(heat.contrasts) == len(heat.hat)


def test_detaching_a_design_is_leaving_its_studies_out() -> None:
    fit = fitted(ROWS, "EE")
    heat = stats.net_heat(fit)
    without = stats.net_heat(fitted([r for r in ROWS if {r[0], r[1]} != {"B", "C"}], "EE"))
    column = heat.designs.index("B:C")
    left = {d: heat.q[i] - heat.heat[i, column] for i, d in enumerate(heat.designs)}
    for design, q in zip(without.designs, without.q, strict=True):
        assert left[design] == pytest.approx(q, abs=1e-9)
    assert left["B:C"] == pytest.approx(0)


def test_heterogeneity_cools_the_network() -> None:
    fit = fitted([*ROWS, ("A", "B", 2.5, 0.2, 9)])
    assert fit.tau2 > 0
    assert stats.net_heat(fit, random=True).q.sum() < stats.net_heat(fit).q.sum()


def paths(flow: np.ndarray, at: int, sink: int) -> Iterator[tuple[list[tuple[int, int]], float]]:
    if at == sink:
        yield [], 1.0
        return
    for to in np.flatnonzero(flow[at] > 1e-12):
        for rest, chance in paths(flow, int(to), sink):
            yield [(at, int(to)), *rest], chance * flow[at, to] / flow[at].sum()


@pytest.mark.parametrize("method", ["EE", "REML"])
def test_contributions_are_those_of_all_paths_one_by_one(method: str) -> None:
    fit = fitted([*ROWS, ("A", "E", 1.0, 0.5, 10)], method)
    found = stats.contributions(fit)
    assert found.share.sum(axis=1) == pytest.approx(1)
    # Weights of a multi-arm study from the pseudo-inverse of its doubly centred variances.
    laplacian = np.zeros((fit.n, fit.n))
    for s, arms in enumerate(fit.net.arms):
        a = len(arms)
        v = np.zeros((a, a))
        for r in fit.net.members[s]:
            i, j = list(arms).index(fit.net.first[r]), list(arms).index(fit.net.second[r])
            v[i, j] = v[j, i] = fit.net.se[r] ** 2 + fit.tau2
        centre = np.eye(a) - 1 / a
        laplacian[np.ix_(arms, arms)] += np.linalg.pinv(-0.5 * centre @ v @ centre)
    weight = -laplacian + np.diag(np.diag(laplacian))
    inverse = np.linalg.pinv(laplacian)
    for row, (one, two) in zip(found.share, found.estimates, strict=True):
        i, j = fit.trts.index(one), fit.trts.index(two)
        potential = inverse[:, i] - inverse[:, j]
        flow = np.maximum(weight * (potential[:, None] - potential), 0)
        shares = dict.fromkeys(found.comparisons, 0.0)
        for path, chance in paths(flow, i, j):
            for a, b in path:
                shares[fit.trts[min(a, b)], fit.trts[max(a, b)]] += chance / len(path)
        assert row == pytest.approx(list(shares.values()), abs=1e-9)


def test_a_chain_is_used_evenly_and_a_bridge_fully() -> None:
    chain = fitted([("A", "B", 1, 1, 1), ("B", "C", 1, 2, 2)])
    found = stats.contributions(chain)
    assert found.share.tolist() == [
        pytest.approx([1, 0]), pytest.approx([0.5, 0.5]), pytest.approx([0, 1]),
    ]  # fmt: skip


def test_a_negative_weight_is_told() -> None:
    odd = [("A", "B", 0, 0.5, 1), ("A", "C", 0, 0.5, 1), ("B", "C", 0, 0.9, 1)]
    with pytest.raises(StatsError, match="has a negative weight"):
        stats.contributions(fitted(odd))


def test_the_funnel_is_centred_within_comparisons_and_turns_with_the_order() -> None:
    fit = fitted(ROWS)
    there, back = (stats.adjusted_funnel(fit, order) for order in ("ABCDE", "EDCBA"))
    assert there.adjusted == pytest.approx(-back.adjusted)
    assert there.study[-1] == "8"
    for first, second in set(zip(there.first, there.second, strict=True)):
        assert first < second
        rows = [i for i in range(fit.m) if (there.first[i], there.second[i]) == (first, second)]
        pooled = stats.rma(there.te[rows], there.se[rows] ** 2, tau2=fit.tau2)
        assert there.centre[rows] == pytest.approx(pooled.estimate)
    with pytest.raises(UsageError, match="each treatment once"):
        stats.adjusted_funnel(fit, ["A", "B"])

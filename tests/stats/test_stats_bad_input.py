"""Every bad call and every impossible number is refused with a reason."""

import numpy as np
import pytest

from probatum import stats
from probatum.errors import StatsError, UnknownNameError, UsageError


@pytest.mark.parametrize(
    ("yi", "vi", "says"),
    [
        ([0.1, float("nan")], [0.1, 0.1], "study 2: yi"),
        ([0.1, 0.2], [0.1, 0.0], "study 2: vi"),
        ([0.1, 0.2], [-0.1, 0.2], "study 1: vi"),
        ([0.1, 0.2], [0.1, float("inf")], "study 2: vi"),
        ([], [], "k = 0"),
    ],
)
def test_impossible_effects_are_refused_by_study_and_field(
    yi: list[float], vi: list[float], says: str
) -> None:
    with pytest.raises(StatsError, match=says):
        stats.rma(yi, vi)


def test_bad_calls_are_usage_errors() -> None:
    with pytest.raises(UsageError, match="lengths are yi 2, vi 1"):
        stats.rma([1.0, 2.0], [1.0])
    with pytest.raises(UnknownNameError, match=r"known: .*REML"):
        stats.rma([1.0], [1.0], method="XYZ")
    with pytest.raises(UnknownNameError, match=r"known: .*SMD"):
        stats.escalc("XYZ", ai=[1])
    with pytest.raises(UsageError, match="missing: ci"):
        stats.escalc("OR", ai=[1], bi=[1], di=[1])
    with pytest.raises(UsageError, match="level"):
        stats.rma([1.0], [1.0], level=120)


def test_tables_with_more_events_than_people_are_refused() -> None:
    with pytest.raises(StatsError, match="study 'B': ai is 12; allowed: at most n1i"):
        stats.escalc("OR", ai=[1, 12], n1i=[10, 10], ci=[1, 1], n2i=[10, 10], slab=["A", "B"])
    with pytest.raises(StatsError, match="count of 0 or more"):
        stats.escalc("RR", ai=[-1], bi=[3], ci=[2], di=[4])


def test_dependent_moderators_are_refused() -> None:
    with pytest.raises(StatsError, match="linearly dependent"):
        stats.rma([1, 2, 3], [1, 1, 1], [[1, 2], [1, 2], [1, 2]])
    with pytest.raises(StatsError, match="at least 3 studies"):
        stats.rma([1, 2], [1, 1], [[1, 2], [3, 5]])


def test_tables_without_an_event_cannot_be_pooled_but_say_so() -> None:
    es = stats.escalc("OR", ai=[0], n1i=[10], ci=[0], n2i=[10], drop00=True)
    assert np.isnan(es.yi).all()
    with pytest.raises(StatsError, match="no event"):
        stats.rma_mh("OR", ai=[0], n1i=[10], ci=[0], n2i=[10])


def test_a_network_of_islands_names_them() -> None:
    with pytest.raises(StatsError, match=r"2 islands .*: A, B; C, D"):
        stats.nma([1.0, 2.0], [1.0, 1.0], ["B", "D"], ["A", "C"], ["s", "t"])


def test_a_study_without_all_its_contrasts_is_refused() -> None:
    with pytest.raises(StatsError, match="3 treatments and 2 contrasts"):
        stats.nma([1.0, 2.0], [1.0, 1.0], ["A", "B"], ["B", "C"], ["s", "s"])


def test_one_study_is_its_own_result() -> None:
    for method in ("EE", "DL", "REML", "PM"):
        one = stats.rma([0.3], [0.04], method=method, test="knha")
        assert (one.estimate, one.tau2, one.I2, one.QEp) == (pytest.approx(0.3), 0.0, 0.0, 1.0)
        assert np.isnan(one.ci_lb[0])
    assert stats.rma([0.3], [0.04]).se[0] == pytest.approx(0.2)

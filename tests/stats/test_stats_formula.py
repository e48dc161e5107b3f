"""Formulas: what they mean, against a matrix written by hand, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.errors import ProbatumError, StatsError, UsageError
from probatum.stats import design, rma
from probatum.stats.models.formula import parse

TABLE = {
    "dose": [1.0, 2.0, 4.0, 8.0, 3.0, 5.0],
    "year": [1990, 1995, 2000, 2005, 2010, 2015],
    "form": ["iv", "oral", "nasal", "iv", "oral", "nasal"],
    "blind": [True, False, True, False, True, False],
}


def test_a_formula_is_the_matrix_written_by_hand() -> None:
    coded = design("~ dose + form", TABLE)
    by_hand = np.array([[1, 0, 0], [2, 0, 1], [4, 1, 0], [8, 0, 0], [3, 0, 1], [5, 1, 0]])
    assert coded.names == ("dose", "form[nasal]", "form[oral]")
    assert np.array_equal(coded.matrix, by_hand)
    y, v = [0.1, 0.3, 0.2, 0.7, 0.4, 0.6], [0.02, 0.03, 0.05, 0.04, 0.06, 0.01]
    assert rma(y, v, coded.matrix).beta == pytest.approx(rma(y, v, by_hand).beta)


def test_interactions_are_products_of_codes() -> None:
    coded = design("form:blind + dose:year", TABLE)
    assert coded.names == (
        "form[nasal]:blind[True]",
        "form[oral]:blind[True]",
        "dose:year",
    )
    assert coded.matrix[:, 0].tolist() == [0, 0, 1, 0, 0, 0]
    assert coded.matrix[0, 2] == 1990


def test_without_intercept_the_first_category_shows_every_level() -> None:
    coded = design("0 + form + blind", TABLE)
    assert not coded.intercept
    assert coded.names == ("form[iv]", "form[nasal]", "form[oral]", "blind[True]")
    fit = rma([0.1, 0.2, 0.3, 0.1, 0.2, 0.3], [0.1] * 6, coded.matrix, intercept=False)
    assert fit.beta[:3] == pytest.approx([0.1, 0.3, 0.2])


def test_crossing_expands_and_repeats_nothing() -> None:
    assert parse("a*b*c")[0] == parse("a+b+c+a:b+a:c+b:c+a:b:c")[0]
    assert parse("a + a + a*b") == ((("a",), ("b",), ("a", "b")), True)
    assert parse("~ 1") == ((), True)
    assert parse("a - 1") == ((("a",),), False)


@pytest.mark.parametrize(
    "formula",
    ["", "a +", "a b", "a::b", "a - b", "(a)", "log(a)", "a*", "2", "1:a", "a*b*c*d*e*f*g"],
)
def test_what_cannot_be_read_is_refused(formula: str) -> None:
    with pytest.raises(UsageError):
        parse(formula)


def test_bad_columns_are_told() -> None:
    with pytest.raises(UsageError, match="unknown column 'weight'; known: dose"):
        design("weight", TABLE)
    with pytest.raises(StatsError, match="study 2: dose is missing"):
        design("dose", {"dose": [1.0, float("nan")]})
    with pytest.raises(StatsError, match="form has one level only"):
        design("form", {"form": ["iv", "iv"]})
    with pytest.raises(UsageError, match="lengths are"):
        design("a", {"a": [1, 2], "b": [1]})


@given(st.text(alphabet="abC+*:~-01 ()_", max_size=30))
def test_any_text_is_read_or_refused(formula: str) -> None:
    try:
        terms, intercept = parse(formula)
    except ProbatumError:
        return
    assert isinstance(intercept, bool)
    names = [name for term in terms for name in term]
    assert all(name.removeprefix("C(").removesuffix(")").isidentifier() for name in names)


def test_numbers_in_c_are_categories_in_their_order() -> None:
    coded = design("~ year + C(group)", {"year": [1, 2, 3, 4, 5], "group": [10, 2, 10, 2, 3]})
    assert coded.names == ("year", "C(group)[3]", "C(group)[10]")
    assert coded.levels == {"C(group)": ("2", "3", "10")}
    assert coded.matrix[:, 2].tolist() == [1, 0, 1, 0, 0]


def test_rma_takes_a_formula_and_predicts_by_name() -> None:
    y, v = [0.1, 0.3, 0.2, 0.7, 0.4, 0.6], [0.02, 0.03, 0.05, 0.04, 0.06, 0.01]
    coded = design("dose + C(form)", TABLE)
    fit, plain = rma(y, v, coded), rma(y, v, coded.matrix)
    assert fit.names == ("intercept", "dose", "C(form)[nasal]", "C(form)[oral]")
    assert plain.names == ("intercept", "moderator 1", "moderator 2", "moderator 3")
    assert np.array_equal(fit.beta, plain.beta)
    by_name = fit.predict({"dose": [3.0, 4.0], "form": ["nasal", "iv"]})
    assert by_name.pred == pytest.approx(plain.predict([[3, 1, 0], [4, 0, 0]]).pred)
    with pytest.raises(StatsError, match="level 'rectal' is new; known: iv, nasal, oral"):
        fit.predict({"dose": [1], "form": ["rectal"]})
    with pytest.raises(UsageError, match="need a model of a formula"):
        plain.predict({"dose": [1]})


def test_a_formula_decides_about_the_intercept() -> None:
    y, v = [0.1, 0.3, 0.2, 0.7, 0.4, 0.6], [0.02, 0.03, 0.05, 0.04, 0.06, 0.01]
    assert rma(y, v, design("0 + form", TABLE)).names == ("form[iv]", "form[nasal]", "form[oral]")
    alone = rma(y, v, design("~ 1", TABLE))
    assert (alone.names, alone.estimate) == (("intercept",), rma(y, v).estimate)
    with pytest.raises(UsageError, match="shape"):
        rma(y[:5], v[:5], design("dose", TABLE))
    with pytest.raises(UsageError, match="given as design"):
        rma(y, v, "~ dose")

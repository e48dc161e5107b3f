"""A table of text becomes a pooled result and a paragraph; bad tables say what is wrong."""

import math

import pytest

from probatum.errors import StatsError, UsageError
from probatum.stats.report import meta_analysis

CELLS = {
    "study": ["A 2001", "B 2003", "C 2009"],
    "ai": ["4", "0", "7"],
    "n1i": ["20", "15", "30"],
    "ci": ["9", "3", "12"],
    "n2i": ["21", "15", "31"],
}


def test_cells_are_pooled_as_odds_ratios_and_the_zero_is_told() -> None:
    report = meta_analysis(CELLS)
    assert (report.measure, report.log) == ("OR", True)
    assert report.value == pytest.approx(math.exp(report.model.estimate))
    assert report.low < report.value < report.high
    assert report.added == ("B 2003",)
    for piece in ("log odds ratio", "restricted maximum likelihood", "Hartung", "B 2003"):
        assert piece in report.methods_text
    assert report.weights.sum() == pytest.approx(100)


def test_columns_can_be_named() -> None:
    table = {"trial": ["x", "y"], "effect": ["0.5", "\u22120.1"], "error": ["0.2", "0.3"]}
    report = meta_analysis(
        table, mapping={"yi": "effect", "sei": "error"}, method="EE", test="z", measure="MD"
    )
    assert report.labels == ("x", "y")
    assert report.model.yi.tolist() == [0.5, -0.1]


def test_a_row_without_numbers_is_left_out_with_its_reason() -> None:
    table = {"study": ["a", "b", "c"], "yi": ["0.1", "NA", "0.4"], "vi": ["0.1", "0.1", "0.2"]}
    report = meta_analysis(table)
    assert report.model.k == 2
    assert report.left_out[0][0] == "b"
    assert "b (" in report.methods_text


def test_one_study_is_not_called_pooled() -> None:
    report = meta_analysis({"study": ["a"], "yi": ["0.1"], "vi": ["0.1"]}, test="z")
    assert "nothing was pooled" in report.methods_text


def test_bad_tables_say_what_is_wrong() -> None:
    with pytest.raises(StatsError, match=r"row 2 \(b\), column 'yi': 'many' is not a number"):
        meta_analysis({"study": ["a", "b"], "yi": ["1", "many"], "vi": ["1", "1"]})
    with pytest.raises(UsageError, match="needs columns yi and vi"):
        meta_analysis({"study": ["a"], "x": ["1"]})
    with pytest.raises(UsageError, match="no column 'z'"):
        meta_analysis({"study": ["a"], "yi": ["1"]}, mapping={"vi": "z"})
    with pytest.raises(UsageError, match="missing: n2i"):
        meta_analysis({k: v for k, v in CELLS.items() if k != "n2i"}, measure="OR")

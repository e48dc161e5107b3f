"""Numbers of a trial looked up: tables in both directions, prose, and when nothing is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.claims.lookup.asked import Found, OutcomeKind, Sought
from probatum.claims.lookup.find import look_up, look_up_times, prepare
from probatum.claims.lookup.topics import days_of
from probatum.documents.read import collect
from probatum.text.abbreviations import abbreviations

_PAGE = """<?xml version="1.0"?><article><front><article-meta><title-group><article-title>Invented
trial</article-title></title-group></article-meta></front><body><sec sec-type="results">
<title>Results</title><p>{prose}</p><table-wrap id="t1"><label>Table 1</label>
<caption><p>{caption}</p></caption><table>{table}</table></table-wrap></sec></body></article>"""


def _table(*rows: tuple[str, ...]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows[1:])
    return f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"


def _found(
    outcome: str,
    kind: OutcomeKind,
    *rows: tuple[str, ...],
    prose: str = "Nothing.",
    caption: str = "Outcomes after treatment, mean (SD)",
) -> Found:
    page = _PAGE.format(prose=prose, caption=caption, table=_table(*rows))
    document = collect(page.encode(), "invented.xml").documents[0]
    return look_up(prepare(document), Sought("drug X", "placebo", outcome, kind))


def _numbers(found: Found) -> list[tuple[float | None, ...]]:
    assert found.arms is not None, found.reasons
    return [
        tuple(v.value if v else None for v in (arm.n, arm.events, arm.mean, arm.sd))
        for arm in found.arms
    ]


HEAD = ("Outcome", "Placebo (n = 31)", "Drug X (n = 30)", "p")


def test_arms_in_columns_are_told_apart_by_name_not_by_order() -> None:
    rows = (("Pain score", "5.1 (1.2)", "3.4 (1.1)", "0.01"), ("Sleep", "2 (1)", "3 (1)", "0.2"))
    found = _found("pain score", "continuous", HEAD, *rows)
    assert _numbers(found) == [(30, None, 3.4, 1.1), (31, None, 5.1, 1.2)]


def test_arms_in_rows_with_their_sizes() -> None:
    rows = (("Group", "n", "Pain", "Nausea"), ("Drug X", "30", "3.4 ± 1.1", "4"),
            ("Placebo", "31", "5.1 ± 1.2", "2"))  # fmt: skip
    assert _numbers(_found("pain", "continuous", *rows)) == [
        (30, None, 3.4, 1.1),
        (31, None, 5.1, 1.2),
    ]


def test_counts_follow_from_percentages_where_the_size_is_known() -> None:
    found = _found("nausea", "binary", HEAD, ("Nausea, %", "10", "20", "0.3"))
    assert _numbers(found) == [(30, 6, None, None), (31, 3, None, None)]
    assert found.arms
    assert found.arms[0].events
    assert found.arms[0].events.computed == "20 % of 30"


def test_every_time_that_is_told_can_be_taken() -> None:
    rows = (("Pain at baseline", "7.0 (1.0)", "7.1 (1.0)", "0.9"),
            ("Pain at 24 hours", "6.5 (1.1)", "5.5 (1.3)", "0.1"),
            ("Pain at 2 weeks", "6.0 (1.0)", "5.0 (1.0)", "0.1"),
            ("Pain at 6 weeks", "5.1 (1.2)", "3.4 (1.1)", "0.01"),
            ("Vomiting at 2 weeks", "1.0 (1.0)", "1.0 (1.0)", "0.9"))  # fmt: skip
    page = _PAGE.format(prose="Nothing.", caption="Outcomes, mean (SD)", table=_table(HEAD, *rows))
    document = collect(page.encode(), "invented.xml").documents[0]
    sought = Sought("drug X", "placebo", "pain", "continuous")
    found = look_up_times(prepare(document), sought)
    assert [(f.days, _numbers(f)[0][2]) for f in found] == [(42.0, 3.4), (14.0, 5.0), (1.0, 5.5)]
    assert found[0] == look_up(prepare(document), sought)


def test_the_last_time_is_given_and_values_before_treatment_never() -> None:
    rows = (("Pain at baseline", "7.0 (1.0)", "7.1 (1.0)", "0.9"),
            ("Pain at 2 weeks", "6.0 (1.0)", "5.0 (1.0)", "0.1"),
            ("Pain at 6 weeks", "5.1 (1.2)", "3.4 (1.1)", "0.01"))  # fmt: skip
    assert _numbers(_found("pain", "continuous", HEAD, *rows))[0][2] == 3.4
    alone = _found("pain", "continuous", HEAD, rows[0])
    assert (alone.arms, alone.reasons) == (None, ("values before treatment",))


@pytest.mark.parametrize("spread", ["median (IQR)", "median (range)"])
def test_a_median_is_never_taken_for_a_mean(spread: str) -> None:
    rows = ("Pain score", "5.1 (1.2)", "3.4 (1.1)", "0.01")
    assert _found("pain score", "continuous", HEAD, rows, caption=spread).arms is None


def test_a_standard_error_becomes_a_deviation_that_says_so() -> None:
    rows = ("Pain score", "5.1 (0.2)", "3.4 (0.2)", "0.01")
    found = _found("pain score", "continuous", HEAD, rows, caption="Mean (standard error)")
    assert found.arms
    assert found.arms[0].sd
    assert found.arms[0].sd.value == pytest.approx(0.2 * 30**0.5)
    assert found.arms[0].sd.computed == "SE 0.2 of 30"


def test_a_footnote_says_what_stands_behind_the_sign() -> None:
    table = _table(HEAD, ("Pain score", "5.1 ± 0.2", "3.4 ± 0.2^*", "0.01"))
    page = _PAGE.format(prose="Nothing.", caption="Outcomes after treatment", table=table)
    foot = "<table-wrap-foot><p>Values are means ± S.E.M. *p &lt; 0.05</p></table-wrap-foot>"
    page = page.replace("</table></table-wrap>", f"</table>{foot}</table-wrap>")
    document = collect(page.encode(), "invented.xml").documents[0]
    asked = Sought("drug X", "placebo", "pain score", "continuous")
    arms = look_up(prepare(document), asked).arms
    assert arms
    assert [arm.sd.computed for arm in arms if arm.sd] == ["SE 0.2 of 30", "SE 0.2 of 31"]
    doubtful = page.replace("means ± S.E.M.", "means ± SD or SEM")
    document = collect(doubtful.encode(), "invented.xml").documents[0]
    assert look_up(prepare(document), asked).arms is None


def test_times_in_rows_and_groups_beside_them_with_their_sizes() -> None:
    rows = (("Time (hours)", "Group", "n", "Pain, mean (SD)"),
            ("24", "Drug X (I)", "30", "3.4 (1.1)"), ("24", "Placebo (II)", "31", "5.1 (1.2)"),
            ("48", "Drug X (I)", "29", "2.4 (1.0)"),
            ("48", "Placebo (II)", "28", "4.1 (1.3)"))  # fmt: skip
    found = _found("pain", "continuous", *rows)
    assert _numbers(found) == [(29, None, 2.4, 1.0), (28, None, 4.1, 1.3)]
    assert found.days == 2.0


def test_values_are_given_where_changes_stand_beside_them() -> None:
    head = ("Outcome", "Placebo (n = 31), week 4", "Drug X (n = 30), week 4")
    rows = (("Pain score", "5.1 (1.2)", "3.4 (1.1)"), ("Pain, mean change", "1 (1)", "3 (1)"))
    caption = "Changes in pain, mean (SD)"
    found = _found("pain score", "continuous", head, *rows, caption=caption)
    assert _numbers(found) == [(30, None, 3.4, 1.1), (31, None, 5.1, 1.2)]
    alone = _found("pain score", "continuous", head, rows[0], caption=caption)
    assert alone.reasons == ("the table gives changes, not values",)


def test_a_total_is_not_passed_over_for_a_row_that_names_a_time() -> None:
    rows = (
        ("Total volume", "300 (20)", "200 (20)", ""),
        ("Volume in 24 h", "90 (9)", "80 (8)", ""),
    )
    assert _numbers(_found("total volume", "continuous", HEAD, *rows))[0][2] == 200


def test_shares_of_a_change_in_prose_are_no_values() -> None:
    prose = "Pain decreased 14% (SD 9) with drug X and decreased 18% (SD 5) with placebo."
    assert _found("pain", "continuous", ("a", "b"), ("c", "d"), prose=prose).arms is None


@pytest.mark.parametrize(
    "prose",
    [
        "The number of patients with nausea in the drug X group was 6 and with placebo was 3.",
        "Nausea: 10% (3/31), and 20% (6/30), and 0% in placebo, drug X and no treatment,"
        " respectively.",
    ],
)
def test_counts_of_both_groups_in_one_sentence(prose: str) -> None:
    found = _found("nausea", "binary", ("a", "b"), ("c", "d"), prose=prose)
    assert [row[1] for row in _numbers(found)] == [6, 3]


def test_two_rows_that_fit_as_well_give_nothing() -> None:
    rows = (("Pain, left", "5.1 (1.2)", "3.4 (1.1)", ""), ("Pain, right", "4 (1)", "3 (1)", ""))
    assert _found("pain", "continuous", HEAD, *rows).reasons == ("two rows fit as well",)


def test_prose_gives_numbers_where_no_table_does() -> None:
    prose = "Nausea occurred in 6 of 30 patients with drug X and in 3 of 31 with placebo."
    found = _found("nausea", "binary", ("a", "b"), ("c", "d"), prose=prose)
    assert _numbers(found) == [(30, 6, None, None), (31, 3, None, None)]
    assert found.where == "text"


def test_places_hold_what_was_read() -> None:
    prose = "Nausea occurred in 6 of 30 patients with drug X and in 3 of 31 with placebo."
    page = _PAGE.format(prose=prose, caption="", table=_table(("a", "b"), ("c", "d")))
    document = collect(page.encode(), "invented.xml").documents[0]
    found = look_up(prepare(document), Sought("drug X", "placebo", "nausea", "binary"))
    assert found.arms
    for arm in found.arms:
        for value in (arm.n, arm.events):
            assert value
            assert document.text[value.start : value.end] == f"{value.value:.0f}"


@given(st.text(max_size=300))
def test_any_text_is_read_for_abbreviations_and_times(text: str) -> None:
    assert all(long for long in abbreviations(text).values())
    assert (days_of(text) or 0.0) >= 0.0


def test_a_decimal_comma_is_read_and_a_thousands_comma_is_none() -> None:
    found = _found(
        "pain score", "continuous", HEAD, ("Pain score", "1,205 ± 9,4", "3,4 ± 1,1†", "")
    )
    assert _numbers(found) == [(30, None, 3.4, 1.1), (31, None, 1205, 9.4)]


@pytest.mark.parametrize(
    ("outcome", "prose", "expected"),
    [
        ("adverse events", "No adverse effects were observed.", [0, 0]),
        ("serious adverse events", "There were no deaths or serious adverse events.", [0, 0]),
        ("adverse events", "No serious adverse events were reported.", None),
        ("adverse events", "No adverse events were reported with drug X.", None),
        ("adverse events", "There were no differences in adverse events.", None),
        ("deaths", "No deaths occurred except in one patient.", None),
    ],
    ids=["plain", "listed", "narrower", "of-one-arm", "no-difference", "taken-back"],
)
def test_no_event_in_any_group_is_zero_in_both(
    outcome: str, prose: str, expected: list[float] | None
) -> None:
    found = _found(outcome, "binary", ("a", "b"), ("c", "d"), prose=prose)
    told = [arm.events.value if arm.events else None for arm in found.arms or ()]
    assert (told or None) == expected


def test_a_column_of_counts_with_shares_is_no_column_of_sizes() -> None:
    table = """<thead><tr><th rowspan="2">Outcome</th><th colspan="2">Drug X (n = 30)</th>
    <th colspan="2">Placebo (n = 31)</th></tr><tr><th>n (%)</th><th>95% CI</th><th>n (%)</th>
    <th>95% CI</th></tr></thead><tbody><tr><td>Response</td><td>12 (40.0)</td><td>(23, 59)</td>
    <td>5 (16.1)</td><td>(5, 34)</td></tr></tbody>"""
    page = _PAGE.format(prose="Nothing.", caption="Outcomes", table=table)
    document = collect(page.encode(), "invented.xml").documents[0]
    found = look_up(prepare(document), Sought("drug X", "placebo", "response", "binary"))
    assert _numbers(found) == [(30, 12, None, None), (31, 5, None, None)]


def test_a_row_with_the_numbers_asked_for_is_told_from_its_neighbours() -> None:
    rows = (("Motion C2-4 (degrees)", "5.1 (1.2)", "3.4 (1.1)", ""),
            ("Motion C4-5 (degrees)", "4.2 (1.3)", "3.3 (1.4)", ""))  # fmt: skip
    found = _found("motion of C4-C5", "continuous", HEAD, *rows)
    assert _numbers(found) == [(30, None, 3.3, 1.4), (31, None, 4.2, 1.3)]


def test_the_total_is_given_where_no_part_is_asked_for() -> None:
    rows = (("Left colon transit", "5.1 (1.2)", "3.4 (1.1)", ""),
            ("Total colon transit", "9.2 (1.3)", "8.3 (1.4)", ""))  # fmt: skip
    found = _found("transit of the colon", "continuous", HEAD, *rows)
    assert _numbers(found) == [(30, None, 8.3, 1.4), (31, None, 9.2, 1.3)]


def test_initials_name_an_arm_and_an_outcome() -> None:
    rows = (("Outcome", "WLC (n = 31)", "GMT (n = 30)"), ("FSS", "5.1 (1.2)", "3.4 (1.1)"))
    page = _PAGE.format(prose="Nothing.", caption="After treatment, mean (SD)",
                        table=_table(*rows))  # fmt: skip
    prepared = prepare(collect(page.encode(), "invented.xml").documents[0])
    asked = Sought("guided movement training", "waiting list control", "fatigue severity scale",
                   "continuous")  # fmt: skip
    assert _numbers(look_up(prepared, asked)) == [(30, None, 3.4, 1.1), (31, None, 5.1, 1.2)]


@pytest.mark.parametrize("cell", ["3.4 (±1.1)", "3.4 [+/- 1.1]", "3.4 ± 1.1"])
def test_a_spread_in_brackets_with_its_sign(cell: str) -> None:
    found = _found("pain", "continuous", HEAD, ("Pain", "5.0 ± 1.0", cell, ""))
    assert _numbers(found)[0] == (30, None, 3.4, 1.1)

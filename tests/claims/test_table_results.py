"""Results in tables: arms of rows, what is no SD, spans that hold, bounds for any cell."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.claims.extract import extract
from probatum.model.document import Block, Cell, Document, Table
from probatum.model.pack import Vocabulary
from probatum.text.cells import cell_value, group_size

_BOUNDS = {"low": 2, "high": 5}


def _document(make, lines: list[str], *, caption: str, headers: int = 1) -> Document:
    """A document of one table; cells are divided by bars."""
    text, cells = caption + "\n", []
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.split("|")):
            cells.append(Cell(row, column, 1, 1, row < headers, len(text), len(text) + len(cell)))
            text += cell + "\t"
    document = make(text, role="results")
    block = Block("caption", 0, len(caption), (), "results")
    table = Table("t1", "Table 2", caption, tuple(cells))
    return replace(document, blocks=(block,), tables=(table,))


def test_counts_and_means_of_arms(make, vocabulary: Vocabulary) -> None:
    lines = [
        "Outcome|Drug X (n = 20)|Placebo (n = 25)|P value",
        "Nausea, n (%)|5 (25.0)|10 (40.0)|0.35",
        "VAS, mean (SD)|3.1 (1.2)|4.9 (1.4)|<0.001",
        "VAS, median (IQR)|3 (2)|5 (2)|",
    ]
    document = _document(make, lines, caption="Outcomes at 4 weeks")
    first, second = extract(document, vocabulary).results
    assert [(a.n, a.events) for a in first.arms] == [(20, 5), (25, 10)]
    assert [(a.mean, a.sd) for a in second.arms] == [(3.1, 1.2), (4.9, 1.4)]
    assert (second.intervention, second.comparator, second.scale) == ("x", "placebo", "vas")
    assert second.cell == "Table 2, row 3: VAS, mean (SD)"
    assert document.text[second.start : second.end] == second.quote
    assert {c.verdict for c in (*first.checks, *second.checks)} == {"agrees"}


def test_a_share_of_too_many_is_found(make, vocabulary: Vocabulary) -> None:
    lines = ["Outcome|Drug X (n = 20)|Placebo (n = 25)", "Nausea, n (%)|5 (24.2)|10 (40.0)"]
    (found,) = extract(_document(make, lines, caption="Harms"), vocabulary).results
    assert [c.verdict for c in found.checks if c.rule == "percentage-of-counts"] == [
        "disagrees",
        "agrees",
    ]


@pytest.mark.parametrize(
    ("caption", "line"),
    [
        ("Baseline characteristics", "VAS|3.1 ± 1.2|4.9 ± 1.4"),
        ("Estimates of a regression (95% CI), means", "VAS|3.1 (2.0 to 4.2)|4.9 (4.0 to 5.5)"),
        ("Outcomes", "VAS|3.1 (1.2)|4.9 (1.4)"),
        ("Outcomes, n", "Male/female|12/8|15/10"),
        ("Composition of the diets", "Protein (%)|131|150"),
    ],
)
def test_what_is_no_result(make, vocabulary: Vocabulary, caption: str, line: str) -> None:
    lines = ["Outcome|Drug X (n = 20)|Placebo (n = 25)", line]
    assert not extract(_document(make, lines, caption=caption), vocabulary).results


@pytest.mark.parametrize(
    ("caption", "line", "told"),
    [
        ("Means with standard errors", "VAS|3.1 ± 1.2|4.9 ± 1.4", {"mean": 3.1, "se": 1.2}),
        ("Outcomes", "VAS, median (IQR)|3 (2-5)|5 (4-6)",
         _BOUNDS | {"median": 3, "interval": "iqr"}),
        ("Outcomes", "VAS, median (range)|3 (2-5)|5 (4-6)",
         _BOUNDS | {"median": 3, "interval": "range"}),
        ("Mean (95% CI) at 4 weeks", "VAS|3 (2 to 5)|5 (4 to 6)",
         _BOUNDS | {"mean": 3, "interval": "ci"}),
        ("Adverse events, number of patients", "Nausea|5|10", {"n": 20, "events": 5}),
        ("Outcomes", "Responders, %|25|40", {"n": 20, "percent": 25}),
        ("Outcomes", "Nausea, n (%)|5 (25.0)|10 (40.0)", {"events": 5, "percent": 25}),
    ],
)  # fmt: skip
def test_what_a_cell_holds_is_told_around_it(
    make, vocabulary: Vocabulary, caption: str, line: str, told: dict[str, object]
) -> None:
    lines = ["Outcome|Drug X (n = 20)|Placebo (n = 25)", line]
    (found,) = extract(_document(make, lines, caption=caption), vocabulary).results
    assert told.items() <= asdict(found.arms[0]).items()
    assert found.label == line.partition("|")[0]
    assert [arm.treatment for arm in found.arms] == ["x", "placebo"]


def test_columns_of_times_are_no_arms(make, vocabulary: Vocabulary) -> None:
    lines = ["Outcome|Baseline|Week 4|8 weeks", "VAS, mean (SD)|6.1 (1.2)|4.9 (1.4)|4.0 (1.0)"]
    assert not extract(_document(make, lines, caption="Outcomes"), vocabulary).results


def test_a_group_is_what_the_text_says_of_it(make, vocabulary: Vocabulary) -> None:
    lines = ["Outcome|Group A|Group B|P value", "VAS, mean (SD)|3.1 (1.2)|4.9 (1.4)|0.01"]
    document = _document(make, lines, caption="Outcomes")
    told = " Group A received drug X 0.5 mg/kg over 40 min. Group B received placebo."
    document = replace(document, text=document.text + told)
    (found,) = extract(document, vocabulary).results
    assert (found.intervention, found.comparator, found.p) == ("x", "placebo", "0.01")
    assert [arm.dose for arm in found.arms] == ["0.5 mg/kg over 40 min", None]


@settings(max_examples=200)
@given(st.text("0123456789 .,()/%±[]-abn=", max_size=70))
def test_any_cell_is_read(text: str) -> None:
    found = cell_value(text)
    assert found is None or isinstance(found.first.value, float)
    size = group_size(text)
    assert size is None or size >= 0


@pytest.mark.parametrize(
    ("row", "judged"), [("VAS, mean (SD)", True), ("Weight, mean (SD)", False)]
)
def test_a_scale_named_in_the_notes_alone_judges_no_row(
    make, vocabulary: Vocabulary, row: str, judged: bool
) -> None:
    scales = tuple(replace(s, low=0, high=10) for s in vocabulary.scales)
    lines = ["Outcome|Drug X (n = 20)|Placebo (n = 25)", f"{row}|3.1 (1.2)|4.9 (1.4)"]
    document = _document(make, lines, caption="Outcomes at 4 weeks")
    note = "The VAS runs from 0 to 10."
    start = len(document.text)
    blocks = (*document.blocks, Block("other", start, start + len(note), (), "results"))
    document = replace(document, text=document.text + note, blocks=blocks)
    results = extract(document, replace(vocabulary, scales=scales)).results
    rules = {c.rule for found in results for c in found.checks}
    assert ("sd-within-scale" in rules) is judged

"""GRADE steps over invented bodies of evidence, as data; and what holds for any."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.certainty.domains import DOMAINS
from probatum.certainty.grade import LEVELS, grade
from probatum.certainty.thresholds import THRESHOLDS
from probatum.certainty.wording import number, sentence
from probatum.effects.synthesize import synthesize
from probatum.model.answer import Level
from probatum.model.effect import Pooled
from probatum.model.pack import Scale, StudyRow

FILE = Path(__file__).resolve().parent.parent / "cases" / "certainty" / "gradings.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["cases"]
LABELS = {"drug": "Drug X", "comparator": "Placebo", "outcome": "Pain"}
# Words by which a text tells somebody what to do.
ADVICE = re.compile(
    r"\b(should|must|recommend\w*|advise\w*|use|take|avoid|consider)\b", re.IGNORECASE
)


def rows_of(case: dict[str, Any], make_row: Any) -> list[StudyRow]:
    each = case.get("each", [{}] * 20)
    more = {"design_class": case.get("design_class", "randomised")}
    rows = []
    for i, (exp, ctl, sd, n) in enumerate(case.get("means", ())):
        arms = {"mean_exp": exp, "mean_ctl": ctl, "sd_exp": sd, "sd_ctl": sd, "n_exp": n}
        rows.append(make_row(f"S{i}", **arms, n_ctl=n, **more, **each[i]))
    for i, (a, n1, c, n2) in enumerate(case.get("counts", ())):
        counts = {"events_exp": a, "n_exp": n1, "events_ctl": c, "n_ctl": n2}
        rows.append(make_row(f"S{i}", **counts, **more, **each[i]))
    return rows


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_gradings(case: dict[str, Any], make_row: Any, make_question: Any) -> None:
    rows, question = rows_of(case, make_row), make_question(**case["question"])
    pooled = synthesize(question, rows)
    scale = Scale("s", "S", mid=case["mid"]) if "mid" in case else None
    found = grade(question, pooled, rows, scale)
    changes = {step.domain: step.change for step in found.steps}
    assert {name: changes[name] for name in case["changes"]} == case["changes"], case["why"]
    assert (found.level, found.start) == (case["level"], case["start"])
    said = sentence(question, pooled, found, LABELS)
    for words in case.get("sentence", ()):
        assert words in said
    assert not ADVICE.search(said)


def test_no_study_has_no_certainty(make_question: Any) -> None:
    question = make_question(measure="MD")
    pooled = synthesize(question, [])
    found = grade(question, pooled, [], None)
    assert (found.level, found.start) == ("none", "none")
    assert "nothing to rate" in found.steps[0].reason
    said = sentence(question, pooled, found, LABELS)
    assert said == (
        "No study in this base gives an effect of drug X on pain compared with placebo; "
        "the question is open."
    )


def test_every_step_says_why_and_thresholds_have_references(
    make_row: Any, make_question: Any
) -> None:
    assert all(threshold.reference for threshold in THRESHOLDS.values())
    for case in CASES:
        rows, question = rows_of(case, make_row), make_question(**case["question"])
        found = grade(question, synthesize(question, rows), rows, None)
        assert len(found.steps) == len(DOMAINS)
        assert all(step.reason for step in found.steps)
        assert found.steps[0].domain == "risk of bias"
        assert "at most moderate" in found.steps[0].reason


def test_a_hazard_ratio_changes_a_rate_and_not_a_time(make_row: Any, make_question: Any) -> None:
    row = make_row(
        "S0", measure="HR", contrast=0.4, contrast_low=0.27, contrast_high=0.6, ci_level=95.0
    )
    question = make_question(measure="HR", benefit="lower")
    pooled = synthesize(question, [row])
    found = grade(question, pooled, [row], None)
    said = sentence(question, pooled, found, {**LABELS, "outcome": "Time to relapse"})
    assert "drug X probably reduces the rate of relapse compared with placebo" in said


def test_a_difference_names_its_scale_and_a_ratio_none(make_row: Any, make_question: Any) -> None:
    said = []
    for measure, scale in (("MD", "MADRS"), ("MD", "0 to 10 pain scale"), ("RR", "MADRS")):
        row = make_row(
            "S0",
            measure=measure,
            contrast=0.4,
            contrast_low=0.271,
            contrast_high=0.6,
            ci_level=95.0,
        )
        question = make_question(measure=measure, benefit="lower")
        pooled = synthesize(question, [row])
        found = grade(question, pooled, [row], None)
        said.append(sentence(question, pooled, found, {**LABELS, "scale": scale}))
    assert "(mean difference 0.40 on MADRS, 95 % interval 0.24 to 0.56" in said[0]
    assert "(mean difference 0.40 on the 0 to 10 pain scale, 95 % interval" in said[1]
    assert "(risk ratio 0.40, 95 % interval 0.27 to 0.60; 1 study" in said[2]


def test_results_that_cannot_be_pooled_are_counted(make_row: Any, make_question: Any) -> None:
    rows = [make_row("A", result_type="narrative"), make_row("B", result_type="pre-post")]
    question = make_question(measure="MD")
    pooled = synthesize(question, rows)
    said = sentence(question, pooled, grade(question, pooled, rows, None), LABELS)
    assert "2 results are shown and cannot be pooled; the question is open." in said


def test_numbers_are_read_easily() -> None:
    assert [number(x) for x in (-0.0, 0.0, 0.511, 18.2077, None)] == [
        "0",
        "0",
        "0.51",
        "18.21",
        "not known",
    ]


NUMBERS = st.none() | st.floats(allow_nan=True, allow_infinity=True)


@settings(max_examples=60)
@given(
    numbers=st.tuples(*[NUMBERS] * 9),
    measure=st.sampled_from(["MD", "SMD", "RR", "OR", "RD", "HR", None, "other"]),
    k=st.integers(0, 30),
    mid=NUMBERS,
    level=st.sampled_from(get_args(Level)),
)
def test_nothing_about_a_pool_raises(
    numbers: tuple[float | None, ...],
    measure: str | None,
    k: int,
    mid: float | None,
    level: Level,
    make_question: Any,
) -> None:
    question = make_question(measure=measure, benefit="lower")
    names = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high", "tau2", "i2", "q_p", "n")
    pooled = replace(
        synthesize(question, []), measure=measure, k=k, **dict(zip(names, numbers, strict=True))
    )
    found = grade(question, pooled, [], Scale("s", "S", mid=mid))
    assert found.level in get_args(Level)
    assert sentence(question, pooled, replace(found, level=level), LABELS)


@given(
    estimate=st.floats(-9, 9),
    below=st.floats(0.01, 9),
    above=st.floats(0.01, 9),
    mid=st.none() | st.floats(0.1, 5),
    level=st.sampled_from(LEVELS),
)
def test_a_direction_beside_an_interval_with_none_is_never_more_than_may(
    estimate: float,
    below: float,
    above: float,
    mid: float | None,
    level: Level,
    make_question: Any,
) -> None:
    question = make_question(measure="MD", benefit="lower")
    low, high = estimate - below, estimate + above
    pooled = replace(
        synthesize(question, []), measure="MD", k=2, n=500, estimate=estimate, ci_low=low,
        ci_high=high,
    )  # fmt: skip
    found = replace(grade(question, pooled, [], Scale("s", "S", mid=mid)), level=level)
    said = sentence(question, pooled, found, LABELS)
    firm = re.search(r"\b(?:probably )?(?:reduces|increases)\b", said)
    if low <= 0 <= high:
        assert firm is None
        told = ("includes no difference", "both directions", "little to no", "very uncertain")
        assert any(words in said for words in told)
    else:
        assert "but the interval" not in said


@settings(max_examples=15)
@given(data=st.data())
def test_more_steps_never_raise_the_level(
    data: st.DataObject, make_row: Any, make_question: Any
) -> None:
    case = data.draw(st.sampled_from(CASES))
    question = make_question(**case["question"])
    rows = rows_of(case, make_row)
    worse = [replace(row, design_class="non-randomised") for row in rows]
    pooled: Pooled = synthesize(question, rows)
    ranks = [LEVELS.index(grade(question, pooled, r, None).level) for r in (rows, worse)]
    assert ranks[1] <= ranks[0]
    assert math.isfinite(pooled.estimate or 0)

"""The pack that ships: every printed value kept, every trap handled, every row in one place."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from probatum.effects.synthesize import synthesize
from probatum.flow.packs import SHIPPED, load_pack, not_assigned, question_counts, rows_of
from probatum.flow.packs.choice import is_flagged
from probatum.flow.settings import DEFAULT_PACK
from probatum.model.pack import Pack, StudyRow

CASES = json.loads((Path(__file__).parents[1] / "cases/packs/named_rows.json").read_text("utf-8"))
FIRST = "cncp-pain-intensity-iv-placebo-immediate-term-pain-0-100"

# Rows whose both groups got the therapy.
BOTH_GROUPS = {
    *("V014", "V015", "V088", "V089", "V115", "V116", "V117", "U116", "U117", "U120", "U121"),
    *(f"V{number}" for number in range(148, 160)),
}
INDICATIONS = [
    "treatment-resistant-depression",
    "major-depression",
    "bipolar-depression",
    "suicidal-ideation",
    "anxiety",
    "social-anxiety",
    "generalised-anxiety",
    "ptsd",
    "ocd",
    "substance-use",
    "perinatal-depression",
    "chronic-non-cancer-pain",
    "neuropathic-pain",
    "crps",
    "fibromyalgia",
    "chronic-pain-unstated",
    "cancer-pain",
    "headache",
    "acute-pain",
    "perioperative-pain",
    "status-epilepticus",
    "anaesthesia-sedation",
    "rapid-sequence-intubation",
]
ASPECTS = [
    "efficacy",
    "onset-durability",
    "dose-route",
    "comparators",
    "safety",
    "contraindications",
    "interactions",
    "monitoring",
    "misuse-ethics",
    "mechanism",
    "psychotherapy-setting",
    "regulatory-status",
]

# What the collected files call what studies.csv calls otherwise.
SAME = [
    "row_id",
    "year",
    "design",
    "population",
    "result_type",
    "value_kind",
    "n_exp",
    "n_ctl",
    "events_exp",
    "events_ctl",
    "pct_exp",
    "pct_ctl",
    "mean_exp",
    "sd_exp",
    "mean_ctl",
    "sd_ctl",
    "effect_measure",
    "effect",
    "se",
    "ci_low",
    "ci_high",
    "p_reported",
    "quality_flag",
    "indication_detail",
]
RENAMED = {
    "drug": "drug_printed",
    "route": "route_printed",
    "dose": "dose_printed",
    "comparator": "comparator_printed",
    "outcome": "outcome_printed",
    "scale": "scale_printed",
    "timepoint": "timepoint_printed",
    "indication": "indication_printed",
    "effect_direction": "direction_printed",
    "source_url": "source_url",
    "source_locator": "source_locator",
    "source_kind": "source_kind",
}
# Corrected from the trial report, or an address and a remark that stood in one cell.
CORRECTED = {"T220", "T221", "T178"}
# Read in an archive's copy; the article is named by its DOI, as on the pages.
NAMED_BY_DOI = {"V156", "V157"}


@cache
def pack() -> Pack:
    """The pack that ships, loaded once."""
    return load_pack(DEFAULT_PACK)


@cache
def by_id() -> dict[str, StudyRow]:
    """Its rows by id."""
    return {row.row_id: row for row in pack().studies}


@cache
def place() -> dict[str, str | None]:
    """The question of every row."""
    return {found.row_id: found.question for found in pack().assignments}


def shown(value: Any) -> Any:
    """A field as a case file writes it."""
    return list(value) if isinstance(value, tuple) else value


def test_it_is_whole_and_without_problems() -> None:
    assert pack().problems == ()
    assert len(pack().studies) == 529
    assert len(pack().records) == 27
    assert len(pack().statements) == 79


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_named_rows(case: dict[str, Any]) -> None:
    row = by_id()[case["row"]]
    fields = case.get("fields", {})
    assert {name: shown(getattr(row, name)) for name in fields} == fields, case["why"]
    assert place()[row.row_id] == case["question"], case["why"]
    pools = place()[row.row_id] is not None and row.not_pooled is None and not is_flagged(row)
    assert pools == case["pools"], case["why"]
    assert case.get("reason", "") in (row.set_aside or row.not_pooled or ""), case["why"]


@pytest.mark.parametrize("row_id", ["T003", "T017", "T220", "T221"])
def test_both_readings_stand(row_id: str) -> None:
    assert by_id()[row_id].second_reading


def test_every_row_is_in_one_question_or_has_a_reason() -> None:
    assert len(place()) == len(pack().assignments) == 529
    assert all(found.reason for found in not_assigned(pack()))
    listed = [row.row_id for q in pack().questions for row in rows_of(pack(), q.id)]
    assert len(listed) == len(set(listed)) == 529 - len(not_assigned(pack()))


def test_at_least_25_questions_pool_two_studies() -> None:
    counts = question_counts(pack())
    assert sum(count.k >= 2 for count in counts) >= 25
    assert all(count.rows for count in counts), "a question with an outcome has rows"


def test_the_first_question_pools_three_rows_as_the_review_did() -> None:
    question = next(q for q in pack().questions if q.id == FIRST)
    assert question.measure == "MD"
    rows = rows_of(pack(), FIRST)
    assert [row.row_id for row in rows] == ["T001", "T002", "T003"]
    pooled = synthesize(question, rows)
    derived = next(fit for fit in pooled.models if fit.method == "DL")
    found = [derived.estimate, derived.ci_low, derived.ci_high]
    assert [round(value, 2) for value in found] == [-15.79, -32.09, 0.51]
    told = [pooled.estimate, pooled.ci_low, pooled.ci_high]
    assert [round(float(value or 0), 2) for value in told] == [-15.80, -49.81, 18.21]


def test_both_groups_with_the_therapy_are_never_against_a_control() -> None:
    together = {row.row_id for row in pack().studies if row.comparator in {"same-drug", "adjunct"}}
    assert together >= BOTH_GROUPS
    asked = {question.id: question for question in pack().questions}
    for row_id in sorted(together):
        if (question := place()[row_id]) is not None:
            assert asked[question].comparator in {"same-drug", "adjunct"}, row_id


def test_what_pools_is_on_one_scale_and_points_one_way() -> None:
    for question in pack().questions:
        rows = [row for row in rows_of(pack(), question.id) if row.not_pooled is None]
        assert {row.benefit for row in rows} <= {question.benefit}, question.id
        if question.measure == "MD":
            assert len({row.scale for row in rows}) <= 1, question.id


def test_no_people_pool_twice() -> None:
    for question in pack().questions:
        rows = [row for row in rows_of(pack(), question.id) if row.not_pooled is None]
        people = [(r.study, r.dose_printed, r.stratum, r.drug, r.route) for r in rows]
        assert len(people) == len(set(people)), question.id
        ids = {row.row_id for row in rows}
        assert not any(ids & set(row.overlaps) for row in rows), question.id


def test_indications_and_aspects_of_the_atlas() -> None:
    terms = {term.id for term in pack().vocabulary.indications}
    assert terms >= set(INDICATIONS)
    assert [term.id for term in pack().vocabulary.aspects] == ASPECTS


def test_every_statement_has_a_question_and_a_source() -> None:
    cells = {(question.indication, question.aspect) for question in pack().questions}
    for statement in pack().statements:
        assert (statement.indication or "any", statement.aspect) in cells, statement.id
        assert statement.sources, statement.id


def test_flags_are_coded() -> None:
    rows = by_id().values()
    assert all(row.flag_kind for row in rows if row.quality_flag)
    kinds = [row.flag_kind for row in rows if row.row_id < "U" and row.quality_flag]
    assert [kinds.count(kind) for kind in ("not-estimable", "design", "source-inconsistency")] == [
        6,
        1,
        14,
    ]


def test_every_row_has_a_source() -> None:
    assert all(row.sources and row.sources[0].url.startswith("http") for row in by_id().values())


def test_every_printed_value_is_kept(shared_data: Path) -> None:
    with (SHIPPED / DEFAULT_PACK / "studies.csv").open(encoding="utf-8", newline="") as file:
        kept = {row["row_id"]: row for row in csv.DictReader(file)}
    names = {name: name for name in SAME} | RENAMED
    for name in ("trials.csv", "trials_more.csv"):
        path = shared_data / DEFAULT_PACK / name
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["row_id"] in CORRECTED:
                    continue
                mine = kept[row["row_id"]]
                # A count from a percentage and a group size may stand where nothing is printed,
                # and one term says more plainly what the file of the review left out.
                printed = {k: v for k, v in row.items() if k in names and v and "in file" not in v}
                if row["row_id"] in NAMED_BY_DOI:
                    printed["source_url"] = f"https://doi.org/{row['doi']}"
                assert {k: mine[names[k]] for k in printed} == printed, row["row_id"]

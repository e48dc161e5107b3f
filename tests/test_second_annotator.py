"""The labels of the second reader: the same sentences as the first, and a draw that repeats."""

import csv

import pytest
from validation.frame_quality import LABELS
from validation.second_annotator import FRAMES, drawn, overlap


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_both_readers_labelled_the_same_sentences():
    first = {(row["file"], row["start"]) for row in _rows(LABELS)}
    second = [(row["file"], row["start"]) for row in _rows(FRAMES)]
    assert len(second) == len(set(second))
    assert set(second) == first


def test_a_sentence_without_a_claim_has_no_fields():
    for row in _rows(FRAMES):
        told = [row[name] for name in ("direction", "negated", "hedge")]
        assert all(told) if row["claim"] == "yes" else not any(told)


def test_the_draw_is_the_same_whatever_the_order_of_the_rows():
    rows = [
        {"id": f"{stance}{n}", "stance": stance}
        for stance in ("supporting", "contrasting", "mentioning")
        for n in range(120)
    ]
    names = drawn(rows)
    assert names == drawn(rows[::-1])
    assert len(set(names)) == 150
    for stance in ("supporting", "contrasting"):
        assert sum(name.startswith(stance) for name in names) >= 35


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("", "", True),
        ("nausea", "", False),
        ("nausea cough", "cough", True),
        ("nausea", "cough", False),
    ],
    ids=["both-none", "one-none", "shared", "apart"],
)
def test_ids_overlap_where_one_is_shared_or_both_have_none(one, other, same):
    assert overlap(one, other) is same

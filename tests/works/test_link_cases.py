"""Pairs of records that are hard to judge, each as a case in data."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from probatum.works.link import link

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "works" / "pairs.toml").read_text("utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
@pytest.mark.parametrize("turned", [False, True], ids=["left-right", "right-left"])
def test_pair_is_judged_as_expected(case, turned, card):
    left, right = ("b", "a") if turned else ("a", "b")
    linking = link([card(left, case["left"]), card(right, case["right"])])
    found = linking.duplicates[0] if linking.duplicates else None
    verdict = found.verdict if found else "different"
    assert verdict == case["expected"], (case["why"], found)
    assert (len(linking.works) == 1) == (case["expected"] == "same")
    if found:
        assert found.why
    if "relation" in case and not turned:
        assert found.relation == case["relation"]
        ends = {link.kind for work in linking.works for link in work.links}
        assert case["relation"] in ends
        assert all(work.links for work in linking.works)

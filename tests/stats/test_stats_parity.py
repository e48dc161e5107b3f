"""A fast part of the reference cases; ``python -m validation.parity`` runs them all."""

import importlib
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

# A prime, so that the part cuts across data sets, functions and options.
EVERY = 23


@pytest.fixture(scope="module")
def validation(project_root: Path, shared_data: Path) -> Any:
    sys.path.insert(0, str(project_root))
    try:
        yield importlib.import_module("validation.parity")
    finally:
        sys.path.remove(str(project_root))


def test_a_part_of_the_reference_cases_agrees_or_is_explained(validation: Any) -> None:
    reference = validation.load("metafor_reference.json.gz")
    every = [c for c in validation.cases(reference) if c.fun not in {"profile", "trimfill"}]
    part = [validation.judge(c, reference["units"].get(c.unit, {})) for c in every[::EVERY]]
    table = validation.tally(part)
    assert not [line for row in table.values() for line in row.open]
    agree = Counter(one.agrees for one in part)
    assert agree[True] > 0.95 * len(part)


def test_networks_agree_or_are_explained(validation: Any) -> None:
    table = validation.tally(validation.networks.judged())
    assert not [line for row in table.values() for line in row.open]

"""From lines of rob.csv to one judgement a study."""

from __future__ import annotations

from pathlib import Path

import pytest

from probatum.errors import UsageError
from probatum.flow.folder import BaseFolder
from probatum.flow.judgements import append, load
from probatum.flow.riskofbias import CORE, judged

SIGNED = {"who": "R. Reviewer", "why": "read the report"}


def line(domain: str, judgement: str, when: str = "2026-01-01") -> dict[str, str]:
    return {"study": "Ash 2001", "domain": domain, "judgement": judgement, "when": when, **SIGNED}


@pytest.mark.parametrize(
    ("lines", "judgement"),
    [
        ([line("overall", "low")], "low"),
        ([line("randomisation", "low")], None),
        ([line("randomisation", "high")], "high"),
        ([line(name, "low") for name in CORE], "low"),
        ([*(line(name, "low") for name in CORE[1:]), line(CORE[0], "some concerns")],
         "some concerns"),
        ([line("overall", "low"), line("measurement", "high")], "low"),
        ([line("overall", "high", "2026-02-01"), line("overall", "low")], "high"),
        ([line("overall", "high"), line("overall", "low")], "low"),
    ],
)  # fmt: skip
def test_the_judgement_of_a_study(lines: list[dict[str, str]], judgement: str | None) -> None:
    assert judged(lines)["Ash 2001"].judgement == judgement


def test_a_judgement_is_a_line_of_rob_csv(tmp_path: Path) -> None:
    folder = BaseFolder(tmp_path)
    append(folder, "rob", line("overall", "some concerns"))
    rows, problems = load(folder, "rob")
    assert problems == []
    assert judged(rows)["Ash 2001"].said == "R. Reviewer, 2026-01-01: read the report"
    with pytest.raises(UsageError, match="domain must be one of overall, randomisation"):
        append(folder, "rob", line("mood", "low"))
    with pytest.raises(UsageError, match="judgement must be one of low, some concerns, high"):
        append(folder, "rob", line("overall", "unclear"))

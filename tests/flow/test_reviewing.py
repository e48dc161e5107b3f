"""What reviewers decide: flags accepted or rejected with a reason, studies judged by two."""

from __future__ import annotations

from pathlib import Path

import pytest

from probatum.atlas.judging import agreement, judged
from probatum.errors import UsageError
from probatum.flow.folder import BaseFolder
from probatum.flow.judgements import append, load
from probatum.flow.reviewing import decided
from probatum.flow.riskofbias import judged as bias_of
from probatum.model.flag import Appraisal, Flag, FlagDecision, Profile
from probatum.model.study import Judgement
from probatum.stats.agreement import cohen_kappa
from probatum.trust.review import reviewed


def flag(name: str, severity: str, dimension: str, kind: str = "overclaim") -> Flag:
    return Flag(name, "d", "r/1", kind, "document", severity, "e", "v", "ref", dimension)  # type: ignore[arg-type]


def test_a_rejected_flag_keeps_its_reason_and_counts_for_nothing() -> None:
    flags = (
        flag("a", "serious", "integrity", "machine_spun"),
        flag("b", "note", "integrity"),
        flag("c", "concern", "support"),
    )
    profile = Profile("d", "none", "serious", "none", "concern", "not assessed", True, 0.9)
    decisions = {
        "a": FlagDecision("a", "rejected", "Ida, 2026-01-01: it is a poem"),
        "c": FlagDecision("c", "accepted", "Max, 2026-01-01: so it is"),
    }
    after = reviewed(Appraisal("d", flags, profile), decisions)
    assert (after.profile.integrity, after.profile.support) == ("note", "concern")
    assert after.profile.certainty == "not assessed"
    assert not after.profile.spun
    assert after.flags[0].said == "Ida, 2026-01-01: it is a poem"
    assert [f.state for f in after.flags] == ["rejected", "open", "accepted"]


def row(domain: str, judgement: str, who: str, when: str = "2026-01-01") -> dict[str, str]:
    return {
        "study": "Ash 2001", "domain": domain, "judgement": judgement, "who": who, "when": when,
        "why": "read it",
    }  # fmt: skip


def test_two_reviewers_and_a_consensus() -> None:
    two = [row("overall", "low", "Ida"), row("overall", "high", "Max")]
    assert bias_of(two)["Ash 2001"].judgement == "high"
    settled = [*two, row("overall", "some concerns", "consensus: Ida, Max", "2026-02-01")]
    assert bias_of(settled)["Ash 2001"].judgement == "some concerns"
    later = [*settled, row("overall", "high", "Max", "2026-03-01")]
    assert bias_of(later)["Ash 2001"].judgement == "some concerns"


def test_items_of_amstar_have_answers_of_their_own(tmp_path: Path) -> None:
    folder = BaseFolder(tmp_path)
    append(folder, "rob", row("AMSTAR 2 item 4", "partial yes", "Ida"))
    with pytest.raises(UsageError, match="judgement must be one of yes, partial yes, no"):
        append(folder, "rob", row("AMSTAR 2 item 4", "low", "Ida"))
    with pytest.raises(UsageError, match="judgement must be one of low, some concerns, high"):
        append(folder, "rob", row("overall", "yes", "Ida"))
    assert bias_of(load(folder, "rob")[0]) == {}


def test_agreement_is_of_the_first_two_and_leaves_the_consensus_out() -> None:
    rows = [
        Judgement(study, "overall", value, who, "2026-01-01", "read it")
        for study, one, other in (("A", "low", "low"), ("B", "high", "low"), ("C", "high", "high"))
        for who, value in (("Ida", one), ("Max", other), ("consensus", "low"))
    ]
    found = agreement(rows)
    assert (found["RoB 2"].n, found["AMSTAR 2"].n) == (3, 0)
    assert found["RoB 2"].kappa == pytest.approx(0.4)
    assert judged(rows, "B")["overall"].agreed is False


@pytest.mark.parametrize(("pairs", "kappa"), [([], None), ([("low", "low")] * 3, None)])
def test_kappa_without_chance(pairs: list[tuple[str, str]], kappa: float | None) -> None:
    assert cohen_kappa(pairs).kappa is kappa


def test_of_several_decisions_on_a_flag_the_latest_holds(tmp_path: Path) -> None:
    folder = BaseFolder(tmp_path)
    signed = {"who": "Ida", "why": "looked"}
    append(folder, "flags", {"flag": "x", "state": "rejected", "when": "2026-01-02", **signed})
    append(folder, "flags", {"flag": "x", "state": "deferred", "when": "2026-01-01", **signed})
    (found,) = decided(folder)[FlagDecision]
    assert found == FlagDecision("x", "rejected", "Ida, 2026-01-02: looked")

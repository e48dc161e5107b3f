"""The doctor tells a decision about something that the base does not hold."""

from __future__ import annotations

import shutil
from pathlib import Path

from probatum.flow.doctor import examine
from probatum.flow.judgements import append
from probatum.flow.ledger import Part
from probatum.flow.making import add_documents, init_base
from probatum.flow.packs import load_pack
from probatum.flow.pipeline import build
from probatum.model.flag import Flag

SIGNED = {"who": "A. Reader", "when": "2026-01-02", "why": "read the report"}


def test_a_decision_on_an_unknown_study_or_question_is_a_fault(
    tmp_path: Path, invented_pack: Path
) -> None:
    shutil.copytree(invented_pack, tmp_path / "base" / "pack")
    folder = init_base(tmp_path / "base", pack="pack", as_of="2026-01-01")
    pack = load_pack(invented_pack)
    study, question = pack.studies[0].study, pack.questions[0].id
    judged = {"domain": "overall", "judgement": "low", **SIGNED}
    append(folder, "rob", {"study": study, **judged})
    append(folder, "certainty", {"question": question, "level": "low", **SIGNED})
    build(folder)
    assert list(examine(folder)) == []
    append(folder, "rob", {"study": f"{study}x", **judged})
    append(folder, "certainty", {"question": "quite another", "level": "low", **SIGNED})
    build(folder)
    faults = list(examine(folder))
    assert [fault.where for fault in faults] == ["judgements/rob.csv", "judgements/certainty.csv"]
    assert f"no study of this base is called '{study}x'; '{study}' is near it" == faults[0].reason
    assert "quite another" in faults[1].reason
    assert "remove this one" in faults[0].remedy


def test_a_decision_on_a_flag_that_stands_no_more_is_a_fault(
    tmp_path: Path, invented_pack: Path
) -> None:
    shutil.copytree(invented_pack, tmp_path / "base" / "pack")
    folder = init_base(tmp_path / "base", pack="pack", as_of="2026-01-01")
    page = tmp_path / "page.txt"
    page.write_text("An unsigned page\n\nIt says that an mistake was made, and by whom.\n")
    add_documents(folder, [page])
    made = build(folder).manifest
    flags = [
        flag
        for name in made.parts["appraise"]
        for flag in Part(folder.parts / "appraise" / name).read(Flag)
    ]
    append(folder, "flags", {"flag": flags[0].id, "state": "rejected", **SIGNED})
    build(folder)
    assert list(examine(folder)) == []
    append(folder, "flags", {"flag": "0123456789abcdef", "state": "accepted", **SIGNED})
    build(folder)
    (fault,) = examine(folder)
    assert fault.where == "judgements/flags.csv"
    assert "no flag '0123456789abcdef' stands any more" in fault.reason
    assert "remove this line" in fault.remedy

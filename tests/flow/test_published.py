"""The published pools as tables."""

from __future__ import annotations

from pathlib import Path

from probatum.flow.packs import load_pack
from probatum.flow.published import sections, shipped


def test_every_published_pool_stands_in_one_table() -> None:
    pack = shipped()
    (_, _, beside), (_, _, again), (_, _, held), (_, _, apart), _ = sections(pack)
    assert sorted(row[0] for row in (*beside, *apart)) == [pool.id for pool in pack.published]
    assert {row[0]: row[-1] for row in again}["P001"] == "yes"
    assert {row[-1] for row in again} == {"yes", "no estimate is printed"}
    assert sorted(row[0] for row in (*again, *held)) == [row[0] for row in beside]


def test_an_invented_pack_has_its_own(invented_pack: Path) -> None:
    (_, _, beside), (_, _, again), _, (_, _, apart), (_, head, trials) = sections(
        load_pack(invented_pack)
    )
    assert [row[0] for row in beside] == ["R1"]
    assert "Grove 2016 (invented)" in str(beside[0])
    assert apart[0][-1] == "no question asks for sleep"
    assert (again, list(head), trials) == ([], ["trial"], [])

"""The command and the table beside a pooled number give that number again."""

from __future__ import annotations

from pathlib import Path

import pytest

from probatum.atlas import reproduce
from probatum.atlas.labels import rows_of
from probatum.flow import answering
from probatum.flow.packs import load_pack
from probatum.flow.packs.place import pack_folder
from probatum.flow.settings import DEFAULT_PACK
from probatum.model.work import STUDY, Work
from probatum.stats.report import meta_analysis


@pytest.fixture(scope="module")
def pools():
    pack = load_pack(pack_folder(DEFAULT_PACK, Path.cwd()))
    works = [Work(study, (STUDY + study,)) for study in sorted({r.study for r in pack.studies})]
    given = answering.inputs(pack, answering.Graph(works, (), ()), ())
    found = [(one, answering.pool(one, flagged_in=False, without=())) for one in given]
    return pack, [(one, pooled) for one, pooled in found if pooled.k > 1]


def test_every_pool_of_the_shipped_pack_is_made_again(pools):
    pack, found = pools
    assert len(found) > 20
    for given, pooled in found:
        table = reproduce.table(pooled, rows_of(pack, given.question.id))
        columns = dict(zip(table.columns, map(list, zip(*table.rows, strict=True)), strict=True))
        told = reproduce.command(pooled).split()
        asked = dict(zip(told[3::2], told[4::2], strict=True))
        text = {name: [str(cell) for cell in cells] for name, cells in columns.items()}
        report = meta_analysis(
            text, measure=asked["--measure"], method=asked["--method"], test=asked["--test"]
        )
        told = (report.value, report.low, report.high, report.pi_low, report.pi_high)
        ours = (pooled.estimate, pooled.ci_low, pooled.ci_high, pooled.pi_low, pooled.pi_high)
        for theirs, mine in zip(told, ours, strict=True):
            assert mine is None or theirs == pytest.approx(mine, rel=1e-9, abs=1e-12)


def test_where_nothing_is_pooled_there_is_no_command(view):
    assert reproduce.command(view.answer("unrest-dizziness").pooled) is None
    assert reproduce.command(view.answer("night-score").pooled) is None

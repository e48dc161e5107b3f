"""Accepted results become rows of the base: decided once, built, shown with their place."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.atlas.links import Links
from probatum.atlas.page import Ask
from probatum.atlas.pages import question, results
from probatum.atlas.pages.results import ToldResult
from probatum.atlas.paging import Slice
from probatum.errors import UsageError
from probatum.flow import added
from probatum.flow.base import Base, open_base
from probatum.flow.making import init_base
from probatum.model.added import AddedResult
from probatum.model.document import Identifiers
from probatum.model.pack import Question
from probatum.model.work import Work

QUESTION = Question("q", "Q", "pain", "efficacy", outcome="nausea", measure="RR")
GOOD = "n_exp=30; n_ctl=31; events_exp=6; events_ctl=3"
SIGNED = {"who": "A. Reader", "when": "2026-11-22T10:00:00+00:00", "why": "read it"}


PAGE = """<?xml version="1.0"?><article xml:lang="en"><front><article-meta><title-group>
<article-title>Invented: Zephyrol in hay fever</article-title></title-group><contrib-group><contrib
contrib-type="author"><name><surname>Nobody</surname><given-names>N</given-names></name></contrib>
</contrib-group><pub-date><year>2024</year></pub-date></article-meta></front><body>
<sec sec-type="results"><title>Results</title><p>Nosebleed occurred in 6 of 40 patients with
Zephyrol and in 3 of 41 patients with placebo.</p></sec></body></article>"""


@pytest.fixture(scope="module")
def base(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Base:
    pack = project_root / "examples" / "packs" / "hay-fever"
    made = init_base(tmp_path_factory.mktemp("added") / "base", pack=str(pack))
    (made.sources / "invented.xml").write_text(PAGE, encoding="utf-8")
    opened = open_base(made.path)
    opened.build()
    return opened


TIMES = PAGE.replace("Zephyrol in", "Zephyrol at two times in").replace(
    "</p></sec>",
    """</p><table-wrap><label>Table 1</label><caption><p>Outcomes, mean (SD)</p></caption><table>
<thead><tr><th>Outcome</th><th>Zephyrol (n = 40)</th><th>Placebo (n = 41)</th></tr></thead><tbody>
<tr><td>Sneezing score at day 10</td><td>3.1 (1.0)</td><td>4.0 (1.1)</td></tr>
<tr><td>Sneezing score at day 14</td><td>2.9 (1.2)</td><td>3.9 (1.3)</td></tr>
<tr><td>Sneezing score at day 90</td><td>2.0 (1.4)</td><td>2.2 (1.5)</td></tr>
</tbody></table></table-wrap></sec>""",
)


def test_every_time_of_a_report_is_told_and_offered_where_it_belongs(
    project_root: Path, tmp_path: Path
) -> None:
    made = init_base(tmp_path / "base", pack=str(project_root / "examples/packs/hay-fever"))
    (made.sources / "invented.xml").write_text(TIMES, encoding="utf-8")
    opened = open_base(made.path)
    opened.build()
    view = opened.view()
    document = next(d.id for d in view.documents())
    told = results.page(Ask(view, Links("/results"), query={"document": (document,)}))
    items = cast("Slice[ToldResult]", told.context["slice"]).items
    assert [
        (one.time, one.words, [c.proposal.question for c in one.choices]) for one in items
    ] == [
        ("no time stands beside them", "6 of 40 v 3 of 41", ["nosebleed"]),
        ("day 10", "mean 3.1, SD 1, n 40 v mean 4, SD 1.1, n 41", ["sneezing"]),
        ("day 14", "mean 2.9, SD 1.2, n 40 v mean 3.9, SD 1.3, n 41", ["sneezing"]),
    ]


def test_an_accepted_result_enters_the_answer_with_its_place(base: Base) -> None:
    document = next(d.id for d in base.view().documents())
    (one,) = base.view().proposals(document)
    told = {value.field: value.value for value in one.values}
    assert (one.question, one.study, one.drug) == ("nosebleed", "Nobody 2024", "zephyrol")
    assert told == {"n_exp": 40, "events_exp": 6, "n_ctl": 41, "events_ctl": 3}
    text = base.document(document).text
    assert all(text[v.start : v.end] == f"{v.value:.0f}" for v in one.values)
    before = base.view().answer(one.question)
    assert before
    added.record(base.folder, added.decision(one, before.question, "accepted", SIGNED))
    base.build()
    after = base.view().answer(one.question)
    assert after
    assert (after.pooled.k, after.pooled.estimate) != (before.pooled.k, before.pooled.estimate)
    row = next(r for r in base.view().pack.studies if r.row_id == f"added-{one.id}")
    assert row.sources[0].locator == f"{document}:{one.start}-{one.end}"
    assert row.row_id in {effect.row_id for effect in after.pooled.effects}
    assert one.question in {change.question for change in base.view().changes()}


def test_the_row_is_of_the_work_that_its_document_reports(base: Base) -> None:
    view = base.view()
    (row,) = [r for r in view.pack.studies if r.row_id.startswith("added-")]
    work = view.work_of(next(d.id for d in view.documents()))
    assert work
    assert row.year == work.year == 2024
    assert (row.study, row.overlaps) == ("Nobody 2024", ())
    page = question.page(Ask(view, Links("/questions/nosebleed"), "nosebleed"))
    assert page
    assert cast(dict[str, object], page.context["works"])[row.row_id] == work


def test_a_row_of_a_study_of_the_pack_takes_its_name_and_overlaps_its_rows(base: Base) -> None:
    view = base.view()
    pack = view.pack
    rows = {a.row_id for a in pack.assignments if a.question == "nosebleed"}
    known = next(r for r in pack.studies if r.row_id in rows and r.row_id[:6] != "added-")
    names = Identifiers(doi="10.1/x", pmid="7")
    work = Work("w", ("doc", f"study:{known.study}"), identifiers=names, year=2001)
    accepted = replace(view.added()[0], place="doc:3-9", result="other")
    made = added.with_added(pack, [accepted], [work]).studies[-1]
    assert (made.study, made.doi, made.pmid, made.year) == (known.study, "10.1/x", "7", 2001)
    assert known.row_id in made.overlaps


def test_a_later_rejection_takes_the_row_out_again(base: Base) -> None:
    one = base.view().added()[0]
    line = {field: getattr(one, field) for field in AddedResult.__dataclass_fields__}
    added.record(base.folder, line | {"verdict": "rejected", "when": "2026-11-23T10:00:00+00:00"})
    base.build()
    assert not [r for r in base.view().pack.studies if r.row_id.startswith("added-")]


def test_numbers_that_cannot_be_are_refused() -> None:
    assert added.parsed(GOOD, QUESTION)["events_exp"] == "6"
    for values in (
        GOOD.replace("events_exp=6", "events_exp=31"),
        GOOD.replace("n_exp=30", "n_exp=0"),
        GOOD.replace("events_ctl=3", "events_ctl=nan"),
        GOOD.partition(";")[0],
        GOOD + "; colour=3",
        "",
    ):
        with pytest.raises(UsageError):
            added.parsed(values, QUESTION)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_reason(values: str) -> None:
    with suppress(UsageError):
        assert added.parsed(values, QUESTION)

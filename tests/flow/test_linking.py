"""Linking in partitions ends in the bytes of linking at once, however many and wherever."""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.works.test_link import METADATA

from probatum.engine.runner import LocalRunner, Outcome, Runner
from probatum.flow import partitions
from probatum.flow.ledger import Ledger, Part
from probatum.flow.linking import link_base
from probatum.flow.packs import load_pack
from probatum.flow.reporter import Silent
from probatum.flow.run import Run
from probatum.model.document import (
    Author,
    Document,
    Identifiers,
    Metadata,
    Relation,
    SourceRef,
)
from probatum.model.pack import Pack
from probatum.model.source import Accounting
from probatum.model.work import Decision, Work
from probatum.works.block import LARGEST_BUCKET

# The bytes of a source, as a number, and its records.
Sources = Sequence[tuple[int, Sequence[Metadata]]]
SOURCES = st.lists(st.lists(METADATA, max_size=5), max_size=4).map(lambda s: list(enumerate(s)))
PICKS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["same", "different"])),
    max_size=3,
)


def document_id(source: int, ordinal: int) -> str:
    """Give the id of a document as readers make it."""
    sha256 = hashlib.sha256(str(source).encode()).hexdigest()
    return hashlib.sha256(f"{sha256}:{ordinal}".encode()).hexdigest()[:16]


def write_read(ledger: Ledger, sources: Sources) -> list[Part]:
    """Write the parts of reading for sources of records."""
    parts = []
    for number, (at, metas) in enumerate(sources):
        sha256 = hashlib.sha256(str(at).encode()).hexdigest()
        ref = SourceRef(f"{at}.ris", sha256, 0, 1, None)
        documents = [
            Document(document_id(at, ordinal), ordinal, "record", ref, meta, "")
            for ordinal, meta in enumerate(metas)
        ]
        accounting = Accounting(f"{at}.ris", sha256, "ris", "utf-8", 1, 1, 0, 0, len(metas))
        place = ledger.place("read", f"{number:032}")
        name = place.write({Document: documents, Accounting: [accounting]})
        parts.append(ledger.part("read", name))
    return parts


def link_in(
    folder: Path,
    sources: Sources,
    pack: tuple[str, Pack],
    decisions: Sequence[Decision] = (),
    *,
    largest: int,
    runner: Runner | None = None,
) -> tuple[Part, dict[str, list[str]]]:
    """Link sources in a folder of their own; gives the part and the parts of every stage."""
    run = Run(Ledger(folder), runner or LocalRunner(), Silent())
    part = link_base(run, write_read(run.ledger, sources), pack, decisions, largest=largest)
    return part, run.parts


@pytest.fixture(scope="session")
def invented(invented_pack: Path) -> tuple[str, Pack]:
    """The invented pack: its place, and what it holds."""
    return str(invented_pack), load_pack(str(invented_pack))


@settings(max_examples=8, deadline=None)
@given(SOURCES, PICKS, st.sampled_from([3, 6]))
def test_partitions_end_in_the_same_bytes(
    invented: tuple[str, Pack], sources: Sources, picks: list[tuple[int, int, str]], largest: int
) -> None:
    known = [document_id(at, n) for at, metas in sources for n in range(len(metas))]
    decisions = [
        Decision(known[one % len(known)], known[two % len(known)], verdict, "a", "2026-01-01", "b")
        for one, two, verdict in picks
        if known
    ]
    with tempfile.TemporaryDirectory() as folder:
        whole, _ = link_in(Path(folder) / "whole", sources, invented, decisions, largest=100)
        cut, stages = link_in(Path(folder) / "cut", sources, invented, decisions, largest=largest)
        assert cut.name == whole.name
        assert len(stages.get("cluster", [1])) * largest >= len(known)


TITLE = "Low dose of drug X for acute knee pain in adults, a trial of centre"


def invented_records(count: int) -> Sources:
    """Records of sources that tell of one another: pairs, a crowd under one title, a notice."""
    metas = [
        Metadata(
            title=f"{TITLE} {chr(97 + at % 23)}{chr(97 + at % 7)}",
            authors=(Author(f"Okafor{chr(97 + at % 23)}"),),
            year=2000 + at % 7,
            identifiers=Identifiers(doi=f"10.1000/{at % 50}" if at % 3 else None),
            volume=str(at % 5),
            page=str(100 + at % 11),
            relations=(Relation("retraction-of", f"doi:10.1000/{at % 7}"),)
            if at % 40 == 0
            else (),
        )
        for at in range(count)
    ]
    crowd = [
        Metadata(title="Editorial", year=2001, authors=(Author(f"Lind{chr(97 + at % 26)}"),))
        for at in range(LARGEST_BUCKET + 30)
    ]
    every = metas + crowd
    return [(at, every[at::4]) for at in range(4)]


def test_a_crowd_a_notice_and_shared_identifiers_end_in_the_same_bytes(
    tmp_path: Path, invented: tuple[str, Pack]
) -> None:
    sources = invented_records(150)
    whole, _ = link_in(tmp_path / "whole", sources, invented, largest=1000)
    works = whole.read(Work)
    assert any(work.links for work in works)
    assert any(len(work.documents) > 1 for work in works)
    cut, stages = link_in(tmp_path / "cut", sources, invented, largest=70)
    assert cut.name == whole.name
    assert len(stages["cluster"]) == 8


def test_a_source_that_comes_twice_is_linked_as_its_last_reading(
    tmp_path: Path, invented: tuple[str, Pack]
) -> None:
    sources = invented_records(12)
    read = [*sources, (0, sources[1][1][:2])]
    whole, _ = link_in(tmp_path / "whole", read, invented, largest=1000)
    cut, _ = link_in(tmp_path / "cut", read, invented, largest=60)
    assert cut.name == whole.name


def test_two_processes_end_in_the_same_bytes_and_a_second_build_does_nothing(
    tmp_path: Path, invented: tuple[str, Pack]
) -> None:
    sources = invented_records(40)
    one, stages = link_in(tmp_path / "one", sources, invented, largest=90)
    with LocalRunner(2) as runner:
        two, again = link_in(tmp_path / "two", sources, invented, largest=90, runner=runner)
    assert (two.name, again) == (one.name, stages)
    run = Run(Ledger(tmp_path / "one"), LocalRunner(), Silent())
    link_base(run, write_read(run.ledger, sources), invented, [], largest=90)
    assert run.made == []


@dataclass
class Killer:
    """A runner of two processes, one of which is killed in the middle of a stage."""

    runner: LocalRunner
    trap: Path
    killed: int = 0

    def map(
        self, function: Callable[[Any], Any], shards: Sequence[Any]
    ) -> Iterator[Outcome[Any, Any]]:
        """Run as the local runner does; the first shard that is compared kills its process."""
        if function is not partitions.judge:
            yield from self.runner.map(function, shards)
            return
        yield from self.runner.map(Trapped(function, self.trap), shards)
        self.killed = int(self.trap.exists())


@dataclass(frozen=True)
class Trapped:
    """Work that kills the process that comes to it first."""

    function: Callable[[Any], str]
    trap: Path

    def __call__(self, shard: Any) -> str:
        """Kill this process, or do the work when another has been killed."""
        try:
            self.trap.touch(exist_ok=False)
        except FileExistsError:
            return self.function(shard)
        os.kill(os.getpid(), signal.SIGKILL)
        return "never"


def test_a_worker_killed_in_the_middle_changes_nothing(
    tmp_path: Path, invented: tuple[str, Pack]
) -> None:
    sources = invented_records(40)
    whole, _ = link_in(tmp_path / "whole", sources, invented, largest=1000)
    with LocalRunner(2) as runner:
        killer = Killer(runner, tmp_path / "trap")
        cut, _ = link_in(tmp_path / "cut", sources, invented, largest=90, runner=killer)
    assert killer.killed
    assert cut.name == whole.name

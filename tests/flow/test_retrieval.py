"""Retrieval from services that page, refuse, break off and grow: nothing lost, nothing twice."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.fake_clock import FakeClock
from tests.flow.loopback_services import DAY, SERVICES, Record, World, served

from probatum.errors import UnknownNameError, UnreachableError, UsageError
from probatum.flow.folder import BaseFolder
from probatum.flow.retrieval.fetch import Means, Retrieved, fetch
from probatum.flow.retrieval.table import service as service_named

QUERY = '"drug x"[tiab]'
SECRETS = {
    "PROBATUM_CONTACT": "someone@example.org",
    "NCBI_API_KEY": "key-of-someone",
    "OPENALEX_API_KEY": "key-of-someone",
    "CROSSREF_PLUS_TOKEN": "key-of-someone",
    "S2_API_KEY": "key-of-someone",
}
FAULTS = ["", "429", "503", "cut", "torn"]


@pytest.fixture
def world() -> Iterator[World]:
    with served(World([Record(n) for n in range(1, 34)])) as found:
        yield found


def new_base(path: Path) -> BaseFolder:
    """Make a folder that is a base and nothing more."""
    path.mkdir(exist_ok=True)
    (path / "probatum.toml").write_text('[base]\ntitle = "Invented"\n')
    return BaseFolder(path)


def run(folder: BaseFolder, world: World, service: str, **options: Any) -> Retrieved:
    """Retrieve from a service of a world."""
    means = Means(
        endpoint=world.endpoint(service),
        clock=world.clock or FakeClock(),
        environment=SECRETS,
        **{key: options.pop(key) for key in ("say", "record", "replay") if key in options},
    )
    return fetch(folder, service, options.pop("query", QUERY), means=means, **options)


def held(folder: BaseFolder, service: str) -> Counter[str]:
    """Count each id in the stored answers."""
    read = service_named(service).read_ids
    files = sorted(folder.sources.rglob("*.*"))
    return Counter(name for path in files for name in read(path.read_bytes()))


def lines(folder: BaseFolder) -> list[dict[str, Any]]:
    """Give the lines of the one search of a base."""
    (path,) = (folder.path / "retrieval").iterdir()
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("service", SERVICES)
def test_all_at_first_then_only_what_is_new(world: World, tmp_path: Path, service: str) -> None:
    folder = new_base(tmp_path)
    first = run(folder, world, service)
    assert (first.listed, first.new, first.missing) == (33, 33, ())
    assert run(folder, world, service).new == 0
    world.records[5:5] = [Record(n) for n in range(50, 63)]
    assert run(folder, world, service).new == 13
    assert set(held(folder, service).values()) == {1}
    assert len(held(folder, service)) == 46
    kinds = Counter(line["type"] for line in lines(folder))
    assert (kinds["search"], kinds["run"]) == (1, 3)


@pytest.mark.parametrize("service", SERVICES)
def test_keys_and_addresses_are_sent_and_never_stored(
    world: World, tmp_path: Path, service: str
) -> None:
    folder = new_base(tmp_path / "base")
    world.faults[:] = ["503", ""]
    said: list[str] = []
    run(folder, world, service, say=said.append, record=tmp_path / "record")
    names = service_named(service).names
    _, form, headers = world.asked[0]
    assert "mailto:someone@example.org" in headers["user-agent"]
    if names.key_parameter:
        assert form[names.key_parameter] == "key-of-someone"
    if names.key_header:
        assert "key-of-someone" in headers[names.key_header.lower()]
    stored = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    everything = b"\n".join([*stored, "\n".join(said).encode()])
    assert b"key-of-someone" not in everything
    assert b"someone@example.org" not in everything


@pytest.mark.parametrize("service", SERVICES)
def test_recorded_answers_are_replayed_without_a_network(
    world: World, tmp_path: Path, service: str
) -> None:
    first, second = new_base(tmp_path / "first"), new_base(tmp_path / "second")
    run(first, world, service, record=tmp_path / "record")
    asked = len(world.asked)
    again = run(second, world, service, replay=tmp_path / "record")
    assert (again.new, len(world.asked)) == (33, asked)
    assert held(first, service) == held(second, service)
    with pytest.raises(UnreachableError, match="holds no answer"):
        run(second, world, service, replay=tmp_path / "record", query="another")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_asked_as_slowly_as_it_wants(tmp_path: Path, service: str) -> None:
    clock = FakeClock()
    wanted = service_named(service).interval[1]
    with served(World([Record(1), Record(2)] * 20, clock=clock, interval=wanted * 0.99)) as slow:
        slow.page = 4
        run(new_base(tmp_path), slow, service)
    assert len(clock.slept) == len(slow.asked) - 1
    assert all(seconds < wanted + 1e-6 for seconds in clock.slept)


batches = st.lists(st.lists(st.integers(1, 60), min_size=0, max_size=25), min_size=1, max_size=4)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    service=st.sampled_from(sorted(SERVICES)),
    additions=batches,
    page=st.integers(1, 9),
    faults=st.lists(st.sampled_from([*FAULTS, "gone"]), max_size=12),
)
def test_any_number_of_runs_ends_with_the_records_of_one(
    service: str, additions: list[list[int]], page: int, faults: list[str]
) -> None:
    world = World(page=page)
    with served(world), TemporaryDirectory() as place:
        many, one = new_base(Path(place) / "many"), new_base(Path(place) / "one")
        world.faults[:] = faults
        for numbers in additions:
            known = {record.number for record in world.records}
            fresh = [Record(n) for n in dict.fromkeys(numbers) if n not in known]
            world.records = [*fresh[::2], *world.records, *fresh[1::2]]
            until_done(many, world, service)
        world.faults.clear()
        run(one, world, service)
        assert held(many, service) == held(one, service)
        assert len(held(one, service)) == len(world.records)


def until_done(folder: BaseFolder, world: World, service: str) -> None:
    """Run again as long as the service refuses; each refusal uses one up."""
    for left in range(len(world.faults), -1, -1):
        try:
            run(folder, world, service)
        except UnreachableError:
            if not left:  # of something else, and for good
                raise
        else:
            return


def day(number: int) -> str:
    """Give a day so many days after 1950 as PubMed writes it."""
    return (date(1950, 1, 1) + timedelta(number)).strftime("%Y/%m/%d")


def test_a_search_above_the_cap_of_pubmed_is_split(tmp_path: Path) -> None:
    years = [day(7 * n % 27_000) for n in range(12_500)]
    busy = [Record(20_000 + n, DAY, day(14_600 + n)) for n in range(10_200)]
    records = [*(Record(n, when, when) for n, when in enumerate(years, 1)), *busy]
    with served(World(records)) as world:
        done = run(new_base(tmp_path), world, "pubmed")
        searches = [form["term"] for path, form, _ in world.asked if "esearch" in path]
    assert (done.listed, done.new) == (len(records), len(records))
    assert len(searches) < 120
    assert any("[dp]" in term for term in searches)


def test_more_than_the_cap_on_one_day_is_told(tmp_path: Path) -> None:
    with (
        served(World([Record(n) for n in range(10_001)])) as world,
        pytest.raises(UsageError, match=r"one day match \(2020-01-01\.\.2020-01-01/.*narrow"),
    ):
        run(new_base(tmp_path), world, "pubmed")


def test_what_is_listed_and_not_given_is_told_and_asked_for_again(tmp_path: Path) -> None:
    with served(World([Record(1), Record(2)])) as world:
        folder = new_base(tmp_path)
        run(folder, world, "semanticscholar")
        (answer,) = (folder.sources / "retrieved").rglob("*.json")
        answer.unlink()
        assert run(folder, world, "semanticscholar").new == 2


def test_too_many_records_are_not_begun(world: World, tmp_path: Path) -> None:
    folder = new_base(tmp_path)
    with pytest.raises(UsageError, match="33 records match, more than 10; narrow"):
        run(folder, world, "europepmc", limit=10)
    assert not folder.sources.exists()


def test_a_refusal_for_good_is_told_at_once(world: World, tmp_path: Path) -> None:
    world.faults[:] = ["gone"]
    with pytest.raises(UnreachableError, match="answers 400: the cursor has expired; mend"):
        run(new_base(tmp_path), world, "crossref")
    assert len(world.asked) == 1


def test_a_run_killed_at_any_moment_is_gone_on_with(world: World, tmp_path: Path) -> None:
    folder = new_base(tmp_path)
    world.page = 3
    words = ["fetch", "europepmc", QUERY, "--base", str(folder.path)]
    command = [sys.executable, "-m", "probatum", *words]
    command += ["--endpoint", world.endpoint("europepmc")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        while len(world.asked) < 4 and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    stored = len(list(folder.sources.rglob("*.json")))
    assert 2 <= stored < 11
    (log,) = (folder.path / "retrieval").iterdir()
    torn = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(torn[:-1]) + torn[-1][:20])  # killed while it wrote the line
    done = run(folder, world, "europepmc")
    assert done.listed == 33
    assert set(held(folder, "europepmc").values()) == {1}
    assert len(held(folder, "europepmc")) == 33
    assert all(line["ids"] for line in lines(folder) if line["type"] == "answer")


def test_the_command_prints_counts_and_says_what_to_do(world: World, tmp_path: Path) -> None:
    folder = new_base(tmp_path)
    words = ["fetch", "openalex", QUERY, "--base", str(folder.path), "--json"]
    done = subprocess.run(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "probatum", *words, "--endpoint", world.endpoint("openalex")],
        capture_output=True,
        check=False,
        timeout=60,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["type"], told["listed"], told["new"], told["missing"]) == (
        "retrieval",
        33,
        33,
        [],
    )
    assert "PROBATUM_CONTACT" in done.stderr


def test_bad_calls(world: World, tmp_path: Path) -> None:
    folder = new_base(tmp_path)
    with pytest.raises(UnknownNameError, match="known: clinicaltrials, crossref"):
        fetch(folder, "nowhere", QUERY)
    for endpoint in ("ftp://example.org", "example.org", "https://user:secret@example.org"):
        with pytest.raises(UsageError, match="no address"):
            fetch(folder, "pubmed", QUERY, means=Means(endpoint=endpoint))

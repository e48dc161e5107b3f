"""Newer notices from a service on loopback: joined by DOI and PMID, dated, replayable."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.engine.fake_clock import FakeClock

from probatum.errors import SettingsError, UnreachableError
from probatum.flow.folder import BaseFolder
from probatum.flow.notices import lists_digest, lists_of, update_notices
from probatum.flow.retrieval.fetch import Means
from probatum.flow.settings import load_settings
from probatum.model.document import Block, Document, Identifiers, Metadata
from probatum.model.pack import Pack, Vocabulary
from probatum.model.source import SourceRef
from probatum.trust.appraise import appraise
from probatum.trust.notices import listed

HEAD = "Record ID,Title,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n"
TABLE = HEAD + (
    '1,"An invented trial, told twice",10.5555/Gone,99000001,Retraction\n'
    "2,Another,10.5555/back,0,Retraction\n"
    "3,Another,10.5555/back,0,Reinstatement\n"
    "4,A third,10.5555/mended,,Correction\n"
)


@pytest.fixture
def service() -> Iterator[list[str]]:
    """An address, and what it answers (the second entry may be changed)."""
    held = ["", TABLE]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = held[1].encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held[0] = f"http://127.0.0.1:{server.server_port}/table.csv"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield held
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> BaseFolder:
    path = tmp_path / "base"
    path.mkdir()
    (path / "probatum.toml").write_text('[base]\ntitle = "Invented"\n')
    return BaseFolder(path)


def means(endpoint: str, **more: Path) -> Means:
    return Means(endpoint=endpoint, clock=FakeClock(), environment={}, **more)


def flags_of(lists, **identifiers: str) -> list[tuple[str, str]]:
    text = "A text of an invented trial."
    source = SourceRef("made.nbib", "0" * 64, 0, len(text))
    metadata = Metadata(
        identifiers=Identifiers(**identifiers),
        container_title="The Journal of Gout",
        url="https://www.gout.example/a",
    )
    document = Document(
        "d" * 16, 0, "record", source, metadata, text, (Block("paragraph", 0, len(text)),)
    )
    pack = Pack("p", "P", "1", "0" * 64, "2025-01-01", "p", Vocabulary(), (), (), (), (), ())
    flags = appraise(document, pack, (), (), lists).flags
    return [(f.kind, f.evidence) for f in flags if f.dimension == "records" or "opin" in f.kind]


def test_what_was_listed_today_is_flagged_with_the_day(folder, service) -> None:
    made = update_notices(folder, means=means(service[0]))
    assert (made.rows, made.entries) == (4, 3)
    assert made.snapshot == "Crossref Retraction Watch, snapshot 2027-01-15"
    lists = lists_of(folder, load_settings(folder.path))
    ((kind, evidence),) = flags_of(lists, doi="10.5555/gone")
    assert kind == "retracted"
    assert "snapshot 2027-01-15" in evidence
    assert [k for k, _ in flags_of(lists, pmid="99000001")] == ["retracted"]
    assert [k for k, _ in flags_of(lists, doi="10.5555/mended")] == ["correction"]
    assert flags_of(lists, doi="10.5555/back") == []
    assert listed("10.5555/gone") is None


def test_half_a_table_changes_nothing(folder, service) -> None:
    update_notices(folder, means=means(service[0]))
    before = lists_digest(lists_of(folder, load_settings(folder.path)))
    for broken in (TABLE[:-5], "Title\nno such columns\n", HEAD):
        service[1] = broken
        with pytest.raises(UnreachableError):
            update_notices(folder, means=means(service[0]))
    assert lists_digest(lists_of(folder, load_settings(folder.path))) == before


def test_an_answer_can_be_replayed_without_a_network(folder, service, tmp_path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    first = update_notices(folder, means=means(service[0], record=kept))
    service[1] = "gone"
    assert update_notices(folder, means=means(service[0], replay=kept)) == first


def test_opinions_stand_only_where_a_file_is_named(folder) -> None:
    assert flags_of(lists_of(folder, load_settings(folder.path))) == []
    (folder.path / "list.csv").write_text("url,name\nhttp://x.example/,Journal of Gout\n")
    (folder.path / "rated.csv").write_text("domain,score\ngout.example,0.2\n")
    (folder.path / "probatum.toml").write_text(
        '[trust]\njournal_lists = ["Gout watch 2018 = list.csv"]\n'
        'domain_ratings = ["Rater 2024 = rated.csv"]\n'
    )
    lists = lists_of(folder, load_settings(folder.path))
    ((kind, evidence),) = flags_of(lists)
    assert kind == "listed_opinion"
    assert evidence == "Rater 2024 rates gout.example: score 0.2"
    (folder.path / "list.csv").write_text("url,name\nhttp://x.example/,The Journal of GOUT\n")
    (folder.path / "list2.csv").write_text("url,name\n,The journal of gout\n")
    (folder.path / "probatum.toml").write_text('[trust]\njournal_lists = ["W = list2.csv"]\n')
    assert flags_of(lists_of(folder, load_settings(folder.path)))[0][1].startswith("W lists")


def test_a_list_that_is_not_there_is_told(folder) -> None:
    (folder.path / "probatum.toml").write_text('[trust]\njournal_lists = ["X = none.csv"]\n')
    with pytest.raises(SettingsError, match=r"none\.csv: no such list"):
        lists_of(folder, load_settings(folder.path))

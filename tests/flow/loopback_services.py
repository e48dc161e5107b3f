"""The six services on loopback, with invented records: pages, cursors, caps, limits and faults.

Written from the published descriptions of the services; each refuses what the real one refuses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.engine.fake_clock import FakeClock
from tests.serving import running

CAP = 10_000
DAY = "2020/01/01"
Form = dict[str, str]


class Refusal(Exception):
    """A bad request, as the service answers it."""


@dataclass(frozen=True)
class Record:
    """An invented record: when it came in and when it was published."""

    number: int
    entered: str = DAY
    published: str = DAY


@dataclass
class World:
    """What the services hold, and what they do wrong.

    ``faults`` are taken one a request: "429", "503", "cut" (the connection breaks off), "torn"
    (the answer does), "gone" (400), or "" for none. With a clock, requests that come faster than
    every ``interval`` seconds get a 429.
    """

    records: list[Record] = field(default_factory=list)
    page: int = 10
    faults: list[str] = field(default_factory=list)
    retry_after: str = "7"
    clock: FakeClock | None = None
    interval: float = 0.0
    asked: list[tuple[str, Form, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    last: float = 0.0

    def endpoint(self, service: str) -> str:
        """Give the address of one of the services."""
        return f"{self.address}/{service}"

    def fault(self) -> str:
        """Say what goes wrong with the request that comes now."""
        fault = self.faults.pop(0) if self.faults else ""
        if self.clock is None:
            return fault
        early, self.last = self.clock.now() < self.last + self.interval, self.clock.now()
        return "429" if early else fault

    def slice(self, cursor: str | None, size: int) -> tuple[list[Record], str | None]:
        """Give a page of records and the cursor of the next."""
        start = int(cursor) if cursor not in (None, "*") else 0
        stop = start + min(size, self.page)
        return self.records[start:stop], str(stop) if stop < len(self.records) else None


def pubmed(world: World, path: str, form: Form) -> bytes:
    """E-utilities: esearch and efetch."""
    if path == "/esearch.fcgi":
        ranges = _RANGE.findall(form["term"])
        found = [r for r in world.records if _inside(ranges, r)]
        ids = [str(r.number) for r in found][: min(CAP, int(form["retmax"]))]
        return json.dumps({"esearchresult": {"count": str(len(found)), "idlist": ids}}).encode()
    known = {str(r.number) for r in world.records}
    articles = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{n}</PMID></MedlineCitation></PubmedArticle>"
        for n in form["id"].split(",")
        if n in known
    )
    return f"<PubmedArticleSet>{articles}</PubmedArticleSet>".encode()


_RANGE = re.compile(r'\("([\d/]+)"\[(\w+)\] : "([\d/]+)"\[\w+\]\)')


def _inside(ranges: list[tuple[str, str, str]], record: Record) -> bool:
    days = {"edat": record.entered, "dp": record.published}
    return all(first <= days[tag] <= last for first, tag, last in ranges)


def europepmc(world: World, path: str, form: Form) -> bytes:
    """Search with cursorMark; the last cursor comes again."""
    _at_most(int(form["pageSize"]), 1000)
    wanted = re.findall(r"EXT_ID:(\d+) AND SRC:MED", form["query"])
    if wanted:
        found, following = [r for r in world.records if str(r.number) in wanted], None
    else:
        found, following = world.slice(form["cursorMark"], int(form["pageSize"]))
    result = [{"id": str(r.number), "source": "MED"} for r in found]
    body = {"hitCount": len(world.records), "resultList": {"result": result}}
    return json.dumps({**body, "nextCursorMark": following or form["cursorMark"]}).encode()


def openalex(world: World, path: str, form: Form) -> bytes:
    """Cursor paging; at most 100 values in a filter."""
    _at_most(int(form["per-page"]), 200)
    name, _, value = form["filter"].partition(":")
    if name == "ids.openalex":
        wanted = value.split("|")
        _at_most(len(wanted), 100)
        found, following = [r for r in world.records if f"W{r.number}" in wanted], None
    else:
        found, following = world.slice(form["cursor"], int(form["per-page"]))
    results = [{"id": f"https://openalex.org/W{r.number}"} for r in found]
    meta = {"count": len(world.records), "next_cursor": following}
    return json.dumps({"meta": meta, "results": results}).encode()


def _doi(record: Record) -> str:
    return f"10.5555/{'A' if record.number % 2 else 'a'}{record.number}" + (
        ",1" if record.number % 5 == 0 else ""
    )


def crossref(world: World, path: str, form: Form) -> bytes:
    """Cursors without end; a comma ends a filter; single works by path."""
    single = unquote(path).partition("/works/")[2]
    if single:
        found = next(r for r in world.records if _doi(r).lower() == single)
        return json.dumps({"message": {"DOI": _doi(found)}}).encode()
    if "doi:" in form.get("filter", ""):
        wanted = {part.removeprefix("doi:") for part in form["filter"].split(",")}
        chosen = [r for r in world.records if _doi(r).lower() in wanted]
        following = None
    else:
        _at_most(int(form["rows"]), 1000)
        chosen, following = world.slice(form["cursor"], int(form["rows"]))
        following = following or str(len(world.records))
    items = [{"DOI": _doi(r)} for r in chosen]
    body = {"total-results": len(world.records), "items": items, "next-cursor": following}
    return json.dumps({"message": body}).encode()


def semanticscholar(world: World, path: str, form: Form) -> bytes:
    """Bulk search with tokens; a batch gives null for what it does not know."""
    if path == "/paper/batch":
        wanted = json.loads(form["body"])["ids"]
        _at_most(len(wanted), 500)
        known = {str(r.number) for r in world.records}
        return json.dumps([{"paperId": n} if n in known else None for n in wanted]).encode()
    found, following = world.slice(form.get("token"), 1000)
    data = [{"paperId": str(r.number)} for r in found]
    return json.dumps({"total": len(world.records), "token": following, "data": data}).encode()


def clinicaltrials(world: World, path: str, form: Form) -> bytes:
    """Page tokens; the total stands on the first page only."""
    _at_most(int(form["pageSize"]), 1000)
    wanted = form.get("filter.ids")
    if wanted:
        found = [r for r in world.records if f"NCT{r.number:08}" in wanted.split(",")]
        following = None
    else:
        found, following = world.slice(form.get("pageToken"), int(form["pageSize"]))
    body: dict[str, Any] = {
        "studies": [
            {"protocolSection": {"identificationModule": {"nctId": f"NCT{r.number:08}"}}}
            for r in found
        ]
    }
    if following:
        body["nextPageToken"] = following
    if "pageToken" not in form and not wanted:
        body["totalCount"] = len(world.records)
    return json.dumps(body).encode()


def _at_most(number: int, limit: int) -> None:
    if number > limit:
        raise Refusal(f"{number} is more than {limit}")


SERVICES: dict[str, Callable[[World, str, Form], bytes]] = {
    "pubmed": pubmed,
    "europepmc": europepmc,
    "openalex": openalex,
    "crossref": crossref,
    "semanticscholar": semanticscholar,
    "clinicaltrials": clinicaltrials,
}


def _expired() -> bytes:
    raise Refusal("the cursor has expired")


class Handler(BaseHTTPRequestHandler):
    """Answers as the world of its server says."""

    server: WorldServer

    def do_GET(self) -> None:
        """Answer a question by address."""
        self._answer(b"")

    def do_POST(self) -> None:
        """Answer a question by form."""
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes) -> None:
        world, parts = self.server.world, urlsplit(self.path)
        form = {k: v[0] for k, v in parse_qs(f"{parts.query}&{body.decode()}").items()}
        form["body"] = body.decode()
        world.asked.append((self.path, form, {k.lower(): v for k, v in self.headers.items()}))
        name, _, path = parts.path[1:].partition("/")
        self._say(world.fault(), lambda: SERVICES[name](world, f"/{path}", form))

    def _say(self, fault: str, content: Callable[[], bytes]) -> None:
        if fault in ("429", "503"):
            self._send(int(fault), b"slower", {"Retry-After": self.server.world.retry_after})
            return
        try:
            data = _expired() if fault == "gone" else content()
        except Refusal as refusal:
            self._send(400, str(refusal).encode(), {})
            return
        headers = {"Content-Length": str(len(data) + 9)} if fault == "cut" else {}
        self._send(200, data[: len(data) // 2] if fault == "torn" else data, headers)

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as inherited
        """Take no notice."""


class WorldServer(ThreadingHTTPServer):
    """A server on loopback that serves one world."""

    def __init__(self, world: World) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.world = world


@contextmanager
def served(world: World) -> Iterator[World]:
    """Serve a world on loopback."""
    server = WorldServer(world)
    world.address = f"http://127.0.0.1:{server.server_port}"
    with running(server):
        yield world

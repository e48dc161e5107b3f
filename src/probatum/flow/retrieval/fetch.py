"""Retrieve from a service into a base: all at first, later only what is new.

A run lists the ids that match now and asks for the records that the base does not hold. So a later
run also finds a record that is old but matches only since it was indexed, which a date of entry
would miss, and any number of runs end with the records of a single one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from probatum import __version__
from probatum.engine.politeness import Polite
from probatum.engine.replay import RecordingTransport, ReplayTransport
from probatum.engine.storage import exclusive, remove_leftovers
from probatum.engine.transport import Clock, HttpTransport, Request, SystemClock, Transport
from probatum.errors import UsageError
from probatum.flow.folder import BaseFolder
from probatum.flow.retrieval.log import Log, open_log, stamp
from probatum.flow.retrieval.query import parse
from probatum.flow.retrieval.service import Asked, Page, Service
from probatum.flow.retrieval.table import service as service_named
from probatum.flow.retrieval.translation import Translation
from probatum.flow.settings import load_settings

Read = TypeVar("Read")

LIMIT = 100_000
CONTACT_VARIABLE = "PROBATUM_CONTACT"


def _unheard(_: str) -> None:
    """Take no notice."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a retrieval is done with: the network, the clock, the environment, who is told.

    ``endpoint`` is another address of the service, such as a mirror. ``record`` is a folder that
    keeps the answers, ``replay`` one that gives them instead of the network.
    """

    endpoint: str | None = None
    record: Path | None = None
    replay: Path | None = None
    transport: Transport | None = None
    clock: Clock = field(default_factory=SystemClock)
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    say: Callable[[str], None] = _unheard


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a retrieval did: ids that match, those that are new, those that were not given."""

    service: str
    sent: str
    listed: int
    new: int
    missing: tuple[str, ...]
    folder: str
    notes: tuple[str, ...]


def fetch(
    folder: BaseFolder,
    service: str,
    query: str,
    *,
    syntax: str = "pubmed",
    limit: int = LIMIT,
    means: Means | None = None,
) -> Retrieved:
    """Retrieve what matches a query and is not in the base yet.

    ``syntax`` is that of the query: pubmed, wos or ebscohost, linted and translated; or service,
    sent as it is. A run that was stopped is gone on with by the same call.

    Raises UnknownNameError for the service, UsageError for the query or when more than ``limit``
    records match, UnreachableError when the service gives no whole answer, BusyError when another
    retrieval runs on the base.
    """
    means = means or Means()
    chosen = service_named(service)
    translation, warnings = _translated(chosen, query, syntax)
    contact = load_settings(folder.path).contact or means.environment.get(CONTACT_VARIABLE, "")
    if not contact:
        means.say(f"no contact address: set retrieval.contact or {CONTACT_VARIABLE}")
    for note in (*warnings, *translation.notes):
        means.say(note)
    asked = _asked(chosen, translation, contact, means)
    lock = folder.derived / "retrieval.lock"
    with exclusive(lock, wait=0.0, waiting=means.say, holder="retrieval"):
        log = open_log(folder, chosen, repr((translation.text, translation.years)))
        remove_leftovers(log.answers)
        transport = _transport(means, contact)
        keyed = bool(_key(chosen, means))
        polite = Polite(transport, means.clock, interval=chosen.interval[keyed], say=means.say)
        if not log.begun:
            log.append(_search_line(chosen, query, syntax, asked))
        return _Run(chosen, asked, polite, log, means, limit).all()


def _search_line(service: Service, query: str, syntax: str, asked: Asked) -> dict[str, object]:
    sent = asked.translation
    return {
        "type": "search",
        "service": service.name,
        "query": query,
        "syntax": syntax,
        "sent": sent.text,
        "years": sent.years,
        "notes": sent.notes,
        "endpoint": asked.endpoint,
        "version": __version__,
    }


def _translated(service: Service, query: str, syntax: str) -> tuple[Translation, tuple[str, ...]]:
    if syntax == "service":
        if not query.strip():
            raise UsageError("the query is empty; write what to search for")
        return Translation(query.strip()), ()
    parsed = parse(query, syntax)
    return service.translate(parsed), parsed.warnings


def _asked(service: Service, translation: Translation, contact: str, means: Means) -> Asked:
    endpoint = means.endpoint or service.endpoint
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        raise UsageError(f"{endpoint!r} is no address of a service; write https://host/path")
    names, key = service.names, _key(service, means)
    private, headers = list[tuple[str, str]](), list[tuple[str, str]]()
    if names.contact and contact:
        private.append((names.contact, contact))
    if key and names.key_parameter:
        private.append((names.key_parameter, key))
    if key and names.key_header:
        headers.append((names.key_header, f"{names.key_prefix}{key}"))
    return Asked(endpoint.rstrip("/"), translation, tuple(headers), tuple(private))


def _key(service: Service, means: Means) -> str:
    return means.environment.get(service.names.key_variable or "", "")


def _transport(means: Means, contact: str) -> Transport:
    said = f" (mailto:{contact})" if contact else ""
    chosen = means.transport or HttpTransport(f"probatum/{__version__}{said}")
    if means.replay is not None:
        return ReplayTransport(means.replay)
    return RecordingTransport(chosen, means.record) if means.record is not None else chosen


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of a search: list, compare, ask for what is new, keep it."""

    service: Service
    asked: Asked
    polite: Polite
    log: Log
    means: Means
    limit: int

    def all(self) -> Retrieved:
        self.log.take_up(_sure(self.service.read_ids), self._date())
        before = set(self.log.known)
        listed, notes = self._listed(light=bool(before) or not self.service.whole_pages)
        for ids in self._batches([name for name in listed if name not in self.log.known]):
            self._keep_records(ids)
        missing = tuple(name for name in listed if name not in self.log.known)
        new = len(self.log.known - before)
        counts = {"listed": len(listed), "new": new, "missing": list(missing)}
        self.log.append({"type": "run", "date": self._date(), **counts})
        where = self.log.answers.relative_to(self.log.base).as_posix()
        text = self.asked.translation.text
        return Retrieved(self.service.name, text, len(listed), new, missing, where, notes)

    def _listed(self, *, light: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """List the ids that match; pages of whole records are kept as they come."""
        listed, notes = dict[str, None](), dict[str, None]()
        for request, cursor, body, page in self._pages(light):
            listed.update(dict.fromkeys(page.ids))
            notes.update(dict.fromkeys(page.notes))
            if not light and not self.log.known.issuperset(page.ids):
                self._keep(request, cursor, body, page.ids)
        for note in notes:
            self.means.say(note)
        return tuple(listed), tuple(notes)

    def _pages(self, light: bool) -> Iterator[tuple[Request, str | None, bytes, Page]]:
        cursor: str | None = None
        seen: set[str] = set()
        while cursor is None or cursor not in seen:
            seen.update([cursor] if cursor else [])
            request = self.service.page(self.asked, cursor, light)
            body, page = self._page(request, cursor)
            if page.total is not None and page.total > self.limit:
                raise UsageError(
                    f"{page.total} records match, more than {self.limit}; narrow the query or"
                    " raise --limit"
                )
            yield request, cursor, body, page
            if page.cursor is None:
                return
            cursor = page.cursor

    def _page(self, request: Request, cursor: str | None) -> tuple[bytes, Page]:
        def read(body: bytes) -> Page:
            return self.service.read_page(body, cursor)

        return self.polite.ask(request, _sure(read))

    def _batches(self, ids: Sequence[str]) -> Iterator[Sequence[str]]:
        together = [name for name in ids if not self.service.alone(name)]
        for at in range(0, len(together), self.service.batch):
            yield together[at : at + self.service.batch]
        for name in ids:
            if self.service.alone(name):
                yield (name,)

    def _keep_records(self, ids: Sequence[str]) -> None:
        request = self.service.records(self.asked, ids)
        body, given = self.polite.ask(request, _sure(self.service.read_ids))
        if not self.log.known.issuperset(given):
            self._keep(request, None, body, given)

    def _keep(
        self, request: Request, cursor: str | None, body: bytes, ids: tuple[str, ...]
    ) -> None:
        about = {"date": self._date(), "request": request.url, "cursor": cursor}
        self.log.store(body, ids, about)

    def _date(self) -> str:
        return stamp(self.means.clock.now())


def _sure(read: Callable[[bytes], Read]) -> Callable[[bytes], Read]:
    """Make a reader say half an answer, too, when something that must be there is not."""

    def reading(body: bytes) -> Read:
        try:
            return read(body)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise ValueError(f"without {error}") from error

    return reading

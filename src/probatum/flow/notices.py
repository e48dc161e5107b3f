"""Newer notices than the shipped ones, from Crossref's copy of the Retraction Watch data.

``notices/retraction-watch.npy`` in a base is the table, ``.json`` beside it says what it was made
of. The next build holds every work against it.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np

from probatum import __version__
from probatum.engine.politeness import Polite
from probatum.engine.replay import RecordingTransport, ReplayTransport
from probatum.engine.storage import plain_errors, write_atomic
from probatum.engine.transport import HttpTransport, Request, Transport
from probatum.errors import SettingsError, UnreachableError
from probatum.flow.folder import BaseFolder
from probatum.flow.retrieval.fetch import CONTACT_VARIABLE, Means
from probatum.flow.settings import Settings, load_settings
from probatum.text.identifiers import normal_doi
from probatum.trust.lists import Lists
from probatum.trust.notices import table_of

ENDPOINT = "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv"
_NEEDED = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature")
_INTERVAL = 1.0


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update brought: rows read, works listed, the day, and the digest of the answer."""

    snapshot: str
    rows: int
    entries: int
    date: str
    sha256: str


def update_notices(folder: BaseFolder, *, means: Means | None = None) -> Updated:
    """Ask for the notices of today and keep them in the base.

    Raises UnreachableError when there is no whole answer; what the base held before stays then.
    """
    means = means or Means()
    contact = load_settings(folder.path).contact or means.environment.get(CONTACT_VARIABLE, "")
    polite = Polite(_transport(means, contact), means.clock, interval=_INTERVAL, say=means.say)
    body, natures = polite.ask(Request(means.endpoint or ENDPOINT), _natures)
    table = table_of(natures[1])
    if not len(table):
        raise UnreachableError("the answer lists no notice; the notices held before are kept")
    date = datetime.fromtimestamp(means.clock.now(), UTC).strftime("%Y-%m-%d")
    name = f"Crossref Retraction Watch, snapshot {date}"
    made = Updated(name, natures[0], len(table), date, sha256(body).hexdigest())
    _keep(folder, table.tobytes(), made)
    return made


def _transport(means: Means, contact: str) -> Transport:
    said = f" (mailto:{contact})" if contact else ""
    chosen = means.transport or HttpTransport(f"probatum/{__version__}{said}")
    if means.replay is not None:
        return ReplayTransport(means.replay)
    return RecordingTransport(chosen, means.record) if means.record is not None else chosen


def _natures(body: bytes) -> tuple[int, dict[str, list[str]]]:
    """Read the notices by DOI and PMID; raises ValueError for half an answer or another table."""
    csv.field_size_limit(min(sys.maxsize, 1 << 24))
    if not body.endswith(b"\n"):
        raise ValueError("the table breaks off")
    reader = csv.DictReader(io.StringIO(body.decode("utf-8", errors="replace"), newline=""))
    missing = [column for column in _NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"no column {', '.join(missing)}")
    rows, found = 0, dict[str, list[str]]()
    for row in reader:
        rows += 1
        for name in _names(row):
            found.setdefault(name, []).append(row["RetractionNature"] or "")
    return rows, found


def _names(row: Mapping[str, str | None]) -> list[str]:
    doi = normal_doi(row["OriginalPaperDOI"] or "")
    pmid = (row["OriginalPaperPubMedID"] or "").strip()
    return [*([doi] if doi else []), *([f"pmid:{pmid}"] if pmid.strip("0").isdigit() else [])]


def _keep(folder: BaseFolder, entries: bytes, made: Updated) -> None:
    place = _place(folder)
    place.mkdir(exist_ok=True)
    file = io.BytesIO()
    np.save(file, np.frombuffer(entries, dtype=np.uint64))
    # Under the name of its content, so that a build that reads the old one is not disturbed.
    name = f"retraction-watch-{made.sha256[:16]}.npy"
    write_atomic(place / name, file.getvalue())
    told = json.dumps({**asdict(made), "table": name}, indent=1) + "\n"
    write_atomic(place / "retraction-watch.json", told.encode())
    for old in place.glob("retraction-watch-*.npy"):
        if old.name != name:
            old.unlink()


def _place(folder: BaseFolder) -> Path:
    return folder.path / "notices"


def lists_of(folder: BaseFolder, settings: Settings) -> Lists:
    """Give the lists that a base holds beside the shipped ones."""
    about = _place(folder) / "retraction-watch.json"
    known = {}
    if about.is_file():
        with plain_errors(about):
            known = json.loads(about.read_bytes())
    return Lists(
        notices=str(_place(folder) / known["table"]) if known else None,
        snapshot=known.get("snapshot", ""),
        journals=tuple(_named(folder, entry) for entry in settings.journal_lists),
        domains=tuple(_named(folder, entry) for entry in settings.domain_ratings),
    )


def _named(folder: BaseFolder, entry: str) -> tuple[str, str]:
    """Take "name = path" apart; the path is relative to the base."""
    name, sign, path = entry.partition("=")
    chosen = (folder.path / (path if sign else name).strip()).resolve()
    if not chosen.is_file():
        raise SettingsError(f"{chosen}: no such list; mend trust.journal_lists or domain_ratings")
    return (name.strip() if sign else chosen.name), str(chosen)


def lists_digest(lists: Lists) -> list[list[str]]:
    """Give what a part depends on of the lists: names and contents, no path."""
    files = (*lists.journals, *lists.domains)
    kept = [[name, sha256(Path(path).read_bytes()).hexdigest()] for name, path in files]
    return [[lists.snapshot, Path(lists.notices).name if lists.notices else ""], *kept]

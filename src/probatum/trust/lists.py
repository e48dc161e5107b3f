"""Lists that a base may hold beside the shipped ones: newer notices, opinions of others.

Opinions (lists of journals, ratings of domains) are contested and dated: they are shown as what
a named list says, never as a verdict, and only where the settings of a base name a file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from probatum.errors import SettingsError

_NAMES = ("name", "journal", "hijacked", "publisher", "abbr", "hijackedabbr", "title")
_ADDRESSES = ("url", "hijackedurl", "althijackedurl", "alturl", "website")
_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Lists:
    """What a base holds beside the shipped lists.

    ``notices`` is the file of an updated table of notices and ``snapshot`` what it is called;
    ``journals`` and ``domains`` are (name of the list, file) pairs of opinions.
    """

    notices: str | None = None
    snapshot: str = ""
    journals: tuple[tuple[str, str], ...] = ()
    domains: tuple[tuple[str, str], ...] = ()

    def moved(self, to: Callable[[str], str]) -> Lists:
        """Give the same lists with every file put through ``to``."""
        return replace(
            self,
            notices=None if self.notices is None else to(self.notices),
            journals=tuple((name, to(file)) for name, file in self.journals),
            domains=tuple((name, to(file)) for name, file in self.domains),
        )


NO_LISTS = Lists()


def folded(name: str) -> str:
    """Fold a name so that signs and capitals do not count.

    >>> folded("Journal of Gout & Pain")
    'journal of gout pain'
    """
    return _LETTERS.sub(" ", name.lower()).strip()


def host(address: str) -> str:
    """Give the host of an address without "www.", "" where there is none.

    >>> host("https://www.example.org/a"), host("no address")
    ('example.org', '')
    """
    try:
        found = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""
    return found.removeprefix("www.")


@lru_cache(maxsize=8)
def journals(path: str) -> dict[str, str]:
    """Read a list of journals or publishers: folded names and hosts, each with what is listed."""
    found: dict[str, str] = {}
    for row in _rows(path):
        names = [row[c] for c in _NAMES if row.get(c)]
        for name in names:
            found.setdefault(folded(name), name)
        for column in _ADDRESSES:
            place = host(row.get(column) or "")
            if place:
                found.setdefault(place, names[0] if names else place)
    found.pop("", None)
    return found


@lru_cache(maxsize=8)
def ratings(path: str) -> dict[str, str]:
    """Read ratings of domains: the first column beside the domain, as it is written."""
    found = {}
    for row in _rows(path):
        rated = [(k, v) for k, v in row.items() if k != "domain" and v]
        if row.get("domain") and rated:
            found[row["domain"].lower().removeprefix("www.")] = f"{rated[0][0]} {rated[0][1]}"
    return found


def _rows(path: str) -> list[dict[str, str]]:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            return [
                {k.strip().lower(): (v or "").strip() for k, v in row.items() if k}
                for row in csv.DictReader(file)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{path}: not a readable list ({error}); mend the setting") from error

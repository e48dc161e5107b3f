"""What a service is: how its pages are asked for and read, and how single records are."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from probatum.engine.transport import Request
from probatum.flow.retrieval.query import Query
from probatum.flow.retrieval.translation import Translation


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a service, where, and in whose name.

    ``headers`` and ``private`` hold the key and the contact address; they are sent, never stored.
    """

    endpoint: str
    translation: Translation
    headers: tuple[tuple[str, str], ...] = ()
    private: tuple[tuple[str, str], ...] = ()

    def get(self, path: str, parameters: Mapping[str, str | None]) -> Request:
        """Ask by address; parameters that are None are left out."""
        given = {name: value for name, value in parameters.items() if value is not None}
        query = f"?{urlencode(given, quote_via=quote)}" if given else ""
        url = f"{self.endpoint}{path}{query}"
        return Request(url, headers=self.headers, private=self.private)

    def post(self, path: str, form: Mapping[str, str]) -> Request:
        """Ask by a form, which may be longer than an address."""
        body = urlencode(form).encode()
        url = f"{self.endpoint}{path}"
        return Request(url, body, headers=self.headers, private=self.private)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing: ids, the cursor of the next one, how many there are in all."""

    ids: tuple[str, ...]
    cursor: str | None
    total: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """How a service is told who asks; ``key_variable`` is the environment's."""

    contact: str | None = None
    key_variable: str | None = None
    key_parameter: str | None = None
    key_header: str | None = None
    key_prefix: str = ""


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Service:
    """One service.

    ``page`` asks for a page after a cursor, with ids alone or with whole records; ``read_page``
    takes it apart; ``records`` asks for some records by id (at most ``batch``, those that are
    ``alone`` one by one) and ``read_ids`` says which an answer holds. ``interval`` is in seconds,
    the second one with a key. Readers raise ValueError for half an answer.
    """

    name: str
    endpoint: str
    suffix: str
    interval: tuple[float, float]
    batch: int
    names: Names
    translate: Callable[[Query], Translation]
    page: Callable[[Asked, str | None, bool], Request]
    read_page: Callable[[bytes, str | None], Page]
    records: Callable[[Asked, Sequence[str]], Request]
    read_ids: Callable[[bytes], tuple[str, ...]]
    whole_pages: bool = True
    alone: Callable[[str], bool] = _never


def loaded(body: bytes) -> Any:
    """Parse JSON; raises ValueError when it breaks off."""
    return json.loads(body)


def years_of(translation: Translation, sign: str) -> str | None:
    """Write the years of publication as services do: first, sign, last."""
    if translation.years is None:
        return None
    first, last = translation.years
    return f"{first}{sign}{last}"

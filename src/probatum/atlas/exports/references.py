"""Works as bibliographic records: RIS and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from probatum.model.pack import PackRecord
from probatum.model.view import BaseView
from probatum.model.work import Work

# A field of a record that could hold a line break would begin a line of its own.
_BREAKS = str.maketrans({"\n": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\x85": " "})


def export_ris(view: BaseView, out: Path) -> int:
    """Write all works as one RIS file; gives 1."""
    told = "".join(f"{line}\r\n" for work, place in _works(view) for line in _ris(work, place))
    (out / "works.ris").write_bytes(told.encode())
    return 1


def export_csl(view: BaseView, out: Path) -> int:
    """Write all works as one CSL-JSON file (citationstyles.org, schema 1.0.2); gives 1."""
    items = [csl(work, place) for work, place in _works(view)]
    text = json.dumps(items, ensure_ascii=False, indent=1) + "\n"
    (out / "works.json").write_text(text, encoding="utf-8")
    return 1


def _works(view: BaseView) -> Iterator[tuple[Work, PackRecord | None]]:
    """Give works that have a title, each with the pack's record of it where there is one."""
    records = {record.key: record for record in view.pack.records}
    for work in view.works():
        if work.title:
            known = (records[key] for key in work.records if key in records)
            yield work, next(known, None)


def _ris(work: Work, place: PackRecord | None) -> Iterator[str]:
    identifiers = work.identifiers
    yield f"TY  - {'JOUR' if _article(work) else 'GEN'}"
    told: list[tuple[str, object]] = [("ID", work.id), ("TI", work.title)]
    told += [("AU", author) for author in work.authors]
    told += [("PY", work.year), ("JO", work.container_title), *_places(place)]
    told += [("DO", identifiers.doi), ("AN", identifiers.pmid), ("C2", identifiers.pmcid)]
    told += [("M3", kind) for kind in work.publication_types]
    for tag, value in told:
        if value not in (None, ""):
            yield f"{tag}  - {str(value).translate(_BREAKS)}"
    yield "ER  - "


def _article(work: Work) -> bool:
    """Tell whether a work is an article: its journal is named, or PubMed, of articles, has it."""
    return bool(work.container_title or work.identifiers.pmid or work.identifiers.pmcid)


def _places(place: PackRecord | None) -> list[tuple[str, object]]:
    if place is None:
        return []
    first, _, last = (place.page or "").partition("-")
    return [("VL", place.volume), ("IS", place.issue), ("SP", first), ("EP", last)]


def csl(work: Work, place: PackRecord | None) -> Mapping[str, Any]:
    """Give a work as a CSL item; what is not known is left out.

    >>> csl(Work("w1", (), title="On calm", year=2001, authors=("Vine, Ada", "A Group")), None)
    ... # doctest: +NORMALIZE_WHITESPACE
    {'id': 'w1', 'type': 'document', 'title': 'On calm',
     'author': [{'family': 'Vine', 'given': 'Ada'}, {'literal': 'A Group'}],
     'issued': {'date-parts': [[2001]]}}
    """
    identifiers = work.identifiers
    item: dict[str, Any] = {
        "id": work.id,
        "type": "article-journal" if _article(work) else "document",
        "title": work.title,
        "author": [_name(author) for author in work.authors],
        "issued": {"date-parts": [[work.year]]} if work.year else None,
        "container-title": work.container_title,
        "volume": place.volume if place else None,
        "issue": place.issue if place else None,
        "page": place.page if place else None,
        "DOI": identifiers.doi,
        "PMID": identifiers.pmid,
        "PMCID": identifiers.pmcid,
    }
    return {key: value for key, value in item.items() if value}


def _name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(",")
    if not comma or not given.strip():
        return {"literal": author}
    return {"family": family.strip(), "given": given.strip()}

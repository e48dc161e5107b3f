"""Pages as MEDLINE prints them: digits that the last page shares with the first are left out."""

from __future__ import annotations

import re

_RANGE = re.compile(r"(?<![\w-])([A-Za-z]{0,3})(\d{1,9})-(\d{1,8})(?![\w-])")


def whole_pages(printed: str) -> str:
    """Write out the last page of each range.

    Source: NLM, MEDLINE/PubMed Data Element (Field) Descriptions, Pagination (PG).

    >>> whole_pages("1234-45"), whole_pages("S12-9; discussion 31-4"), whole_pages("e17")
    ('1234-1245', 'S12-19; discussion 31-34', 'e17')
    """
    return _RANGE.sub(_whole, printed) if "-" in printed else printed


def _whole(found: re.Match[str]) -> str:
    letters, first, last = found.groups()
    return f"{letters}{first}-{first[: max(0, len(first) - len(last))]}{last}"

"""Read our own invented pages on health, as paraphrasing machines leave them, and as they were."""

from __future__ import annotations

import re
from pathlib import Path

from validation.spins import Spin

PAGES = Path(__file__).parent / "lay_pages.txt"
CHANGED = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")


def lay_pages() -> list[tuple[Spin, str]]:
    """Give each page spun, with its changed places, and clean."""
    parts = re.split(r"^== .*\n", PAGES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [read(part.strip().replace("\n", " ")) for part in parts]


def read(page: str) -> tuple[Spin, str]:
    """Read {put|meant} marks.

    >>> spun, clean = read("It {eases ache|relieves pain}.")
    >>> spun.text, spun.changed, clean
    ('It eases ache.', ((3, 13, 'relieves pain'),), 'It relieves pain.')
    """
    pieces: list[str] = []
    changed, at, length = [], 0, 0
    for match in CHANGED.finditer(page):
        put, meant = match.groups()
        pieces += [page[at : match.start()], put]
        length += match.start() - at
        if put != meant:
            changed.append((length, length + len(put), meant))
        length += len(put)
        at = match.end()
    text = "".join([*pieces, page[at:]])
    return Spin(text, tuple(changed)), CHANGED.sub(lambda m: m[2], page)

"""Read our invented pages, ``validation/labels/spun_pages.txt``: honest and as machines spin them.

A page is a block of lines: "# way | strength or language | register | topic", then its sentences.
A place that the machine damaged is written ⟦as spun→genuine wording⟧; it is kept as spun, and told
as changed. Lines that begin with ``%`` say what the file is. Nothing is trained on these pages:
they measure (``python -m validation.spun_pages``). Learnt by the network they were found twice as
often, but .39 of another writer's honest long passages passed the limit then (.07 before).
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from validation.spins import Spin

from probatum.documents.read import collect
from probatum.flow.packs import load_pack
from probatum.trust.appraise import appraise

PAGES = Path(__file__).parent / "labels" / "spun_pages.txt"
_WORDING = frozenset({"spun_wording", "tortured_phrase"})
MARK = re.compile(r"⟦(?P<spun>[^⟧→]*)→(?P<genuine>[^⟧]*)⟧")


def read(text: str) -> Iterator[tuple[str, Spin]]:
    r"""Give the way and the page of each block.

    >>> way, page = next(read("# mild | 1 | blog | tea\nI ⟦ingest→drink⟧ tea.\nDaily."))
    >>> way, page.text, page.changed
    ('mild', 'I ingest tea. Daily.', ((2, 8, 'drink'),))
    """
    for block in re.split(r"\n\s*\n", text.strip()):
        head, *lines = block.split("\n")
        if head.startswith("#"):
            yield head.lstrip("# ").partition("|")[0].strip(), _page(" ".join(lines))


def _page(marked: str) -> Spin:
    text, changed, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        changed.append((len(text), len(text) + len(mark["spun"]), mark["genuine"]))
        text += mark["spun"]
        at = mark.end()
    return Spin(text + marked[at:], tuple(changed))


def spun_pages() -> list[tuple[str, Spin]]:
    """Give all pages of the file, each with the way in which it was made ("clean": by none)."""
    return list(read(PAGES.read_text(encoding="utf-8")))


def main() -> None:
    """Print, by way, how many pages are judged spun, and how many damaged places are marked."""
    pack = load_pack("ketamine")
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for way, made in spun_pages():
        appraisal = appraise(collect(made.text.encode(), "page.txt").documents[0], pack)
        flags = [f for f in appraisal.flags if f.kind in _WORDING and f.start is not None]
        marked = [(f.start or 0, f.end or 0) for f in flags]
        places = [(start, end) for start, end, _ in made.changed]
        counts[way] += Counter(
            pages=1, spun=int(appraisal.profile.spun), places=len(places), marks=len(marked),
            found=sum(_met(place, marked) for place in places),
            right=sum(_met(mark, places) for mark in marked),
        )  # fmt: skip
    for way, of in sorted(counts.items()):
        sys.stdout.write(
            f"{way:<15} judged spun {of['spun']:2} of {of['pages']:2}; damaged places found"
            f" {of['found']:3} of {of['places']:3}; marks right {of['right']:3}/{of['marks']:3}\n"
        )


def _met(one: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(min(one[1], end) > max(one[0], start) for start, end in others)


if __name__ == "__main__":
    main()

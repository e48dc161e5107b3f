"""Read our own invented passages, ``validation/labels``: pages, papers, leaflets, plain English.

A passage is a block of lines: "# register | topic", then its sentences. What is marked in them,
⟦kind|words⟧, is read as plain words. Lines that begin with ``%`` say what the file is. In
``remarks_*.txt`` remarks are marked; ``honest_*.txt`` only show how people word things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

MARK = re.compile(r"⟦\w+\|(.*?)⟧")
# Written as if machines had put it together: neither clean nor spun.
DOUBTFUL = re.compile(
    r"stitch|content.farm|translat|(?:bad|poor) English|AI-(?:written|made)|residue|digest|scan"
    r"|inject|pasted",
    re.IGNORECASE,
)


# Of these the network of wording and its limits were made; what came later may judge them.
FILES = ("remarks_1", "remarks_2", "remarks_3", "remarks_4", "honest_5")


def own_passages(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Give the clean passages of each writer, as (register and topic, text); a file a writer."""
    texts = {name: (folder / f"{name}.txt").read_text(encoding="utf-8") for name in FILES}
    return {
        name: [p for p in read(text) if not DOUBTFUL.search(p[0])] for name, text in texts.items()
    }


def read(text: str) -> Iterator[tuple[str, str]]:
    r"""Read the passages of a file.

    >>> list(read("# blog | tea\nI drink.\n⟦overclaim|It cures⟧.\n\n# news | salt\nLess."))
    [('blog | tea', 'I drink. It cures.'), ('news | salt', 'Less.')]
    """
    for block in re.split(r"\n\s*\n", text.strip()):
        head, *lines = block.split("\n")
        if not head.startswith("%"):
            yield head.lstrip("# "), MARK.sub(lambda m: m[1], " ".join(lines))

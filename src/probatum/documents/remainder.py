"""Page text that was saved behind a record: a second copy of the abstract, or an abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from probatum.documents.roles import role_of
from probatum.model.document import AbstractSection

_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_LABELLED = re.compile(r"\s*([A-Z][A-Za-z ,/&-]{2,60}):[ \t]+(\S.*?)\s*\Z", re.DOTALL)
_NOT_WORD = re.compile(r"[\W_]+")
COPY = "the abstract again, as page text"
TAKEN = "the abstract, as page text"
AROUND = "page text around the record"


@dataclass(frozen=True, slots=True)
class Part:
    """Characters up to ``end`` and what became of them."""

    end: int
    fate: Literal["parsed", "ignored"]
    reason: str


def remainder(
    text: str, abstract: Sequence[AbstractSection]
) -> tuple[tuple[AbstractSection, ...], list[Part]]:
    r"""Look through the text behind a record that has this abstract.

    The first part of the answer is an abstract with labels that only the text has; the second
    says what became of every run of lines.

    >>> known = [AbstractSection("Aim", "To see whether drug X helps.")]
    >>> _, parts = remainder("Cited: 0\nAim: To see whether drug X helps.\n", known)
    >>> [(part.end, part.reason) for part in parts]
    [(9, 'page text around the record'), (43, 'the abstract again, as page text')]
    """
    lines = [found[0] for found in _LINE.finditer(text) if found[0]]
    known = _folded(" ".join(f"{s.label or ''} {s.text}" for s in abstract))
    taken = () if abstract else tuple(_sections(lines))
    wanted = known or _folded(" ".join(f"{s.label or ''} {s.text}" for s in taken))
    reason = COPY if abstract else TAKEN
    parts: list[Part] = []
    at = 0
    for line in lines:
        at += len(line)
        if not line.strip() and parts:
            parts[-1] = Part(at, parts[-1].fate, parts[-1].reason)
            continue
        of_abstract = _is_of(line, wanted)
        fate: Literal["parsed", "ignored"] = "parsed" if of_abstract and taken else "ignored"
        now = Part(at, fate, reason if of_abstract else AROUND)
        if parts and parts[-1].reason == now.reason:
            parts.pop()
        parts.append(now)
    return taken, parts


def _is_of(line: str, abstract: str) -> bool:
    folded = _folded(line)
    return bool(abstract) and (folded == "abstract" or (len(folded) > 3 and folded in abstract))


def _folded(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())


def _sections(lines: Sequence[str]) -> Iterator[AbstractSection]:
    """Lines with the label of a part of an abstract, where there are at least two of them."""
    found = [match for line in lines if (match := _LABELLED.match(line))]
    told = [match for match in found if role_of(match[1]) != "other"]
    if len(told) > 1:
        yield from (AbstractSection(match[1], match[2]) for match in told)

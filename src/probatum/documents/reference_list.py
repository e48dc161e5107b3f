"""The reference list of a text without markup: numbered entries, or entries by author and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from probatum.model.document import Author, Block, Identifiers, Reference
from probatum.text.identifiers import find_dois, normal_pmid
from probatum.text.names import is_initials

_LIST_HEADING = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:references?(?: list| cited)?|bibliography|works cited"
    r"|literature(?: cited)?|sources|citations|references and notes)\s*:?",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\[?(\d{1,4})(?:[.)\]]|\s{2,}|\t)\s*(?=\S)")
_YEAR = re.compile(r"(?<![\d.:/-])((?:1[89]|20)\d\d)([a-z])?(?![\d-])")
_PMID = re.compile(r"\bPMID:?\s?(\d{1,9})\b")
_FAMILY = re.compile(r"[^\W\d_][\w'\u2019\u2010-]*")
_SHORT = 400


def listed_references(text: str, blocks: Sequence[Block]) -> tuple[Reference, ...]:
    """Read the entries below a heading such as "References".

    Entries with a printed number are keyed by it; where none has one, list items and paragraphs
    that look like references count in their order.
    """
    below = list(_below(text, blocks))
    numbered = sum(bool(_ENTRY.match(text, b.start, b.end)) for b in below)
    found: dict[str, Reference] = {}
    for block in below:
        words = text[block.start : block.end]
        entry = _ENTRY.match(words) if numbered * 2 >= len(below) else None
        if not entry and (numbered * 2 >= len(below) or not _is_entry(words, block)):
            continue
        key = entry[1] if entry else str(len(found) + 1)
        body = words[entry.end() if entry else 0 :]
        numbered_here = bool(entry) or block.kind == "list-item"
        found.setdefault(key, _reference(key, body, block, numbered=numbered_here))
    return tuple(found.values())


def opens_list(words: str) -> bool:
    """Tell whether a heading is that of a reference list.

    >>> opens_list("References"), opens_list("Reference values")
    (True, False)
    """
    return bool(_LIST_HEADING.fullmatch(words.strip()))


def _below(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks below the heading of a list, up to the next heading that is no short entry."""
    within = False
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind in {"heading", "title"}:
            if opens_list(words):
                within = True
                continue
            within = within and _reads_as_entry(words)
        if within:
            yield block


def _reads_as_entry(words: str) -> bool:
    """Tell an entry from the heading of what follows: numbered, dated, or of several parts."""
    return bool(_ENTRY.match(words) or _YEAR.search(words) or ". " in words)


def _is_entry(words: str, block: Block) -> bool:
    listed = block.kind in {"list-item", "reference"}
    return listed or (len(words) < 1500 and bool(_YEAR.search(words) or find_dois(words)))


def _reference(key: str, words: str, block: Block, *, numbered: bool) -> Reference:
    dois = find_dois(words)
    years = list(dict.fromkeys(found[1] for found in _YEAR.finditer(words)))
    pmid = _PMID.search(words)
    family = first_family(words)
    return Reference(
        key=key,
        label=key if numbered else None,
        text=words,
        start=block.start,
        end=block.end,
        identifiers=Identifiers(
            doi=dois[0][2] if len(dois) == 1 else None, pmid=normal_pmid(pmid[1]) if pmid else None
        ),
        authors=(Author(family),) if family else (),
        year=int(years[0]) if len(years) == 1 else None,
    )


def first_family(words: str) -> str | None:
    """Give the family name that an entry begins with; what stands before a comma or initials.

    >>> first_family("van der Berg JA, Roe K. Title. 2001"), first_family("Roe, J. (2001). Title")
    ('van der Berg', 'Roe')
    """
    head = re.split(r"[,:;(\u201c\"]|\.\s", words[:120].lstrip("*\u2022 "), maxsplit=1)[0]
    tokens = head.split()
    for at, token in enumerate(tokens):
        if at and is_initials(token):
            tokens = tokens[:at]
            break
    name = " ".join(tokens[:6])
    return name if _FAMILY.match(name) else None


def entry_years(reference: Reference) -> set[str]:
    """Years that stand in an entry, with the letter that tells works of one year apart.

    >>> sorted(entry_years(Reference("1", text="Roe J. (2001a). Title. Cited 2003.")))
    ['2001', '2001a', '2003']
    """
    found: set[str] = set()
    for year in _YEAR.finditer(reference.text[:_SHORT] + " " + reference.text[-_SHORT:]):
        found |= {year[1], year[0]}
    return found

"""Author-year citations of a text without markup: (Roe et al., 2001; Poe and Doe 2002a)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from probatum.documents.reference_list import entry_years
from probatum.model.document import Block, InTextCitation, Reference

_YEAR = re.compile(r"(?<![\d.:/\u2013-])((?:1[89]|20)\d\d)([a-z])?(?![\d\u2013-])")
# What may stand between the first author's name and the year.
_BETWEEN = re.compile(
    r"(?:[\s,.&(\[\u2019']|and\b|et\s?al\b|und\b|in\b|colleagues\b|co-?workers\b|s\b"
    r"|[A-Z]\.|(?:van|von|de|der|den|di|da|la|le|el|al|ten|ter)\b|[A-Z][\w'\u2019\u2010-]*)*"
)
_MORE_YEARS = re.compile(r"[\s,;&]*(?:and)?\s*")
_JOIN = re.compile(r"[\s;,]*(?:and|&)?[\s;,]*")
_WORD = re.compile(r"[^\W\d_][\w'\u2019\u2010-]*")
_WINDOW = 120


class _Found(NamedTuple):
    """A name with a year: its extent and the keys of the references that fit."""

    start: int
    end: int
    keys: tuple[str, ...]


class _Entry(NamedTuple):
    """A reference as it may be named: its key, the words of its first author, its text folded."""

    key: str
    names: tuple[str, ...]
    text: str


def author_year_citations(
    text: str, blocks: Sequence[Block], references: Sequence[Reference]
) -> list[InTextCitation]:
    """Find names with years that stand in the reference list."""
    by_year = _by_year(references)
    if not by_year:
        return []
    citations: list[InTextCitation] = []
    for block in blocks:
        words = fold(text[block.start : block.end])
        found = _in_block(words, text[block.start : block.end], by_year)
        citations += _merged(found, words, block.start)
    return citations


def fold(text: str) -> str:
    """Take accents off, keeping the number of characters.

    >>> fold("Müller–Łoś")
    'Muller–Łos'
    """
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


def _by_year(references: Sequence[Reference]) -> dict[str, list[_Entry]]:
    found: dict[str, list[_Entry]] = {}
    for reference in references:
        if not reference.authors:
            continue
        family = fold(reference.authors[0].family)
        words = [w for w in _WORD.findall(family) if w[0].isupper()]
        if not words:
            continue
        names = tuple(dict.fromkeys((family, words[0], words[-1])))
        entry = _Entry(reference.key, names, fold(reference.text[:400]))
        for year in entry_years(reference):
            found.setdefault(year, []).append(entry)
    return found


def _in_block(words: str, raw: str, by_year: Mapping[str, Sequence[_Entry]]) -> list[_Found]:
    found: list[_Found] = []
    for year in _YEAR.finditer(words):
        entries = by_year.get(year[0]) or by_year.get(year[1], [])
        low = max(0, year.start() - _WINDOW, found[-1].end if found else 0)
        fits = [
            (at, entry)
            for entry in entries
            if (at := _named(words, low, year.start(), entry)) is not None
        ]
        if fits:
            first = min(at for at, _ in fits)
            chosen = [entry for at, entry in fits if at == first]
            keys = _told_apart(words[first : year.start()], chosen)
            found.append(_Found(first, year.end(), keys))
        elif found and _MORE_YEARS.fullmatch(words, found[-1].end, year.start()):
            found += _again(words, found[-1], year, entries)
    return found


def _named(words: str, low: int, high: int, entry: _Entry) -> int | None:
    """Where an entry's first author is named before a year, with nothing else in between."""
    for name in entry.names:
        at = words.rfind(name, low, high)
        while at >= 0:
            alone = not (at and (words[at - 1].isalnum() or words[at - 1] == "-"))
            behind = words[at + len(name) : at + len(name) + 1]
            if alone and not behind.isalnum() and _BETWEEN.fullmatch(words, at + len(name), high):
                return at
            at = words.rfind(name, low, at)
    return None


def _told_apart(named: str, entries: Sequence[_Entry]) -> tuple[str, ...]:
    """Of several works of one name and year those whose list of authors fits what is named."""
    if len(entries) == 1:
        return (entries[0].key,)
    others = [w for w in _WORD.findall(named)[1:] if w[0].isupper()]
    fitting = [entry for entry in entries if all(other in entry.text for other in others)]
    return tuple(dict.fromkeys(entry.key for entry in fitting or entries))


def _again(
    words: str, before: _Found, year: re.Match[str], entries: Sequence[_Entry]
) -> list[_Found]:
    """A further year behind a name: "Roe et al., 2001, 2003"."""
    named = words[before.start : before.end]
    fits = [entry for entry in entries if any(named.startswith(name) for name in entry.names)]
    return [_Found(before.start, year.end(), _told_apart(named, fits))] if fits else []


def _merged(found: Sequence[_Found], words: str, base: int) -> list[InTextCitation]:
    """Citations of one bracket are one citation."""
    groups: list[list[_Found]] = []
    for one in found:
        last = groups[-1][-1] if groups else None
        if last and (one.start <= last.end or _JOIN.fullmatch(words, last.end, one.start)):
            groups[-1].append(one)
        else:
            groups.append([one])
    merged = []
    for group in groups:
        start, end = group[0].start, group[-1].end
        if words[start - 1 : start] + words[end : end + 1] in {"()", "[]"} and start:
            start, end = start - 1, end + 1
        elif (
            words[start:end].count("(") > words[start:end].count(")")
            and words[end : end + 1] == ")"
        ):
            end += 1
        keys = dict.fromkeys(key for one in group for key in one.keys)
        merged.append(InTextCitation(base + start, base + end, tuple(keys)))
    return merged

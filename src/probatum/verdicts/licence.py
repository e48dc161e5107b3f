"""Where and when a drug was approved: places and years that a sentence and a statement name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from probatum.model.pack import PackStatement
from probatum.text.lexicon import load, words
from probatum.text.positions import Position
from probatum.verdicts.finding import Finding
from probatum.verdicts.items import of_statement
from probatum.verdicts.known import Known

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PART = re.compile(r"[;:]\s")
_PURPOSE = re.compile(
    r"\b(?:for|to (?:treat|manage|help)|as an?|against|in (?:people|children))\b"
)
_WORD = re.compile(r"[^\W\d_]{5,}")


@cache
def _places() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = load("probatum.verdicts", "speech.toml")["places"]
    return tuple((name, re.compile(words(forms))) for name, forms in lists.items())


def places(text: str) -> frozenset[str]:
    """Give the places of approval that a text names, by country or by its regulator.

    >>> sorted(places("The FDA approved it in 2019; in Japan it was not filed."))
    ['japan', 'us']
    """
    return frozenset(name for name, pattern in _places() if pattern.search(text))


def elsewhere(sentence: str, statement: PackStatement) -> bool:
    """Whether a sentence names places of approval, and a statement others only."""
    said, held = places(sentence), places(statement.text)
    return bool(said) and bool(held) and not said & held


def judge_licence(sentence: str, said: Sequence[Position], known: Known) -> Finding | None:
    """Judge an approval by the year that a statement prints for it, or as a bare approval.

    A year that the sentence says of what another part of the statement is about stays open.
    """
    told = [p for p in said if p.topic == "approval" and p.holds and p.drugs and not p.general]
    years = _YEAR.findall(sentence)
    for statement in dict.fromkeys(s for p in told for s in _approving(p, known)):
        if elsewhere(sentence, statement):
            continue
        dated, others = _dated(statement)
        if years and dated and set(years) & set(_YEAR.findall(dated)):
            evidence = (of_statement(statement, supports=True),)
            return Finding("supported", "a statement of the base dates it alike", evidence)
        if years and dated and not _words(sentence) & (_words(others) - _words(dated)):
            evidence = (of_statement(statement, supports=False),)
            printed = _YEAR.findall(dated)[0]
            return Finding("contradicted", f"the base dates this approval {printed}", evidence)
        if not years and not _PURPOSE.search(sentence) and not any(p.things for p in told):
            evidence = (of_statement(statement, supports=True),)
            return Finding("supported", "a statement of the base holds an approval", evidence)
    return None


def _approving(said: Position, known: Known) -> Iterator[PackStatement]:
    for held, statement in zip(known.positions, known.statements, strict=True):
        if held.topic == "approval" and held.holds and held.drugs == said.drugs:
            yield statement


def _dated(statement: PackStatement) -> tuple[str, str]:
    """Give the part of a statement that prints a year, and all others."""
    parts = _PART.split(statement.text)
    dated = next((part for part in parts if _YEAR.search(part)), "")
    return dated, " ".join(part for part in parts if part != dated)


def _words(text: str) -> frozenset[str]:
    return frozenset(match.group().lower() for match in _WORD.finditer(text))

"""Citation statements as pages list, count and narrow them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from probatum.atlas.page import Ask, DataTable
from probatum.errors import UsageError
from probatum.model.view import Mention

UNKNOWN = "not stated"


def told_first(mentions: Iterable[Mention]) -> list[Mention]:
    """Order by relevance: a clear stance, own evidence and confidence first, twins last."""
    return sorted(
        mentions,
        key=lambda m: (
            m.statement.twin_of is not None,
            m.statement.stance == "mentioning",
            not m.statement.own_evidence,
            -m.statement.confidence,
            m.statement.id,
        ),
    )


def by_year(mentions: Iterable[Mention]) -> list[Mention]:
    """Order by the year of the citing work, newest first, unknown years last."""
    return sorted(mentions, key=lambda m: (-(m.citing_year or 0), m.statement.id))


Values = Callable[[Mention], Sequence[str]]
FACETS: dict[str, tuple[str, Values]] = {
    "stance": ("Stance", lambda m: (m.statement.stance,)),
    "section": ("Section", lambda m: (m.statement.section or UNKNOWN,)),
    "year": ("Year", lambda m: (str(m.citing_year or UNKNOWN),)),
    "type": ("Publication type", lambda m: m.citing_types or (UNKNOWN,)),
    "relation": ("Relationship", lambda m: (m.statement.relation,)),
    "own": ("Evidence", lambda m: ("own" if m.statement.own_evidence else "relayed",)),
    "counted": ("Counted", lambda m: (_counted(m),)),
    "author": ("Author of the citing work", lambda m: m.citing_authors or (UNKNOWN,)),
    "journal": ("Journal", lambda m: (m.citing_container or UNKNOWN,)),
}
_MOST_VALUES = 25  # of a facet; more are named by the words of the search


def _counted(mention: Mention) -> str:
    if mention.statement.twin_of is not None:
        return "repeats another"
    if not mention.counts:
        return "left out"
    leans = mention.statement.abstained and mention.statement.stance != "mentioning"
    return "uncertain" if leans else "counted"


@dataclass(frozen=True, slots=True)
class FacetLine:
    """A facet: its name in the address, label, (value, count, chosen) of each value.

    ``more`` is how many values are not listed.
    """

    name: str
    label: str
    values: tuple[tuple[str, int, bool], ...]
    more: int = 0


def narrowed(ask: Ask, mentions: Sequence[Mention]) -> list[Mention]:
    """Keep the statements that every chosen facet and the words allow."""
    words = (ask.one("q") or "").casefold().split()
    kept = [m for m in mentions if all(w in _searched(m) for w in words)]
    for name, (_, values) in FACETS.items():
        chosen = set(ask.many(name))
        if chosen:
            kept = [m for m in kept if chosen & set(values(m))]
    order = ask.choice("order", ("relevance", "year"))
    return by_year(kept) if order == "year" else told_first(kept)


def _searched(mention: Mention) -> str:
    """Give what the words of the search are looked for in: the statement and who makes it."""
    parts = (mention.statement.quote, mention.citing_title, *mention.citing_authors)
    return " ".join(part for part in parts if part).casefold()


def facets(ask: Ask, mentions: Sequence[Mention]) -> list[FacetLine]:
    """Count the values of every facet over all statements of the work."""
    lines = []
    for name, (label, values) in FACETS.items():
        counts = Counter(value for mention in mentions for value in values(mention))
        chosen = set(ask.many(name))
        if strange := sorted(chosen - set(counts)):
            raise UsageError(f"no statement here has {name} {strange[0]!r}; take the filter away")
        told = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if name == "year":
            told.sort(key=lambda item: item[0], reverse=True)
        listed = [(v, n, v in chosen) for k, (v, n) in enumerate(told)
                  if k < _MOST_VALUES or v in chosen]  # fmt: skip
        lines.append(FacetLine(name, label, tuple(listed), len(told) - len(listed)))
    return lines


def statements_table(mentions: Sequence[Mention], name: str) -> DataTable:
    """Give statements as a table for download."""
    columns = (
        "id",
        "document",
        "start",
        "end",
        "quote",
        "section",
        "stance",
        "own_evidence",
        "confidence",
        "abstained",
        "relation",
        "twin_of",
        "label_origin",
    )
    citing = ("citing_work", "citing_title", "citing_year", "citing_container")
    rows = tuple(
        tuple(getattr(m.statement, c) for c in columns) + tuple(getattr(m, c) for c in citing)
        for m in mentions
    )
    return DataTable(name, "Citation statements", columns + citing, rows)

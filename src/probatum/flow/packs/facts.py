"""Read a pack's facts.csv: what each statement holds, coded by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast, get_args

from probatum.flow.packs.rows import table
from probatum.model.answer import Level
from probatum.model.pack import Fact, PackStatement, Relation, Vocabulary
from probatum.model.source import Problem

FILE = "facts.csv"
COLUMNS = ("statement", "drug", "relation", "thing", "condition", "comparator", "certainty")
ROUTE = "route"  # a column that a pack may leave out
_IN_WORDS = frozenset({"interacts", "no-interaction"})


def parse_facts(
    data: bytes, vocabulary: Vocabulary, statements: Sequence[PackStatement]
) -> tuple[tuple[Fact, ...], list[Problem]]:
    """Read the facts; ids must be of the vocabulary, statements of statements.csv."""
    known = _known(vocabulary, statements)
    found: list[Fact] = []
    problems: list[Problem] = []
    for record in table(data, FILE):
        if isinstance(record, Problem):
            problems.append(record)
            continue
        line, cells = record
        try:
            found.append(_fact(cells, known))
        except ValueError as error:
            problems.append(Problem("bad-fact", f"{FILE}:{line}: {error}", None, FILE, line))
    return tuple(found), problems


def _known(
    vocabulary: Vocabulary, statements: Sequence[PackStatement]
) -> Mapping[str, frozenset[str]]:
    """Give what each column may hold; an empty cell is allowed where "" is among it."""
    of = vocabulary
    things = (*of.outcomes, *of.harms, *of.mechanisms)
    return {
        "statement": frozenset(statement.id for statement in statements),
        "drug": frozenset({"", *(term.id for term in of.drugs)}),
        "relation": frozenset(get_args(Relation)),
        "thing": frozenset({"", *(term.id for term in things)}),
        "condition": frozenset({"", *(term.id for term in of.indications)}),
        "comparator": frozenset({"", *(term.id for term in of.comparators)}),
        "certainty": frozenset(get_args(Level)),
        ROUTE: frozenset({"", *(term.id for term in of.routes)}),
    }


def _fact(cells: Mapping[str, str], known: Mapping[str, frozenset[str]]) -> Fact:
    if set(cells) - {ROUTE} != set(COLUMNS):
        raise ValueError(f"the columns must be {', '.join(COLUMNS)}, and may be {ROUTE}")
    worded = cells["relation"] in _IN_WORDS
    for name, cell in cells.items():
        if not (name == "thing" and worded) and cell not in known[name]:
            raise ValueError(
                f"{name} {cell[:40]!r} is not known; allowed are {_some(known[name])}"
            )
    if not cells["thing"] and (worded or not cells["condition"]):
        raise ValueError("a fact needs a thing or a condition; an interaction needs a thing")
    return Fact(
        statement=cells["statement"],
        relation=cast("Relation", cells["relation"]),
        drug=cells["drug"] or None,
        thing=None if worded else cells["thing"] or None,
        words=tuple(filter(None, map(str.strip, cells["thing"].split("/")))) if worded else (),
        condition=cells["condition"] or None,
        comparator=cells["comparator"] or None,
        certainty=cells["certainty"],
        route=cells.get(ROUTE) or None,
    )


def _some(allowed: frozenset[str]) -> str:
    shown = sorted(name for name in allowed if name)
    return ", ".join(shown[:12]) + (" ..." if len(shown) > 12 else "")

"""Moderators as a formula: ``dose + form`` becomes a model matrix with named columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from probatum.errors import StatsError, UsageError
from probatum.stats.inputs import Floats

# "C(year)" takes a column of numbers as categories.
CATEGORY = re.compile(r"C\(\s*([A-Za-z_]\w*)\s*\)")
TOKEN = re.compile(r"\s*(C\(\s*[A-Za-z_]\w*\s*\)|[A-Za-z_]\w*|[0-9]+|[+:*~-])")
LONGEST = 2000
# a*b*c*... has 2^n - 1 terms.
MOST_CROSSED = 6
Term = tuple[str, ...]
Columns = list[tuple[str, Floats]]


@dataclass(frozen=True, slots=True)
class Design:
    """The (k, p) columns of a formula without the intercept, their names, and what was coded.

    ``levels`` holds the levels of each categorical column, the reference level first. ``rma``
    takes it as ``mods``.
    """

    matrix: Floats
    names: tuple[str, ...]
    levels: dict[str, tuple[str, ...]]
    intercept: bool
    terms: tuple[Term, ...]

    def rows(self, table: Mapping[str, Sequence[object]]) -> Floats:
        """Return the columns (m, p) of new rows, coded as the studies were.

        UsageError for an unknown column, StatsError for a value missing and for a new level.
        """
        variables = tuple(dict.fromkeys(name for term in self.terms for name in term))
        rows = _rows(variables, table)
        for name, known in self.levels.items():
            for value in table[_column(name)]:
                if str(value) not in known:
                    told = ", ".join(known)
                    raise StatsError(f"{name}: level {str(value)!r} is new; known: {told}")
        return _coded((self.terms, self.intercept), table, self.levels, rows)[1]


def design(formula: str, table: Mapping[str, Sequence[object]]) -> Design:
    """Return the moderators that a formula names (Wilkinson & Rogers 1973).

    ``formula`` joins columns of ``table`` with ``+``; ``a:b`` is an interaction, ``a*b`` is
    ``a + b + a:b``; ``0`` or ``- 1`` drops the intercept, a leading ``~`` is allowed. A column of
    numbers enters as it is; text, truth values and numbers in ``C(...)`` get treatment coding
    against their first level in sorted order (all levels for the first category of a model
    without intercept).
    An interaction multiplies these codes, whether or not its main effects are in the formula.
    Raises UsageError for a formula it cannot read or an unknown column, StatsError for missing
    values and a category of one level.

    >>> coded = design("dose * form", {"dose": [1, 2, 4, 8], "form": ["iv", "oral", "iv", "oral"]})
    >>> coded.names, coded.matrix[1].tolist(), coded.levels
    (('dose', 'form[oral]', 'dose:form[oral]'), [2.0, 1.0, 2.0], {'form': ('iv', 'oral')})
    """
    terms, intercept = parse(formula)
    used = dict.fromkeys(name for term in terms for name in term)
    rows = _rows(tuple(used), table)
    levels = {
        name: _levels(name, table[_column(name)])
        for name in used
        if name != _column(name) or not _numeric(table[name])
    }
    names, matrix = _coded((terms, intercept), table, levels, rows)
    return Design(matrix, names, levels, intercept, terms)


def _column(name: str) -> str:
    """Return the column that a name of a formula is about: ``group`` for ``C(group)``."""
    category = CATEGORY.fullmatch(name)
    return category.group(1) if category else name


def _coded(
    model: tuple[tuple[Term, ...], bool],
    table: Mapping[str, Sequence[object]],
    levels: Mapping[str, tuple[str, ...]],
    rows: int,
) -> tuple[tuple[str, ...], Floats]:
    names: list[str] = []
    columns: list[Floats] = []
    whole = not model[1]
    for term in model[0]:
        full = whole and len(term) == 1 and term[0] in levels
        whole = whole and not full
        for name, column in _columns(term, table, levels, full):
            names.append(name)
            columns.append(column)
    return tuple(names), np.column_stack(columns) if columns else np.zeros((rows, 0))


def parse(formula: str) -> tuple[tuple[Term, ...], bool]:
    """Return the terms, main effects first, and whether the model has an intercept.

    >>> parse("a*b + c")
    ((('a',), ('b',), ('c',), ('a', 'b')), True)
    """
    tokens = _tokens(formula)
    if tokens and tokens[0] == "~":
        tokens = tokens[1:]
    intercept, found = True, dict[Term, None]()
    for sign, part in _summands(tokens, formula):
        if part in (["0"], ["1"]):
            intercept = (part == ["1"]) == (sign == "+")
            continue
        if sign == "-":
            raise UsageError(f"formula {formula!r}: only the intercept can be dropped (- 1)")
        found.update(dict.fromkeys(_crossed(part, formula)))
    return tuple(sorted(found, key=len)), intercept


def _tokens(formula: str) -> list[str]:
    if len(formula) > LONGEST:
        raise UsageError(f"a formula has at most {LONGEST} characters, not {len(formula)}")
    tokens, at, text = [], 0, formula.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise UsageError(
                f"formula {formula!r}: cannot read {text[at:].strip()[:10]!r}; allowed: names of "
                "columns, C(name), +, :, *, 0, 1 and - 1"
            )
        tokens.append("".join(match.group(1).split()))
        at = match.end()
    return tokens


def _summands(tokens: list[str], formula: str) -> list[tuple[str, list[str]]]:
    """Return the parts between plus and minus, each with its sign."""
    signs, parts = ["+"], [list[str]()]
    for i, part in enumerate(tokens):
        if part not in "+-":
            parts[-1].append(part)
        elif i == 0:
            signs[0] = part
        else:
            signs.append(part)
            parts.append([])
    if not all(parts):
        raise UsageError(f"formula {formula!r}: a term is empty; say ~ 1 for the intercept alone")
    return list(zip(signs, parts, strict=True))


def _crossed(part: list[str], formula: str) -> list[Term]:
    """Return the terms of ``a:b*c``: a colon binds closer than a star."""
    names, operators = part[::2], part[1::2]
    good = len(part) % 2 == 1 and all(o in ":*" for o in operators)
    if not good or not all(_column(name).isidentifier() for name in names):
        raise UsageError(f"formula {formula!r}: {' '.join(part)!r} is not names joined by : or *")
    factors: list[list[str]] = [[names[0]]]
    for operator, name in zip(operators, names[1:], strict=True):
        factors[-1].append(name) if operator == ":" else factors.append([name])
    if len(factors) > MOST_CROSSED:
        raise UsageError(f"formula {formula!r}: at most {MOST_CROSSED} columns can be crossed")
    return [
        tuple(dict.fromkeys(name for factor in some for name in factor))
        for size in range(1, len(factors) + 1)
        for some in combinations(factors, size)
    ]


def _rows(used: tuple[str, ...], table: Mapping[str, Sequence[object]]) -> int:
    for name in map(_column, used):
        if name not in table:
            raise UsageError(f"unknown column {name!r}; known: {', '.join(table)}")
        for i, value in enumerate(table[name]):
            if value is None or value == "" or value != value:  # noqa: PLR0124, NaN
                raise StatsError(f"study {i + 1}: {name} is missing; leave the study out")
    lengths = {name: len(column) for name, column in table.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise UsageError(f"every column needs one value a study; lengths are {told}")
    return next(iter(lengths.values()), 0)


def _numeric(column: Sequence[object]) -> bool:
    return np.asarray(column).dtype.kind in "iuf"


def _levels(name: str, column: Sequence[object]) -> tuple[str, ...]:
    # Numbers in their order: 2 before 10.
    levels = tuple(dict.fromkeys(str(v) for v in sorted(set(column), key=_place)))
    if len(levels) < 2:
        raise StatsError(f"{name} has one level only ({', '.join(levels)}); drop it")
    return levels


def _place(value: object) -> tuple[float, str]:
    return (float(value) if isinstance(value, int | float) else 0.0), str(value)


def _columns(
    term: Term,
    table: Mapping[str, Sequence[object]],
    levels: Mapping[str, tuple[str, ...]],
    full: bool,
) -> Columns:
    """Return the columns of a term: products over its variables, the first varying fastest."""
    out: Columns = []
    for name in term:
        own: Columns
        if name in levels:
            text = np.array([str(value) for value in table[_column(name)]])
            shown = levels[name] if full else levels[name][1:]
            own = [(f"{name}[{level}]", (text == level).astype(np.float64)) for level in shown]
        else:
            own = [(name, np.asarray(table[name], dtype=np.float64))]
        out = [(f"{a}:{b}", x * y) for b, y in own for a, x in out] if out else own
    return out

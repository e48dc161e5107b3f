"""Values of BibTeX fields: delimiters, strings, names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from probatum.model.document import Author
from probatum.text.latex import from_latex
from probatum.text.names import Order, name_order, parse_name

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def resolved(value: str, strings: Mapping[str, str]) -> str:
    """Take off the delimiters; look up strings, also where # puts several together.

    >>> resolved('abc # " and {x}"', {"abc": "Annals"})
    'Annals and {x}'
    """
    return "".join(_part(part.strip(), strings) for part in _parts(value))


def _part(part: str, strings: Mapping[str, str]) -> str:
    if len(part) > 1 and (part[0], part[-1]) in {("{", "}"), ('"', '"')}:
        return part[1:-1]
    return strings.get(part.lower(), part)


def _parts(value: str) -> list[str]:
    """Divide at # outside of braces and quotes."""
    if "#" not in value:
        return [value.strip()]
    parts, begin, depth, quoted = [], 0, 0, False
    for at, char in enumerate(value):
        if char in "{}":
            depth += 1 if char == "{" else -1
        elif char == '"' and depth == 0:
            quoted = not quoted
        elif char == "#" and depth == 0 and not quoted:
            parts.append(value[begin:at])
            begin = at + 1
    return [*parts, value[begin:]]


def people(value: str, order: Order) -> list[Author]:
    """Names parted by "and"; a name wholly in braces is a group."""
    names = _names(value)
    order = name_order((from_latex(name) for name in names), order)
    return [
        Author(from_latex(name).strip())
        if _is_group(name)
        else Author(*parse_name(from_latex(name), order))
        for name in names
        if from_latex(name).strip(" ,") and name.lower() != "others"
    ]


def _names(value: str) -> list[str]:
    """Names divided where "and" stands outside of braces."""
    names, begin = [], 0
    for found in _AND.finditer(value):
        if value.count("{", begin, found.start()) == value.count("}", begin, found.start()):
            names.append(value[begin : found.start()].strip())
            begin = found.end()
    names.append(value[begin:].strip())
    return [name for name in names if name]


def _is_group(name: str) -> bool:
    inner = name[1:-1]
    return name.startswith("{") and name.endswith("}") and "{" not in inner and " " in inner


def plain_names(value: str) -> list[str]:
    """Names of persons without LaTeX, as they stand."""
    return [from_latex(name) for name in _names(value) if not _is_group(name)]

"""Values of BibTeX fields: delimiters, strings, names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from probatum.model.document import Author
from probatum.text.latex import from_latex
from probatum.text.names import Order, name_order, parse_name

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def resolved(value: str, strings: Mapping[str, str]) -> str:
    """Take off the delimiters; look up strings, also where # puts several together."""
    value = value.strip()
    if value[:1] in {"{", '"'} and not ("#" in value and value[-1:] not in {"}", '"'}):
        whole = not (value[0] == '"' and '"' in value[1:-1] and "#" in value)
        if whole and len(value) > 1 and value[-1] in {"}", '"'}:
            return value[1:-1]
    return " ".join(
        strings.get(part.strip().lower(), part.strip().strip('"{}')) for part in value.split("#")
    )


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

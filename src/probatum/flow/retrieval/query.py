"""A query as a person writes it, linted and taken apart by ``search-query``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from importlib import import_module
from io import StringIO
from typing import Any

from probatum.errors import UsageError

SYNTAXES = ("pubmed", "wos", "ebscohost")
_DATE = "[dp]"
_YEARS = re.compile(r"(\d{4})(?:/\d+)*(?::(\d{4})(?:/\d+)*)?")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase and the PubMed tag of its field, such as ``[tiab]``."""

    text: str
    field: str
    phrase: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Terms and groups under one operator: AND, OR or NOT (the first but none of the others)."""

    operator: str
    parts: tuple[Term | Group, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A linted query.

    ``text`` is in PubMed's syntax. ``root`` is what it asks for but the years of publication that
    all of it is bound to; those are ``years``. ``warnings`` are the linter's.
    """

    text: str
    root: Term | Group
    years: tuple[int, int] | None = None
    warnings: tuple[str, ...] = ()


def parse(text: str, syntax: str = "pubmed") -> Query:
    """Lint a query and take it apart; raises UsageError with the linter's reason.

    >>> query = parse('"drug x"[tiab] AND 2010:2020[dp]')
    >>> query.root, query.years
    (Term(text='drug x', field='[tiab]', phrase=True), (2010, 2020))
    """
    if syntax not in SYNTAXES:
        raise UsageError(f"unknown syntax {syntax!r}; known: {', '.join(SYNTAXES)}, service")
    if not text.strip():
        raise UsageError("the query is empty; write what to search for")
    _balanced(text)
    if any(not part.strip() for part in text.split('"')[1::2]):
        raise UsageError('the query holds empty quotes (""); write a word between them')
    tree, warnings = _linted(text, syntax)
    if syntax != "pubmed":
        with redirect_stdout(StringIO()):
            text = tree.translate(target_syntax="pubmed").to_string()
        tree, _ = _linted(text, "pubmed")
    root = _node(tree)
    bound, years = _bound(root)
    return Query(text, bound, years, warnings)


def terms(node: Term | Group) -> Iterator[Term]:
    """Give every term, left to right."""
    if isinstance(node, Term):
        yield node
        return
    for part in node.parts:
        yield from terms(part)


def _balanced(text: str) -> None:
    """Refuse open quotes and parentheses, on some of which the linter does not come to an end."""
    if text.count('"') % 2:
        raise UsageError("the query has an unbalanced quotation mark; close it")
    depth, bare = 0, re.sub(r'"[^"]*"', "q", text)
    for sign in re.sub(r"[^()]", "", bare):
        depth += 1 if sign == "(" else -1
        if depth < 0:
            break
    if depth or re.search(r"\(\s*\)", bare):
        raise UsageError("the query has unbalanced-parentheses, or empty ones; mend them")


def _linted(text: str, syntax: str) -> tuple[Any, tuple[str, ...]]:
    # Imported here: 0.2 s that only a fetch needs.
    registry: Any = import_module("search_query.registry")
    known: Any = import_module("search_query.exception")

    parser = registry.PARSERS[syntax][registry.LATEST_VERSIONS_PARSERS[syntax]](text, silent=True)
    try:
        with redirect_stdout(StringIO()):
            tree = parser.parse()
    except (known.SearchQueryException, LookupError, ValueError, RecursionError) as error:
        fatal = [_said(m) for m in parser.linter.messages if m["is_fatal"]]
        reason = "; ".join(fatal) or "it cannot be taken apart"
        raise UsageError(
            f"the query is not in the syntax of {syntax}: {reason}; mend it, or send it as it is"
            " with --syntax service"
        ) from error
    return tree, tuple(_said(m) for m in parser.linter.messages if not m["is_fatal"])


def _said(message: dict[str, Any]) -> str:
    lines = str(message["details"] or message["message"]).split("\n\n")[0]
    plain = re.sub(r"\x1b\[\d+m", "", " ".join(lines.split()))
    return f"{message['label']}: {plain}"


def _node(tree: Any) -> Term | Group:
    if not tree.operator:
        return _term(tree.value, tree.field.value if tree.field else "[all]")
    if tree.value in ("NEAR", "WITHIN"):
        near = [_node(child) for child in tree.children]
        words = [replace(term, phrase=False) for node in near for term in terms(node)]
        return words[0] if len(words) == 1 else Group("AND", tuple(words))
    if tree.value == "RANGE":
        ends = ":".join(str(child.value) for child in tree.children)
        return _term(ends, _DATE)
    return Group(tree.value, tuple(_node(child) for child in tree.children))


def _term(value: str, field: str) -> Term:
    tags: Any = import_module("search_query.pubmed.constants")
    bare = value.strip().strip('"').strip()
    plain = re.sub(r":~\d+|:noexp", "", field)
    return Term(bare, tags.map_to_standard(plain), phrase=value.strip().startswith('"'))


def _bound(root: Term | Group) -> tuple[Term | Group, tuple[int, int] | None]:
    """Take the years that bind the whole query out of it."""
    if not isinstance(root, Group) or root.operator != "AND":
        return root, None
    dates = [p for p in root.parts if isinstance(p, Term) and p.field == _DATE]
    found = [_YEARS.fullmatch(date.text) for date in dates]
    rest = tuple(part for part in root.parts if part not in dates)
    if not rest or not all(found):
        return root, None
    spans = [(int(m[1]), int(m[2] or m[1])) for m in found if m]
    years = (max(s[0] for s in spans), min(s[1] for s in spans)) if spans else None
    return (rest[0] if len(rest) == 1 else Group("AND", rest)), years

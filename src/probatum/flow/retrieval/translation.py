"""A linted query in the syntax of each service, and what of it the service cannot express."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from probatum.flow.retrieval.query import Group, Query, Term, terms


@dataclass(frozen=True, slots=True)
class Translation:
    """What is sent: the text, the years of publication if any, and what was lost on the way."""

    text: str
    years: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a service writes a query.

    ``joints`` holds AND, OR and NOT with their blanks; ``fields`` a template by PubMed tag, with
    ``{}`` for the word or phrase. A term whose tag is not there is searched for everywhere.
    """

    joints: Mapping[str, str]
    fields: Mapping[str, str]
    negative: str = "{}"


_WORDS = {"AND": " AND ", "OR": " OR ", "NOT": " NOT "}
EUROPE_PMC = Syntax(
    joints=_WORDS,
    fields={
        "[ti]": "TITLE:{}",
        "[tiab]": "TITLE_ABS:{}",
        "[au]": "AUTH:{}",
        "[1au]": "AUTH:{}",
        "[ta]": "JOURNAL:{}",
        "[pt]": "PUB_TYPE:{}",
        "[la]": "LANG:{}",
        "[ad]": "AFF:{}",
        "[mh]": "KW:{}",
        "[ot]": "KW:{}",
        "[tw]": "{}",
        "[all]": "{}",
    },
)
# One field for the whole query: title and abstract (and full text, where a service has it).
OPENALEX = Syntax(_WORDS, {"[ti]": "{}", "[tiab]": "{}", "[tw]": "{}", "[all]": "{}"})
SEMANTIC_SCHOLAR = Syntax(
    {"AND": " + ", "OR": " | ", "NOT": " + "},
    {"[ti]": "{}", "[tiab]": "{}", "[tw]": "{}", "[all]": "{}"},
    negative="-{}",
)
CLINICAL_TRIALS = Syntax(
    _WORDS,
    {
        "[ti]": "AREA[BriefTitle]{}",
        "[tiab]": "{}",
        "[tw]": "{}",
        "[mh]": "{}",
        "[all]": "{}",
    },
)


def by(syntax: Syntax) -> Callable[[Query], Translation]:
    """Give the translator into a syntax.

    >>> from probatum.flow.retrieval.query import parse
    >>> query = parse('"drug x"[tiab] AND (mood*[ti] OR pain[ad]) NOT rat[ti]')
    >>> by(EUROPE_PMC)(query).text
    '((TITLE_ABS:"drug x" AND (TITLE:mood* OR AFF:pain)) NOT TITLE:rat)'
    >>> by(SEMANTIC_SCHOLAR)(query)
    Translation(text='(("drug x" + (mood* | pain)) + -rat)', years=None, notes=('[ad] is not \
known there: "pain" is searched for everywhere',))
    """

    def translate(query: Query) -> Translation:
        unknown = [term for term in terms(query.root) if term.field not in syntax.fields]
        notes = [
            f'{t.field} is not known there: "{t.text}" is searched for everywhere' for t in unknown
        ]
        return Translation(_written(query.root, syntax), query.years, tuple(dict.fromkeys(notes)))

    return translate


def _written(node: Term | Group, syntax: Syntax) -> str:
    if isinstance(node, Term):
        return _field(node, syntax)
    parts = [_written(part, syntax) for part in node.parts]
    if node.operator == "NOT":
        parts[1:] = [syntax.negative.format(part) for part in parts[1:]]
    return f"({syntax.joints[node.operator].join(parts)})"


def _field(term: Term, syntax: Syntax) -> str:
    template = syntax.fields.get(term.field, "{}")
    words = term.text.replace('"', " ").split()
    if term.phrase and len(words) > 1:
        return template.format(f'"{" ".join(words)}"')
    written = [template.format(word) for word in words] or ['""']
    return written[0] if len(written) == 1 else f"({syntax.joints['AND'].join(written)})"


def as_it_is(query: Query) -> Translation:
    """Send the text itself: for PubMed, whose syntax it is in."""
    return Translation(query.text)


def words_only(query: Query) -> Translation:
    """Send the words alone: for Crossref, which ranks by words and knows no operators."""
    wanted = [term.text for term in terms(_without_negation(query.root))]
    operators = _operators(query.root) - {"AND"}
    said = f"{' and '.join(sorted(operators))} cannot be put there: the words alone are ranked"
    return Translation(" ".join(dict.fromkeys(wanted)), query.years, (said,) if operators else ())


def _without_negation(node: Term | Group) -> Term | Group:
    if isinstance(node, Term):
        return node
    kept = node.parts[:1] if node.operator == "NOT" else node.parts
    return Group(node.operator, tuple(_without_negation(part) for part in kept))


def _operators(node: Term | Group) -> set[str]:
    if isinstance(node, Term):
        return set()
    return {node.operator}.union(*(_operators(part) for part in node.parts))

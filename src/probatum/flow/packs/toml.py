"""Read vocabulary.toml and questions.toml into nouns; each bad entry is a Problem."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, replace
from typing import Any, TypeVar, get_args

from probatum.errors import PackError
from probatum.flow.packs.columns import new_id
from probatum.model.pack import Benefit, DesignClass, Question, Scale, Term, Vocabulary, Window
from probatum.model.source import Problem

Noun = TypeVar("Noun", Term, Scale, Window, Question)

VOCABULARY = "vocabulary.toml"
QUESTIONS = "questions.toml"
MEASURES = ("MD", "SMD", "RR", "OR", "RD", "HR", "IRR")
_KINDS: Mapping[str, type[Any]] = {
    "drugs": Term,
    "routes": Term,
    "indications": Term,
    "aspects": Term,
    "outcomes": Term,
    "scales": Scale,
    "comparators": Term,
    "mechanisms": Term,
    "harms": Term,
    "windows": Window,
    "populations": Term,
}
_WORDS = {"measure": MEASURES, "benefit": get_args(Benefit), "better": get_args(Benefit)}
_WORDS["design"] = get_args(DesignClass)
_WORDS["role"] = ("", "itself")


def parse_toml(data: bytes, file: str) -> dict[str, Any]:
    """Read a TOML file; PackError names the file and line where it is not TOML."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise PackError(f"{file} is not readable as TOML: {error}") from error


def parse_vocabulary(data: bytes) -> tuple[Vocabulary, list[Problem]]:
    """Read the terms by kind; ids are unique within a kind and parents exist."""
    content = parse_toml(data, VOCABULARY)
    problems = [
        _problem(VOCABULARY, kind, f"is not a kind; known: {', '.join(_KINDS)}")
        for kind in content
        if kind not in _KINDS
    ]
    terms: dict[str, tuple[Any, ...]] = {}
    for kind, noun in _KINDS.items():
        found, wrong = _entries(content.get(kind, []), noun, f"{VOCABULARY}, {kind}")
        problems.extend(wrong)
        problems.extend(misplaced := list(_orphans(found, kind)))
        lost = {problem.column for problem in misplaced}
        terms[kind] = tuple(_freed(term) if term.id in lost else term for term in found)
    scales = {scale.id for scale in terms["scales"]}
    problems.extend(
        _problem(f"{VOCABULARY}, scales", scale.id, f"linear_to {scale.linear_to!r} is no scale")
        for scale in terms["scales"]
        if scale.linear_to is not None and scale.linear_to not in scales
    )
    both = {term.id for term in terms["outcomes"]} & {term.id for term in terms["harms"]}
    reason = "stands among outcomes and harms; an outcome of a row must be one of them"
    problems.extend(_problem(VOCABULARY, name, reason) for name in sorted(both))
    return Vocabulary(**terms), problems


def parse_questions(
    data: bytes, vocabulary: Vocabulary
) -> tuple[tuple[Question, ...], list[Problem]]:
    """Read the questions in their order; each id that a question names must be known."""
    content = parse_toml(data, QUESTIONS)
    found, problems = _entries(content.get("questions", []), Question, QUESTIONS)
    allowed = _references(vocabulary)
    good = []
    for question in found:
        wrong = [
            _problem(QUESTIONS, question.id, f"{field} {value!r} is not an id of the vocabulary")
            for field, ids in allowed.items()
            if (value := getattr(question, field)) is not None and value not in ids
        ]
        problems.extend(wrong)
        if not wrong:
            good.append(question)
    return tuple(good), problems


def _references(vocabulary: Vocabulary) -> dict[str, set[str]]:
    return {
        "indication": {term.id for term in vocabulary.indications},
        "aspect": {term.id for term in vocabulary.aspects},
        "outcome": {term.id for term in (*vocabulary.outcomes, *vocabulary.harms)},
        "comparator": {term.id for term in vocabulary.comparators},
        "route": {term.id for term in vocabulary.routes},
        "drug": {term.id for term in vocabulary.drugs},
        "window": {window.id for window in vocabulary.windows},
        "scale": {scale.id for scale in vocabulary.scales},
    }


def _entries(raw: object, noun: type[Noun], where: str) -> tuple[list[Noun], list[Problem]]:
    found: dict[str, Noun] = {}
    problems: list[Problem] = []
    if not isinstance(raw, list):
        return [], [_problem(where, "entries", "must be a list of tables")]
    for position, entry in enumerate(raw, start=1):
        name = str(entry.get("id", position)) if isinstance(entry, dict) else str(position)
        try:
            made = _entry(entry, noun)
            found[new_id(made.id, found)] = made
        except ValueError as error:
            problems.append(_problem(where, name, str(error)))
    return list(found.values()), problems


def _entry(entry: object, noun: type[Noun]) -> Noun:
    values = entry if isinstance(entry, dict) else {}
    known = {field.name: field for field in fields(noun)}
    for name in values:
        if name not in known:
            raise ValueError(f"has an unknown key {name!r}; known: {', '.join(known)}")
    values = {name: _value(known[name], value) for name, value in values.items()}
    for name, field in known.items():
        if field.default is MISSING and name not in values:
            raise ValueError(f"has no {name}")
    return noun(**values)


def _value(field: Field[Any], value: object) -> Any:
    if field.name in _READERS:
        return _READERS[field.name](value)
    if field.name in {"low", "high", "mid", "target"}:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{field.name} {value!r} is not a number")
        return float(value)
    if not isinstance(value, str) or (field.name == "id" and not value.strip()):
        raise ValueError(f"{field.name} {value!r} is not text")
    if value not in _WORDS.get(field.name, (value,)):
        raise ValueError(f"{field.name} {value!r} is not one of: {', '.join(_WORDS[field.name])}")
    return value


def _synonyms(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError("synonyms must be a list of texts")
    return tuple(value)


def _identifiers(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(code, str) for code in value.values()):
        raise ValueError("identifiers must be a table of scheme = code")
    return tuple(sorted(value.items()))


def _whole(value: object) -> bool:
    if value not in (True, False) or not isinstance(value, bool):
        raise ValueError(f"whole {value!r} is not true or false")
    return value


_READERS: dict[str, Callable[[object], Any]] = {
    "synonyms": _synonyms,
    "identifiers": _identifiers,
    "whole": _whole,
}


def _freed(term: Any) -> Any:
    """Take away a parent that would lead nowhere, or round in a circle."""
    return replace(term, parent=None)


def _orphans(terms: Sequence[Any], kind: str) -> Iterator[Problem]:
    parents = {term.id: term.parent for term in terms if isinstance(term, Term)}
    for name, parent in parents.items():
        if parent is not None and parent not in parents:
            yield _problem(f"{VOCABULARY}, {kind}", name, f"has an unknown parent {parent!r}")
        elif _circular(name, parents):
            yield _problem(f"{VOCABULARY}, {kind}", name, "is its own ancestor")


def _circular(name: str, parents: Mapping[str, str | None]) -> bool:
    seen = {name}
    current = parents[name]
    while current is not None and current in parents:
        if current in seen:
            return True
        seen.add(current)
        current = parents[current]
    return False


def _problem(where: str, name: str, reason: str) -> Problem:
    file = where.partition(",")[0]
    return Problem("bad-entry", f"{where}, {name}: {reason}", None, file, None, name)

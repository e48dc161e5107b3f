"""Nouns that are made quickly are what the dataclass says: equal, hashed, frozen, without more."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from typing import Any

import pytest

from probatum.model import document, source
from probatum.model.quick import maker

NOUNS = {
    name: noun
    for module in (document, source)
    for name, noun in sorted(vars(module).items())
    if is_dataclass(noun) and noun.__init__.__code__.co_filename == "<string>"
}
QUICK = [name for name in NOUNS if "Twin" in NOUNS[name].__init__.__globals__]


def made(name: str) -> tuple[Any, Any]:
    """The same noun, made by calling it and by its maker."""
    noun: Any = NOUNS[name]
    values = [f"value of {part.name}" for part in fields(noun)]
    return noun(*values), maker(noun)(*values)


def test_there_are_quick_nouns() -> None:
    assert {"Author", "Block", "Cell", "Metadata", "Document", "SourceRef"} <= set(QUICK)


@pytest.mark.parametrize("name", QUICK)
def test_both_ways_make_the_same(name: str) -> None:
    called, quickly = made(name)
    assert type(called) is type(quickly) is NOUNS[name]
    assert called == quickly
    assert hash(called) == hash(quickly)
    assert repr(called) == repr(quickly)
    assert not hasattr(quickly, "__dict__")


@pytest.mark.parametrize("name", QUICK)
def test_what_is_made_is_frozen(name: str) -> None:
    for noun in made(name):
        first = fields(noun)[0].name
        with pytest.raises(FrozenInstanceError):
            setattr(noun, first, "another")
        with pytest.raises(FrozenInstanceError):
            delattr(noun, first)
        assert getattr(noun, first) == f"value of {first}"


@pytest.mark.parametrize("name", QUICK)
def test_what_is_made_is_copied_and_pickled(name: str) -> None:
    _, quickly = made(name)
    first = fields(quickly)[0].name
    assert pickle.loads(pickle.dumps(quickly)) == quickly  # noqa: S301 - our own bytes
    other = replace(quickly, **{first: "another"})
    assert type(other) is type(quickly)
    assert other != quickly

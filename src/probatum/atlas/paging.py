"""A long list in slices, chosen in the address; a static site has it whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from probatum.atlas.page import Ask

Item = TypeVar("Item")
PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """Some of a list: the items, which slice of how many, and how many items in all."""

    items: Sequence[Item]
    number: int
    of: int
    total: int


def paged(ask: Ask, items: Sequence[Item], per_page: int = PER_PAGE) -> Slice[Item]:
    """Give the slice that ``?page=`` asks for, the first by default."""
    if ask.links.static:
        return Slice(items, 1, 1, len(items))
    last = max(1, -(-len(items) // per_page))
    number = ask.number("page", 1, 1, last)
    return Slice(items[(number - 1) * per_page : number * per_page], number, last, len(items))

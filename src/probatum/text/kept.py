"""Values of words, kept by word: a page repeats words, and so does the next page.

Half the cost of ``functools.lru_cache``, which is asked word by word and keeps an order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """What a function makes of words, each made once; all are dropped when there are many.

    >>> lengths = Kept(len, most=1000)
    >>> lengths.each(["pain", "fell", "by"])
    [4, 4, 2]
    """

    __slots__ = ("_held", "_make", "_most")

    def __init__(self, make: Callable[[str], Made], most: int) -> None:
        self._make, self._most = make, most
        self._held: dict[str, Made] = {}

    def each(self, words: Sequence[str]) -> list[Made]:
        """Give what is made of each word, in order."""
        held = self._held  # another thread may begin a new one
        if len(held) > self._most:
            self._held = held = {}
        try:
            return list(map(held.__getitem__, words))
        except KeyError:
            make = self._make
            held.update({word: make(word) for word in dict.fromkeys(words) if word not in held})
            return list(map(held.__getitem__, words))

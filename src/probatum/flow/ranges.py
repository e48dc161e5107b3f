"""Hash partitions: ranges of what is a digest already, so that sorted tables are read in part."""

from __future__ import annotations

#: Sorts behind every id of a document and of a work.
END = "~"
_HEX = 4
MOST: int = 16**_HEX
_MARKS = 1 << 63
# Each partition passes over the cards of all (3.4 µs a card), which grows with the square of a
# base while their number does; from here on the partitions grow instead.
_PASSES = 128


def how_many(records: int, largest: int) -> int:
    """The lowest power of two of partitions that hold ``largest`` records or fewer on average.

    There are never more than 128, which hold more then.

    >>> how_many(100_000, 100_000), how_many(100_001, 100_000), how_many(1_000_000, 100_000)
    (1, 2, 16)
    >>> how_many(38_000_000, 50_000)
    128
    """
    count = 1
    while count * largest < records and count < _PASSES:
        count *= 2
    return count


def of_text(count: int, prefix: str = "") -> list[tuple[str, str]]:
    """Ranges (from, up to) of ids in hexadecimal digits behind a prefix; other text lies behind.

    >>> of_text(2), of_text(1, "w")
    ([('', '8000'), ('8000', '~')], [('', '~')])
    """
    starts = [f"{prefix}{at * MOST // count:0{_HEX}x}" for at in range(1, count)]
    return list(zip(["", *starts], [*starts, END], strict=True))


def parted(documents: tuple[str, str], count: int) -> list[tuple[str, str]]:
    """Cut a range of text into ``count`` ranges, or as many as four digits allow; at least one.

    >>> parted(("4000", "8000"), 2), parted(("ffff", END), 3)
    ([('4000', '6000'), ('6000', '8000')], [('ffff', '~')])
    """
    first, end = documents
    low, high = int(first or "0", 16), MOST if end == END else int(end, 16)
    count = max(1, min(count, high - low))
    starts = [f"{low + at * (high - low) // count:0{_HEX}x}" for at in range(1, count)]
    return list(zip([first, *starts], [*starts, end], strict=True))


def of_marks(count: int) -> list[tuple[int, int]]:
    """Ranges (first, last) of the marks of blocking, 63 bits."""
    return [(at * _MARKS // count, (at + 1) * _MARKS // count - 1) for at in range(count)]


def place_of(digits: str, count: int) -> int:
    """Which of the ranges of text holds an id of hexadecimal digits."""
    return int(digits[:_HEX], 16) * count // MOST

"""English words for whole numbers, from which other modules build what they read."""

from __future__ import annotations

UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TO_TWELVE = (*UNITS, "ten", "eleven", "twelve")

#: What each word counts, from one to nineteen, and the tens.
VALUES: dict[str, int] = {
    **{word: n for n, word in enumerate((*TO_TWELVE, *TEENS), start=1)},
    **{word: 10 * n for n, word in enumerate(TENS, start=2)},
}

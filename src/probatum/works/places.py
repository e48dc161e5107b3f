"""Do two records stand in one place: journal, volume, issue, pages."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from probatum.works.normalise import Key
from probatum.works.sign import Sign

_SMALL = frozenset(
    ("the", "of", "and", "for", "in", "on", "a", "an", "der", "die", "und", "de", "la", "et", "le")
)
#: A title must have this many spaces for its page range to prove much ("Editorial, 1-3" recurs).
_HELD_SPACES = 3
#: Journals that begin each issue at page 1 rarely have more issues a volume than this; larger
#: "issues" are often accession numbers gone astray.
_ISSUES = 24
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: A longer range is a whole supplement.
_PAGES = 80


def place(left: Key, right: Key, titles: Sign | None) -> list[Sign]:
    """Weight of volume, pages and issue; only one article fills a range of several pages."""
    found = []
    if left.volume and right.volume:
        same = left.volume == right.volume
        why = "volume agrees" if same else f"volumes {left.volume} and {right.volume}"
        found.append(Sign("volume", 1.0 if same else -2.0, why))
    paged = page(left, right)
    if paged is not None:
        found.append(paged)
    proven = paged is not None and paged.weight > 1 and titles is not None and titles.weight >= 2
    if not proven and _issues_differ(left.issue, right.issue):
        found.append(Sign("issue", -4.0, f"issues {left.issue} and {right.issue}"))
    return found


def _issues_differ(one: str, two: str) -> bool:
    return bool(one and two) and one != two and max(int(one[:9]), int(two[:9])) <= _ISSUES


def page(left: Key, right: Key) -> Sign | None:
    """Weight of the pages: the range, the first, the last, or a number that lost its head."""
    if not left.page or not right.page or _moved_up(left, right) or _moved_up(right, left):
        return None
    if left.page == right.page:
        return _first_agrees(left, right)
    return _first_differs(left, right)


def _first_differs(left: Key, right: Key) -> Sign:
    if left.last and left.last == right.last:
        return Sign("page", 1.2, "last page agrees")
    if _lettered(left, right):
        return Sign("page", 1.2, "page range agrees but for its letter")
    if _lost_head(left, right) or _lost_head(right, left):
        return Sign("page", 0.5, "one page number is the tail of the other")
    return Sign("page", -3.0, f"pages {left.page} and {right.page}")


def _first_agrees(left: Key, right: Key) -> Sign:
    if left.last and left.last == right.last and left.last != left.page:
        spaces = min(left.title.count(" "), right.title.count(" "))
        if 0 < _span(left.page, left.last) <= _PAGES:
            weight = 2.0 if spaces < _HELD_SPACES else 5.0 if left.volume and right.volume else 3.5
            return Sign("page", weight, "page range agrees")
        return Sign("page", 1.0, "a range of too many pages for one article agrees")
    return Sign("page", 1.0 if len(left.page) < 2 else 2.0, "first page agrees")


def _span(first: str, last: str) -> int:
    digits = [
        int("".join(c for c in text if c in "0123456789")[:9] or 0) for text in (first, last)
    ]
    return digits[1] - digits[0]


def _moved_up(moved: Key, whole: Key) -> bool:
    """Tell whether an export without volume has the volume as its issue, the issue as its page."""
    return not moved.volume and (moved.issue, moved.page) == (whole.volume, whole.issue)


def _lettered(left: Key, right: Key) -> bool:
    """Tell whether two ranges in one volume differ by the letter before the pages: c37-c42."""
    if not left.last or not right.last or not left.volume or left.volume != right.volume:
        return False
    if left.page.isdecimal() == right.page.isdecimal():
        return False
    return all(
        one.lstrip(_LETTERS) == two.lstrip(_LETTERS)
        for one, two in ((left.page, right.page), (left.last, right.last))
    )


def _lost_head(short: Key, long: Key) -> bool:
    """Tell whether an export cut a range such as S376-87 to its 87."""
    return (
        not short.last
        and len(short.page) < len(long.last or long.page)
        and ((long.last or long.page).endswith(short.page))
    )


def container(left: Key, right: Key) -> Sign | None:
    """Weight of the journals, abbreviated or not."""
    if not left.container or not right.container:
        return None
    if same_container(left.container, right.container):
        return Sign("container", 0.7, "journal agrees")
    return Sign("container", -2.0, "journals differ")


@lru_cache(maxsize=65536)
def same_container(left: str, right: str) -> bool:
    """Tell whether two folded journal names may be one: equal, abbreviated, or an acronym.

    >>> same_container("eur heart j", "european heart journal")
    True
    >>> same_container("heart", "chest")
    False
    """
    if left == right:
        return True
    one = [word for word in left.split() if word not in _SMALL]
    two = [word for word in right.split() if word not in _SMALL]
    if len(one) > len(two):
        one, two = two, one
    if _abbreviates(one, two):
        return True
    if len(one) == 1 and len(two) > 2 and "".join(word[0] for word in two) == one[0]:
        return True
    return fuzz.token_set_ratio(left, right) >= 90


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """Every word of the shorter name begins, in order, as a word of the longer one does."""
    if not short or short[0][0] != long[0][0]:
        return False
    rest = iter(long)
    return all(any(_begins(word, other) for other in rest) for word in short)


def _begins(one: str, two: str) -> bool:
    return (
        one.startswith(two) or two.startswith(one) or (one[:3] == two[:3] and one[-1] == two[-1])
    )

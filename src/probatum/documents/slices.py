"""Records of an XML file found by their tags, without parsing what is around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.documents.format import Buffer

_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*+"
    rb"(?:<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*+"
    rb"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,60})",
    re.DOTALL,
)


def root_name(head: bytes) -> str:
    """Give the name of the root element without its prefix; "" when there is none.

    >>> root_name(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]> <x:article>')
    'article'
    """
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in head[:4]:
        head = head.replace(b"\0", b"").lstrip(b"\xff\xfe")
    found = _ROOT.match(head)
    return found[1].decode("ascii") if found else ""


def slices(
    data: Buffer, begin: re.Pattern[bytes], end: re.Pattern[bytes]
) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of the records of a file, in flat memory and one pass.

    A record that is not closed ends where the next one begins.
    """
    opening = begin.search(data)
    while opening:
        following = begin.search(data, opening.end())
        limit = following.start() if following else len(data)
        closing = end.search(data, opening.end(), limit)
        yield opening.start(), closing.end() if closing else limit
        opening = following

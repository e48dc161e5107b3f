"""What a page tells of others, so that it is no claim of its own: rumours, and what it denies."""

from __future__ import annotations

import re

_LONGEST = 2_000
# Told by somebody of whom the page tells: a rumour is no claim of the page.
_RUMOUR = re.compile(
    r"^\W*(?:an?|the|some|this|one) (?:[\w-]+ ){0,3}?(?:posts?|tweets?|articles?|videos?|memes?"
    r"|rumou?rs?|headlines?|stor(?:y|ies)|adverts?|ads?|messages?)\b",
    re.IGNORECASE,
)
_OTHERS = (
    r"(?:some|many|several|certain|other|others|a few|critics|sellers|vendors|adverts?|websites?"
    r"|forums?|people|clinics?|companies|fans|users|someone|somebody|patients"
    r"|it is (?:sometimes|often|commonly|widely))"
)
_SAY = (
    r"(?:say|says|said|claim\w*|believe\w*|think|thinks|thought|wrote|write|writes|written"
    r"|promis\w+|suggest\w*|swear|swears|insist\w*|assume\w*|argue\w*|told|advertis\w+)"
)
_BACK = (
    r"(?:,? (?:but|which|yet|though|although|however)\b|;|[,:] (?:that|this|they|it) (?:is|are)"
    r" (?:\w+ )?(?:wrong|mistaken|false|untrue|misleading|not (?:so|true))\b)"
)
_CLAUSE = re.compile(
    rf"\b{_OTHERS}\b[^;.?!]{{0,60}}?\b{_SAY}\b[^;.?!]*?(?={_BACK})", re.IGNORECASE
)
_QUOTED = re.compile(
    r"[\"\u201c][^\"\u201d]{3,200}[\"\u201d],? (?:(?:the|an?|one|some|its?|their)\b[^.,;]{0,40}?"
    rf"\b{_SAY}\b|{_SAY} [^.,;]{{1,40}})",
    re.IGNORECASE,
)

_TURN = re.compile(
    r"^[\s,;:]*(?:(?:but|which|yet|though|although|however)\b[\s,]*)?", re.IGNORECASE
)


def is_told(text: str) -> bool:
    """Whether a sentence tells what a post, an article or a rumour says.

    >>> is_told("A post that was shared widely says so."), is_told("The FDA says so.")
    (True, False)
    """
    return bool(_RUMOUR.match(text[:_LONGEST]))


def own_words(text: str) -> str:
    """Give a sentence without what it tells of others in order to go on with "but".

    >>> own_words("Some clinics say that it harms nobody, but it does.")
    'it does.'
    """
    left = _CLAUSE.sub("", _QUOTED.sub("", text[:_LONGEST]))
    return text[:_LONGEST] if left == text[:_LONGEST] else _TURN.sub("", left)

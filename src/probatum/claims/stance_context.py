"""One citation as the model of stance sees it: target and other citations masked, its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 3_000
_AROUND = 320  # characters read of the sentence before and after
_CITATION = re.compile(
    r"\[\s?\d{1,3}(?:\s?[-\u2013\u2014,;]\s?\d{1,3}){0,12}\s?\]"
    r"|\(\d{1,3}(?:\s?[-\u2013,]\s?\d{1,3}){0,10}\)"
    r"|\([^()\d]{3,60}(?:19|20)\d\d[a-z]?(?:[;,][^()\d]{0,60}(?:19|20)\d\d[a-z]?){0,7}\)"
)
_AUTHOR = re.compile(
    r"\b[A-Z][\w'\u2019-]{1,25}(?: [A-Z]{1,2}\b)?,? (?:et al\b\.?"
    r"|and (?:colleagues|co-?workers|co-?authors|associates|others)\b"
    r"|and [A-Z][\w'\u2019-]{1,25}(?= ?[\[(\u27e6]))(?:['\u2019]s)?"
)
_OPEN = re.compile(r"[\[(][\s\d,;\u2013-]{0,40}$")
_CLOSE = re.compile(r"^[\s\d,;\u2013-]{0,40}[\])]")
_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019][a-z]+)?|\d+(?:[.\u00b7]\d+)?|[;,:()\u29d6\u220e]")
_BREAK = re.compile(
    r"[;:]|,? ?\b(?:but|whereas|although|though|while|however|yet|because|which|whilst)\b|, and\b"
)
OTHER, NAMED, TARGET = "\u29d6", "\u220e", "TARGET"


@dataclass(frozen=True, slots=True)
class Context:
    """One citation: its sentence, where the target stands in it, what is around, its section."""

    sentence: str
    target: tuple[int, int]
    previous: str = ""
    section: str = "other"
    next: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A context in lower case, other citations as one sign and cited authors as another.

    ``clause_start`` and ``clause_end`` count in ``left`` and ``right``: the target's own clause.
    """

    left: str
    right: str
    clause_start: int
    clause_end: int
    previous: str
    next: str
    section: str

    @property
    def sentence(self) -> str:
        """The sentence without the target's marker."""
        return f"{self.left} {self.right}"


def masked(context: Context) -> Masked:
    """Mask a context; time grows with its length and is bounded.

    >>> found = masked(Context("Smith et al. [3] agree, but others [4] do not", (13, 16)))
    >>> found.left.split(), found.right[: found.clause_end]
    (['∎'], ' agree')
    """
    start, end = context.target
    start = min(start, _LONGEST)
    left = _masked(_OPEN.sub(" ", context.sentence[:start]))
    right = _masked(_CLOSE.sub(" ", context.sentence[end : end + _LONGEST]))
    breaks = [match.start() for match in _BREAK.finditer(left)]
    following = _BREAK.search(right)
    return Masked(
        left,
        right,
        breaks[-1] if breaks else 0,
        following.start() if following else len(right),
        _masked(context.previous[-_AROUND:]),
        _masked(context.next[:_AROUND]),
        context.section,
    )


def tokens(text: str) -> list[str]:
    """Split masked text into words, signs, and "0" for every number.

    >>> tokens("fell by 3.5, then")
    ['fell', 'by', '0', ',', 'then']
    """
    return ["0" if token[0].isdigit() else token for token in _TOKEN.findall(text)]


def _masked(text: str) -> str:
    return _AUTHOR.sub(f" {NAMED} ", _CITATION.sub(f" {OTHER} ", text)).lower()

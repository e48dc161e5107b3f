"""Candidates that say of both arms at once that nobody had an event: "No deaths occurred"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from probatum.claims.lookup.arms import Arms
from probatum.claims.lookup.asked import FoundArm, Value
from probatum.claims.lookup.tables import Candidate, Sizes
from probatum.claims.lookup.topics import topic
from probatum.claims.lookup.wording import GENERIC, stems
from probatum.claims.passages import Passage

_READ = frozenset({"abstract", "results", "other"})
_LONGEST = 600  # of a sentence; longer ones list what was looked at
_SEEN = r"(?:observed|reported|noted|recorded|found|detected|seen|documented|encountered)"
_NONE = re.compile(
    r"(?P<no>\b[Tt]here (?:were|was) no) (?P<that>[^.;:]{4,200})"
    rf"|(?P<nil>\b[Nn]o) (?P<what>[^.;:]{{4,200}}?) (?:(?:was|were) (?:\w+ )?{_SEEN}|occurred)\b"
)
_NOT_EVENTS = re.compile(
    r"differen|significan|further|additional|\bother\b|\bnew\b|evidence|change|increase|decrease"
    r"|effects? (?:of|on)\b|correlat|associat|interact|relation|more\b|less\b|improve|\bdata\b",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:except|but|apart from|other than|although|while|whereas)\b")
_ONE_ARM = re.compile(r"\b(?:this|that|which|the (?:first|second|latter|former)) (?:group|arm)\b")
_ITEMS = re.compile(r",\s*(?:and|or)?\s*|\s(?:and/or|and|or)\s")
_TAIL = re.compile(
    r"\b(?:related to|during|in|for|among|with|that|which|attribut\w+|due to|such as|including"
    r"|after|at|throughout|requiring|on)\b.*",
)
_EVENT = frozenset(stems("event events cases", keep=True))


def none_candidates(
    passages: Sequence[Passage], arms: Arms, words: frozenset[str], sizes: Sizes
) -> Iterator[Candidate]:
    """Give a candidate for each sentence that tells of no event in either arm.

    ``words`` are the stems of the outcome. "No serious events" says nothing of all events.
    """
    for passage in passages:
        text = passage.text
        if passage.block.role not in _READ or not passage.is_prose or len(text) > _LONGEST:
            continue
        found = _NONE.search(text)
        if found is None or not _of_both(text, found, arms):
            continue
        item = _named(found["that"] or found["what"], arms, words)
        if item:
            name = "no" if found["no"] else "nil"
            start, end = passage.start + found.start(name), passage.start + found.end(name)
            left, right = (
                FoundArm(label, size, events=Value(0.0, start, end, "none in any group"))
                for label, size in zip(("intervention", "comparator"), sizes, strict=True)
            )
            about = topic(f"{item} events", "", prose=True)  # effects, reactions: the same
            spoken = (arms.intervention | arms.comparator) - words
            yield Candidate((left, right), "binary", about, spoken, 0.6, "text",
                            start, passage.start + found.end())  # fmt: skip


def _of_both(text: str, found: re.Match[str], arms: Arms) -> bool:
    """Whether the sentence speaks of all, or names both arms, and takes nothing back."""
    said = found["that"] or found["what"]
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    if _NOT_EVENTS.search(said) or _BUT.search(text) or _ONE_ARM.search(text):
        return False
    words = frozenset(stems(f"{rest} {_tail_of(said)}", keep=True))
    mine = bool(words & (arms.intervention - arms.comparator))
    return mine == bool(words & (arms.comparator - arms.intervention))


def _tail_of(said: str) -> str:
    found = _TAIL.search(said)
    return found.group() if found else ""


def _named(said: str, arms: Arms, words: frozenset[str]) -> str:
    """Give the item of a list that names the outcome and nothing narrower; else nothing."""
    known = arms.intervention | arms.comparator | GENERIC | _EVENT
    for item in _ITEMS.split(_TAIL.sub("", said)):
        own = frozenset(stems(item))
        if own & (words - GENERIC - _EVENT) and own - known <= words:
            return item
    return ""

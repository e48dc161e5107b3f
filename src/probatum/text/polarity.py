"""From a verb and what it acts on to a direction: less pain is better, less response is worse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from probatum.text.assertions import Assertion

# Outcomes of which more is better; of all other conditions and outcomes less is better.
_GOOD = re.compile(
    r"(?<!withdrawal-)respon|remission|remit|recover(?!y-time)|abstinen|pain-relief(?!-speed)|comfort|block-success"
    r"|time-to-first|time-to-relapse|sustained|analgesia-duration|adequate-|quality|function|satisf|cognit|success|surviv|relief"
    r"|adheren|wellbeing|well-being|retention|cessation|tolerab|analgesia$|efficacy",
    re.IGNORECASE,
)
_LINK_REACH = 40
_ASPECT_WORDS = tuple(
    (stem, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for stem, pattern in (
        ("regulat", r"approv\w+|licen[sc]\w+|off-label|FDA|EMA|MHRA|regulat(?:ed|ory|ions?|ors?)"),
        ("contra", r"contra-?indicat\w*"),
        ("interact", r"interact\w*|co-?administ\w*|concomitant\w*"),
        ("monitor", r"monitor\w*"),
        ("misuse", r"misuse|abuse|addict\w*|dependen(?:ce|cy)|recreational\w*"),
    )
)
_ANY_ASPECT = re.compile("|".join(words.pattern for _, words in _ASPECT_WORDS), re.IGNORECASE)
_ASPECT_OF_KIND = {"harm": "safe", "mechanism": "mechan"}


def merged(found: Sequence[Assertion]) -> Iterator[Assertion]:
    """Join what is one assertion: a correlation with the change it names, a treatment that helps.

    >>> from probatum.text.assertions import assertions
    >>> text = "was associated with reduced pain"
    >>> [(a.direction, a.strength) for a in merged(assertions(text))]
    [('decreases', 'correlational')]
    """
    before: Assertion | None = None
    for assertion in found:
        near = (
            before is not None
            and before.clause == assertion.clause
            and assertion.start - before.end <= _LINK_REACH
        )
        if before is not None and near and before.direction == "other":
            before = replace(assertion, strength=before.strength)
        elif before is not None and near and _absorbs(before, assertion):
            continue
        else:
            if before is not None:
                yield before
            before = assertion
    if before is not None:
        yield before


def _absorbs(before: Assertion, assertion: Assertion) -> bool:
    if assertion.direction == "treats":
        return before.direction in {"improves", "no_difference", "contraindicated", "treats"}
    return before.direction == "no_difference"


def direction_for(verb: str, kind: str, name: str) -> str:
    """Give the direction of a claim from its verb and the kind and id of its object.

    >>> direction_for("decreases", "indication", "depression")
    'improves'
    >>> direction_for("increases", "outcome", "remission"), direction_for("decreases", "harm", "x")
    ('improves', 'decreases')
    """
    if kind in {"harm", "mechanism"} or verb not in {"increases", "decreases"}:
        return verb
    good = bool(_GOOD.search(name))
    return "improves" if (verb == "increases") == good else "worsens"


def aspect_of(
    text: str, kind: str, aspects: Sequence[str]
) -> tuple[str | None, tuple[int, int] | None]:
    """Name the aspect of a claim with the pack's own id, and the place of the words that say it.

    No name where the pack has none like it; no place where the kind of its thing decides.

    >>> aspect_of("It is approved by law", "harm", ["safety", "regulation"])
    ('regulation', (6, 14))
    """
    stem, place = _ASPECT_OF_KIND.get(kind, "effic"), None
    if _ANY_ASPECT.search(text):  # so do few; five searches cost thrice as much
        found = ((stem, match) for stem, words in _ASPECT_WORDS if (match := words.search(text)))
        told = next(found, None)
        if told is not None:
            stem, place = told[0], told[1].span()
    return next((aspect for aspect in aspects if stem in aspect.lower()), None), place

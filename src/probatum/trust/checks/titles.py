"""Titles that are search phrases, or promise what the text does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from probatum.text.terms import Match
from probatum.trust.facts import vocabulary_matcher
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_SEARCHED = re.compile(
    r"\b(?:near me|price|prices|cost|cheap|buy|for sale|online|best|top \d+|reviews?|how to get"
    r"|everything (?:you need to know )?about|fda approved|free|discount|legit|20\d\d guide)\b"
)
_SENTENCE_SIGNS = re.compile(r"[.!?:;]")


def keyword_title(subject: Subject) -> Iterator[Sign]:
    """The title is a row of search words rather than a name."""
    title = subject.document.metadata.title or ""
    if subject.document.kind != "web-page" or _SENTENCE_SIGNS.search(title):
        return
    found = _SEARCHED.findall(title if title != title.upper() else title.lower())
    if found and 3 <= len(title.split()) <= 14:
        yield Sign("The title reads like a search phrase.", f"{title!r} holds {', '.join(found)}")


def title_body_mismatch(subject: Subject) -> Iterator[Sign]:
    """A condition that the title names stands nowhere in the text."""
    title = subject.document.metadata.title
    if subject.document.kind != "web-page" or not title or subject.words < 80:
        return
    words = vocabulary_matcher(subject.pack.vocabulary)
    named = _indications(words.find(title))
    body = "\n".join(s.text for s in subject.sentences if s.block.kind != "title")
    absent = sorted(named - _indications(words.find(body.replace(title, ""))))
    if absent and named:
        yield Sign(
            "The title names a condition on which the text says nothing.",
            f"in the title, not in {subject.words} words of text: {', '.join(absent)}",
        )


def _indications(found: Sequence[Match]) -> set[str]:
    return {name for match in found for kind, name in match.terms if kind == "indication"}

"""Interest: sales links, shops, link words set into a text, stated conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.text.spotting import spotter
from probatum.text.terms import Match
from probatum.trust.checks.injected import planted
from probatum.trust.facts import vocabulary_matcher
from probatum.trust.phrases import denied, found_in, phrase, phrase_signs, word_list
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_NEAR = 60  # characters in which an order names what to buy
_IMPERATIVE = re.compile(r"(?:buy|order|purchase|shop for|get your)\b", re.IGNORECASE)
_BEFORE = re.compile(r"([A-Za-z]+) $")
_AFTER = re.compile(r" ([A-Za-z]{3,})")
# What follows a link that the reader is bidden to: a purpose, an address, the end of the sentence.
_PURPOSE = re.compile(r"\W*$|: ?(?:https?|www)\b| (?:to|for|and|or|if|now|today)\b")
_SELLER = re.compile(r"\b(?:at|from|with|by|on) ((?:[A-Z][\w.'\u2019-]+ ?){1,4})(?<! )")
_NONE = re.compile(r"\b(?:neither|nor|none of)\b", re.IGNORECASE)
_HEAD = 400  # characters in which a page names itself
_NEEDED = 2  # kinds of wording of a shop


def sales_link(subject: Subject) -> Iterator[Sign]:
    """An invitation to buy."""
    yield from phrase_signs(subject, phrase("sales"), "The text invites to buy.", unless=denied)
    matcher = vocabulary_matcher(subject.pack.vocabulary)
    for sentence in subject.sentences:
        if not _IMPERATIVE.match(sentence.text):
            continue
        drug = next((m for m in matcher.find(sentence.text[:_NEAR]) if _is_drug(m)), None)
        if drug:
            end = sentence.start + drug.end
            evidence = f"the words {sentence.text[: drug.end]!r}"
            yield Sign("The text invites to buy.", evidence, sentence.start, end)


def _is_drug(match: Match) -> bool:
    return any(kind == "drug" for kind, _ in match.terms)


def vendor_page(subject: Subject) -> Iterator[Sign]:
    """Several kinds of wording of a shop on one page."""
    if subject.document.kind != "web-page":
        return
    text = subject.document.text
    if not spotter(phrase("sales").pattern).may_match(subject.small):
        return
    wording = sorted({found.lower() for found in found_in(subject, phrase("sales"))})
    if not wording:
        return
    price = phrase("price").search(text)  # news name prices too: all of them count once
    selling = subject.near(phrase("sales"))
    own = next(filter(None, (_own_shop(subject, s) for s in selling)), None)
    if len(wording) + bool(price) >= _NEEDED or own:
        found = [*wording[:6], *([price.group()] if price else []), *([own] if own else [])]
        listed = ", ".join(repr(words) for words in found)
        yield Sign("The page belongs to someone who sells.", f"wording of a shop: {listed}")


def _own_shop(subject: Subject, sentence: Sentence) -> str | None:
    """Give the seller whom a sentence that sells names, when the page begins with that name."""
    if not phrase("sales").search(sentence.text):
        return None
    named = (m[1] for m in _SELLER.finditer(sentence.text))
    head = subject.document.text[:_HEAD]
    return next((name for name in named if name in head[: head.find(sentence.text)]), None)


def injected_link(subject: Subject) -> Iterator[Sign]:
    """Link words set into a sentence they do not belong to."""
    if subject.document.kind == "web-page":
        explanation = "Words of a link were set into the text."
        yield from phrase_signs(subject, phrase("link_words"), explanation, unless=_bidden)
        yield from phrase_signs(subject, phrase("anchors"), explanation, unless=_anchor_fits)
        yield from phrase_signs(subject, phrase("site_words"), explanation, unless=_site_fits)
        yield from planted(subject)


def _bidden(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the reader is bidden to follow a link, as pages do: "call or click here to book"."""
    before, after = sentence.text[: match.start()].rstrip(), sentence.text[match.end() :]
    ahead = before.rpartition(" ")[2].lower()
    asked = not before or before[-1] in ",;:(\u2013\u2014" or ahead in word_list("bidding")
    return asked and bool(_PURPOSE.match(after))


def _anchor_fits(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether an anchor is part of its sentence: a subject before it, no object after."""
    before, after = _neighbours(sentence, match)
    told = word_list("anchor_fits_after"), word_list("anchor_fits_before")
    return not before or not after.islower() or before in told[0] or after in told[1]


def _site_fits(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether "website" is a noun of the sentence: it has a determiner, or a fellow noun after."""
    before, after = _neighbours(sentence, match)
    fellow = after.lower() in word_list("site_fits_before")
    return not after or fellow or before not in word_list("site_misplaced_after")


def _neighbours(sentence: Sentence, match: re.Match[str]) -> tuple[str, str]:
    """Give the words right before (lower case) and after a match; "" where there is none."""
    before = _BEFORE.search(sentence.text[max(0, match.start() - 30) : match.start()])
    after = _AFTER.match(sentence.text, match.end())
    return before[1].lower() if before else "", after[1] if after else ""


def conflict_of_interest(subject: Subject) -> Iterator[Sign]:
    """A stated interest in the conclusion."""
    yield from phrase_signs(
        subject,
        phrase("stated_interest"),
        "An interest in the conclusion is stated.",
        unless=lambda sentence, match: (
            denied(sentence, match) or bool(_NONE.search(sentence.text[: match.start()]))
        ),
    )

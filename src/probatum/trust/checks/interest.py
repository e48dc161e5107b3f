"""Interest: sales links, shops, link words set into a text, stated conflicts."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.trust.phrases import denied, phrase, phrase_signs
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_NEEDED = 2  # kinds of wording of a shop


def sales_link(subject: Subject) -> Iterator[Sign]:
    """An invitation to buy."""
    yield from phrase_signs(subject, phrase("sales"), "The text invites to buy.", unless=denied)


def vendor_page(subject: Subject) -> Iterator[Sign]:
    """Several kinds of wording of a shop on one page."""
    if subject.document.kind != "web-page":
        return
    text = subject.document.text
    wording = sorted({m.group().lower() for m in phrase("sales").finditer(text)})
    price = phrase("price").search(text)  # news name prices too: all of them count once
    if wording and len(wording) + bool(price) >= _NEEDED:
        found = [*wording[:6], *([price.group()] if price else [])]
        listed = ", ".join(repr(words) for words in found)
        yield Sign("The page belongs to someone who sells.", f"wording of a shop: {listed}")


def injected_link(subject: Subject) -> Iterator[Sign]:
    """Link words set into a sentence they do not belong to."""
    if subject.document.kind == "web-page":
        yield from phrase_signs(
            subject, phrase("link_words"), "Words of a link were set into the text."
        )


def conflict_of_interest(subject: Subject) -> Iterator[Sign]:
    """A stated interest in the conclusion."""
    yield from phrase_signs(
        subject,
        phrase("stated_interest"),
        "An interest in the conclusion is stated.",
        unless=denied,
    )

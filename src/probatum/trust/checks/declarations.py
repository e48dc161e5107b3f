"""Standard declarations that cannot be true where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.trust.phrases import phrase
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject


def boilerplate_statement(subject: Subject) -> Iterator[Sign]:
    """A declaration of authors on a page that has none."""
    document = subject.document
    if document.kind != "web-page" or document.metadata.authors:
        return
    for sentence in subject.near(phrase("declared")):
        if phrase("declared").search(sentence.text):
            yield Sign(
                "A declaration of authors stands on a page that names none: it was copied.",
                "the page has no author in its metadata or its text",
                sentence.start,
                sentence.end,
            )

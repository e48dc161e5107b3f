"""Where statements come from: one source told twice, a source known through another."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.model.document import Author
from probatum.trust.phrases import phrase, phrase_signs
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_FEWEST = 3  # references, before they can be called all one's own


def same_source(subject: Subject) -> Iterator[Sign]:
    """Two quotations of a page of statements that come from one text."""
    page = subject.document.citation_page
    for item in page.items if page else ():
        if item.near_duplicate_of is not None or item.repeats:
            other = item.near_duplicate_of
            evidence = (
                f"nearly the words of quotation {other + 1}"
                if other is not None
                else f"printed {item.repeats + 1} times"
            )
            explanation = "The statement comes from a source that is counted already."
            yield Sign(explanation, evidence, item.start, item.end)


def secondary_citation(subject: Subject) -> Iterator[Sign]:
    """A source that is known only through another one."""
    if subject.document.kind != "record":
        yield from phrase_signs(
            subject, phrase("secondary"), "The statement rests on a source through another one."
        )


def no_independent_support(subject: Subject) -> Iterator[Sign]:
    """Nobody but its own authors supports it."""
    page = subject.document.citation_page
    if page is not None and page.supporting == 0:
        counts = f"supporting {page.supporting}, contrasting {page.contrasting}"
        yield Sign(
            "No citing statement supports the work.",
            f"printed: {counts}, mentioning {page.mentioning}",
        )
    document = subject.document
    own = {_name(author) for author in document.metadata.authors if author.family}
    listed = [reference for reference in document.references if reference.authors]
    enough = own and len(listed) >= _FEWEST and len(listed) == len(document.references)
    if enough and all(own & {_name(a) for a in reference.authors} for reference in listed):
        explanation = "All sources are the author's own."
        yield Sign(explanation, f"{len(listed)} references, each by an author of this text")


def _name(author: Author) -> tuple[str, str]:
    return author.family.lower(), (author.given or "")[:1].lower()

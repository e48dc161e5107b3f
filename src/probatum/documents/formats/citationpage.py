"""Citation-statement pages: what other articles say where they cite one article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from probatum.documents.assemble import document_id, source_ref
from probatum.documents.decoded import decode
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.documents.formats.citationpage_facets import FACETS, facets
from probatum.documents.formats.citationpage_items import Quotation, distinct, quotations
from probatum.documents.origins import with_origins
from probatum.documents.paragraphs import TextLine, text_lines
from probatum.documents.roles import role_of
from probatum.model.document import (
    AbstractSection,
    Author,
    Block,
    Chunk,
    CitationPage,
    Document,
    Identifiers,
    Metadata,
)
from probatum.model.source import Problem, Source
from probatum.text.identifiers import normal_doi
from probatum.text.names import parse_name

_SIGNS = (
    re.compile(rb"\(?\d{1,9} (?:smart )?citation statements?\)?", re.IGNORECASE),
    re.compile(rb"(?im)^section:.{0,80}(?:supporting|mentioning|contrasting)\s*$"),
    re.compile(rb"^confidence:?\s*\d{1,3}(?:\.\d+)?\s*%", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"^cited by \d+ publications?", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"\bsmart citations?\b", re.IGNORECASE),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOI = re.compile(r"doi:?\s*(\S+)", re.IGNORECASE)
_ABSTRACT = re.compile(r"abstract\s*:?\s*(.*)", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(
    r"((?:[^\W\d_a-z][\w.'\u2019-]{0,40}\s){1,4}[^\W\d_a-z][\w'\u2019-]{0,40}?)\d{0,3}"
)
_COUNTS = {
    "publications": re.compile(r"cited by ([\d,]+) publications?", re.IGNORECASE),
    "statements": re.compile(r"\(?([\d,]+) (?:smart )?citation statements?\)?", re.IGNORECASE),
    "references": re.compile(r"references?:? ([\d,]+)(?: publications?)?", re.IGNORECASE),
}


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is: by the phrases that such pages print around their quotations."""
    if head.lstrip()[:1] in {b"<", b"{"}:
        return 0.0
    found = _signs(head)
    return 0.9 if found >= 3 else 0.5 if found == 2 else 0.0


def _signs(printed: bytes) -> int:
    return sum(bool(sign.search(printed)) for sign in _SIGNS)


def is_citation_page(text: str) -> bool:
    """Tell whether the lines of a web page are those of such a page."""
    return _signs(text.encode("utf-8", "replace")) >= 3


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read the page as one document; counts are kept as printed, also when they disagree."""
    decoded = decode(data)
    document = citation_document(decoded.text, source, decoded.problems, decoded.offset)
    yield Chunk(0, source.size, "parsed", document)


def citation_document(
    text: str,
    source: Source,
    problems: tuple[Problem, ...],
    offset: Callable[[int], int | None],
) -> Document:
    """Make the document of a page's lines; ``offset`` gives the byte of a character, if any."""
    lines = text_lines(text)
    quoted = list(quotations(lines, text))
    page = _page(lines, quoted, text)
    metadata, named = _metadata(lines)
    return Document(
        id=document_id(source.sha256, 0),
        ordinal=0,
        kind="citation-page",
        source=source_ref(source, 0, source.size),
        metadata=metadata,
        text=text,
        blocks=tuple(_blocks(lines, quoted, named)),
        citation_page=page,
        problems=(*problems, *_disagreements(page, quoted, lines, offset)),
    )


def _page(lines: Sequence[TextLine], quoted: Sequence[Quotation], text: str) -> CitationPage:
    found = facets(lines)
    counts: dict[str, int] = {}
    for line in lines:
        for name, pattern in _COUNTS.items():
            if printed := pattern.fullmatch(line.text):
                counts.setdefault(name, int(printed[1].replace(",", "")))
    return CitationPage(
        supporting=found.types.get("supporting"),
        mentioning=found.types.get("mentioning"),
        contrasting=found.types.get("contrasting"),
        publications=counts.get("publications"),
        statements=counts.get("statements"),
        references=counts.get("references"),
        sections=found.sections,
        years=found.years,
        publication_types=found.publication_types,
        relationship=found.relationship,
        items=distinct(quoted, text),
    )


def _metadata(lines: Sequence[TextLine]) -> tuple[Metadata, dict[int, str]]:
    """Metadata of the work that the page is about, and the kind of the lines they stand in."""
    fields: dict[str, object] = {}
    where: dict[str, str] = {}
    named: dict[int, str] = {}
    end = next((i for i, line in enumerate(lines) if line.text.lower() in FACETS), len(lines))
    for number, line in enumerate(lines[:end]):
        if _YEAR.fullmatch(line.text) and "year" not in fields:
            fields |= {"year": int(line.text), "date": line.text}
            where |= dict.fromkeys(("year", "date"), f"line {number + 1}")
        elif (doi := _DOI.fullmatch(line.text)) and "identifiers" not in fields:
            fields["identifiers"] = Identifiers(doi=normal_doi(doi[1]))
            where["identifiers"] = f"line {number + 1}"
        elif (abstract := _ABSTRACT.fullmatch(line.text)) and "abstract" not in fields:
            fields["abstract"] = (AbstractSection(None, abstract[1]),) if abstract[1] else ()
            where["abstract"], named[line.start] = f"line {number + 1}", "abstract"
            named |= _above_abstract(lines, number, fields, where)
    return with_origins(fields, where, "the page"), named


def _above_abstract(
    lines: Sequence[TextLine], number: int, fields: dict[str, object], where: dict[str, str]
) -> dict[int, str]:
    """Above the abstract stands the title, with or without a line of authors between."""
    above = number - 1
    if above > 0 and (authors := _authors(lines[above].text)):
        fields["authors"], where["authors"] = authors, f"line {above + 1}"
        above -= 1
    if above < 0 or len(lines[above].text.split()) < 3:
        return {}
    fields["title"], where["title"] = lines[above].text, f"line {above + 1}"
    return {lines[above].start: "title"}


def _authors(words: str) -> tuple[Author, ...]:
    """Read a line that lists names and nothing else; () for every other line."""
    parts = words[:2000].split(",")
    names = [_NAME.fullmatch(part.strip()) for part in parts if not part.strip().isdigit()]
    if not all(names) or (len(names) == 1 and not words[-1].isdigit()):
        return ()
    return tuple(Author(*parse_name(name[1])) for name in names if name)


def _blocks(
    lines: Sequence[TextLine], quoted: Sequence[Quotation], named: dict[int, str]
) -> Iterator[Block]:
    """Quotations and abstract are paragraphs, the title a title; the rest is the page's own."""
    within = {start: quote for quote in quoted for start in quote.lines}
    for line in lines:
        quote = within.get(line.start)
        if quote is not None:
            section = (quote.section,) if quote.section else ()
            role = role_of(quote.section or "")
            yield Block("paragraph", line.start, line.end, section, role)
        elif named.get(line.start) == "abstract":
            yield Block("paragraph", line.start, line.end, ("Abstract",), "abstract")
        else:
            yield Block("title" if line.start in named else "other", line.start, line.end)


def _disagreements(
    page: CitationPage,
    quoted: Sequence[Quotation],
    lines: Sequence[TextLine],
    offset: Callable[[int], int | None],
) -> Iterator[Problem]:
    """Counts of one and the same thing that are not the same."""
    types = [page.supporting, page.mentioning, page.contrasting]
    said = {
        "citation statements announced": page.statements,
        "citation types add up to": sum(n or 0 for n in types) if any(types) else None,
        "paper sections add up to": sum(f.count for f in page.sections) if page.sections else None,
        "quotations printed": len(quoted) or None,
    }
    known = {what: count for what, count in said.items() if count is not None}
    if len(set(known.values())) < 2:
        return
    place = next((line for line in lines if _COUNTS["statements"].fullmatch(line.text)), lines[0])
    listed = "; ".join(f"{what}: {count}" for what, count in known.items())
    reason = f"The counts that the page prints disagree ({listed}); each is kept as printed."
    yield Problem("counts-disagree", reason, offset(place.start))


FORMAT = Format(sniff, read)

"""PubMed summary text: one numbered citation a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.documents.assemble import record_document, source_ref
from probatum.documents.draft import Draft
from probatum.documents.encoding import Line, detect_encoding, lines, lost
from probatum.documents.format import Buffer, Format, ReadOptions
from probatum.model.document import Chunk
from probatum.model.source import Problem, Source

# NLM, PubMed User Guide: "Summary (text)". The pieces are divided by a full stop and a space.
_NUMBERED = re.compile(r"(\d{1,6})[:.] (\S.*)")
_SNIFF = re.compile(rb"^\d{1,6}: \S[^\n]{20,4000}?PMID: ?\d", re.MULTILINE)
_PLACE = re.compile(
    r"[.?!\]] (?P<journal>[^.?!]{2,150}(?:\. \([^)]{1,40}\)|\([^)]{1,40}\))?)\. "
    r"(?P<date>(?:1[89]|20)\d\d[^;:.]{0,20})"
    r"(?:;(?P<volume>[^():;. ]{1,12})?(?: ?\((?P<issue>[^)]{1,20})\))?)?"
    r"(?::(?P<page>[^.;]{1,40}))?\."
)
_PMID = re.compile(r"PMID: ?(\d{1,9})")
_PMCID = re.compile(r"PMCID: ?(PMC\d{1,9})")
_DOI = re.compile(r"\bdoi: ?(10\.\S{5,300})", re.IGNORECASE)
_PERSON = re.compile(r"[^\W\d][^.:;]{0,60}? [A-Z]{1,4}(?: (?:Jr|Sr|[23]\w{2}))?|[A-Z][^.:]{3,120}")
_LONGEST = 20_000


def sniff(head: bytes, name: str) -> float:
    """Tell how sure it is that this is summary text: numbered lines that end in a PMID."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").replace(b"\r", b"\n")
    return 0.9 if text[:1].isdigit() and _SNIFF.match(text) else 0.0


def read(data: Buffer, source: Source, options: ReadOptions) -> Iterator[Chunk]:
    """Read citation by citation; lines that are not numbered carry on with the one before."""
    encoding = detect_encoding(data)
    at = ordinal = 0
    for group in _groups(lines(data, encoding)):
        start, end = group[0].offset, group[-1].end
        if start > at:
            yield Chunk(at, start - at, "ignored", reason="empty lines and text between citations")
        words = " ".join(line.text.strip() for line in group)
        problems = lost(data[start:end], encoding, start)
        chunk = _chunk(words, source, ordinal, (start, end - start), problems)
        ordinal += chunk.document is not None
        yield chunk
        at = end
    if at < source.size:
        yield Chunk(
            at, source.size - at, "ignored", reason="empty lines and text between citations"
        )


def _groups(found: Iterator[Line]) -> Iterator[list[Line]]:
    now: list[Line] = []
    for line in found:
        starts = _NUMBERED.match(line.text)
        blank = not line.text.strip()
        if now and (starts or blank or line.end - now[0].offset > _LONGEST):
            yield now
            now = []
        if starts or (now and not blank):
            now.append(line)
    if now:
        yield now


def _chunk(
    words: str, source: Source, ordinal: int, span: tuple[int, int], problems: tuple[Problem, ...]
) -> Chunk:
    offset, length = span
    draft = _fill(words[:_LONGEST])
    if not draft.says_something:
        reason = "The citation has no place, title or PMID that can be told; check the line."
        problems = (*problems, Problem("empty-record", reason, offset))
        return Chunk(offset, length, "rejected", problems=problems, reason=reason)
    metadata = draft.metadata("PubMed summary")
    ref = source_ref(source, offset, length, metadata.identifiers.pmid)
    return Chunk(
        offset, length, "parsed", record_document(ordinal, ref, metadata, problems=problems)
    )


def _fill(words: str) -> Draft:
    draft = Draft()
    found = _NUMBERED.match(words)
    body = found[2] if found else words
    for pattern, take in ((_PMID, draft.pmid), (_PMCID, draft.pmcid), (_DOI, draft.doi)):
        if told := pattern.search(body):
            take(told[1], "behind the citation")
    place = _place(body)
    if place is None:
        return draft
    for field in ("container_title", "volume", "issue", "page"):
        draft.put(field, place["journal" if field == "container_title" else field], "citation")
    draft.date(place["date"], "citation")
    people, title = _head(body[: place.start() + 1])
    draft.people(people, "citation", "family-first")
    draft.put("title", title.strip("[] ").rstrip(".") + "." if title else None, "citation")
    return draft


def _place(body: str) -> re.Match[str] | None:
    """Journal and date: the last such place before the identifiers."""
    return next(iter(_PLACE.finditer(body)), None)


def _head(head: str) -> tuple[list[str], str]:
    """Divide authors from title: authors are names with initials up to the first full stop."""
    first, divider, rest = head.partition(". ")
    names = [name.strip() for name in first.split(",")]
    listed = all(_PERSON.fullmatch(name) for name in names)
    initialled = any(name.rpartition(" ")[2].isupper() for name in names)
    if divider and listed and (initialled or names[-1] == "et al"):
        return [name for name in names if name != "et al"], rest.rstrip()
    return [], head


FORMAT = Format(sniff, read, streaming=True)

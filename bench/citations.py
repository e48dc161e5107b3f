"""In-text citations on real trials, where the tags are the truth.

``python -m bench citations`` reads every trial (``rows(every=10)``: a tenth of them) of the shared
data (``PROBATUM_DATA``, else ../shared/data) and prints

* tagged: cross-references that point at a reference, how many of them lie within exactly one
  citation that names that reference, and how many ranges had ends that verify;
* plain: the same articles as plain text without tags, read by the reader of pasted text. A pair is
  (paragraph, reference) with its number of mentions; precision, recall and F1 against the tags.
  A reference is printed as our JATS reader prints it (label, then text).
"""

from __future__ import annotations

import os
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from probatum.documents.formats.jats_inline import Inline, Keys, citations, inline_handlers
from probatum.documents.formats.jats_references import references
from probatum.documents.markup import parse_xml
from probatum.documents.read import collect
from probatum.model.document import Document, Reference

_RANGE = re.compile(r"\d\s?[\u2010-\u2015\u2212-]\s?\d")
Pairs = Counter[tuple[int, str]]


@dataclass(slots=True)
class Tagged:
    """Counts over articles: markers, markers assigned once, ranges and those that verified."""

    articles: int = 0
    markers: int = 0
    once: int = 0
    ranges: int = 0
    verified: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Give the row of the table."""
        return (
            f"tagged: {self.articles} articles, {self.once}/{self.markers} markers assigned once"
            f" = {self.once / max(self.markers, 1):.5f}; ranges verified"
            f" {self.verified}/{self.ranges} = {self.verified / max(self.ranges, 1):.5f}"
        )


@dataclass(slots=True)
class Plain:
    """Pairs found, true and hit; articles by how well they went."""

    articles: int = 0
    hit: int = 0
    found: int = 0
    true: int = 0
    worst: list[tuple[float, str, int]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall over all pairs."""
        return 2 * self.hit / max(self.found + self.true, 1)

    def __str__(self) -> str:
        """Give the row of the table."""
        return (
            f"plain: {self.articles} articles, {self.true} pairs, precision"
            f" {self.hit / max(self.found, 1):.4f}, recall {self.hit / max(self.true, 1):.4f},"
            f" F1 {self.f1:.4f}"
        )


def articles(every: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield every so manieth trial with its name."""
    root = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    folder = Path(os.environ.get("PROBATUM_DATA") or root)
    with tarfile.open(folder / "documents" / "jats_trials.tar.gz") as archive:
        members = [member for member in archive if member.name.endswith("xml")]
        for member in members[::every]:
            handle = archive.extractfile(member)
            if handle:
                yield member.name, handle.read()


def tagged(name: str, data: bytes, sums: Tagged) -> None:
    """Hold one article's citations against its cross-references.

    Each ``xref`` that names an entry of the reference list gets a word of its own; the changed
    article is read, and the word must stand in the text once, within one citation that names the
    entry. Cross-references in the reference list, the front matter but its abstracts, and titles
    of articles are not counted: they stand in no running text.
    """
    root = parse_xml(data).root
    documents = collect(data, name).documents
    if root is None or not documents:
        return
    listed, keys = references(root)
    if not listed:
        return
    sums.articles += 1
    _spans(documents[0], keys, sums)
    words = _marked(root, keys)
    if not words:
        return
    document = collect(etree.tostring(root), name).documents[0]
    assigned = Counter(
        word
        for citation in document.citations
        for word in _WORD.findall(document.text[citation.start : citation.end])
        if words.get(word, {""}) <= set(citation.references)
    )
    printed = Counter(_WORD.findall(document.text))
    once = sum(assigned[word] == printed[word] == 1 for word in words)
    sums.markers += len(words)
    sums.once += once
    if once < len(words):
        missed = [w for w in words if not assigned[w] == printed[w] == 1]
        sums.faults.append(f"  {name}: {len(missed)} of {len(words)}, {missed[:4]}")


_WORD = re.compile(r"Qx\d+x")
_NOT_READ = frozenset({"ref-list", "article-title", "title-group", "alt-text", "long-desc"})


def _marked(root: etree._Element, keys: Keys) -> dict[str, set[str]]:
    """Give every marker a word of its own; the words with the keys that they must be assigned."""
    words: dict[str, set[str]] = {}
    for xref in root.iter("xref"):
        pointed = {keys.by_id[r] for r in (xref.get("rid") or "").split() if r in keys.by_id}
        if not pointed or not _is_read(xref):
            continue
        word = f"Qx{len(words)}x"
        del xref[:]
        xref.text = word
        words[word] = pointed
    return words


def _is_read(xref: etree._Element) -> bool:
    above = [str(element.tag) for element in xref.iterancestors()]
    if not _NOT_READ.isdisjoint(above):
        return False
    return "front" not in above or "abstract" in above


def _spans(document: Document, keys: Keys, sums: Tagged) -> None:
    """Ranges: printed with a dash between two numbers that the expansion must agree with."""
    for citation in document.citations:
        words = document.text[citation.start : citation.end]
        for found in re.finditer(r"(\d{1,3})\s?[\u2010-\u2015\u2212-]\s?(\d{1,3})", words):
            first, last = int(found[1]), int(found[2])
            named = [keys.by_number.get(number) for number in range(first, last + 1)]
            if first < last and all(named):
                sums.ranges += 1
                sums.verified += set(named) <= set(citation.references)


def plain(name: str, data: bytes, sums: Plain) -> None:
    """Strip one article of its tags, read it as text and hold the pairs against the tags."""
    root = parse_xml(data).root
    if root is None:
        return
    listed, keys = references(root)
    paragraphs = [p for body in root.iterfind("body") for p in body.iter("p") if not _within(p)]
    true: Pairs = Counter()
    printed: list[str] = []
    for at, paragraph in enumerate(paragraphs):
        printed.append(_stripped(paragraph))
        inline = Inline(keys, inline_handlers(()))
        inline.walk(paragraph)
        words, marks = inline.take()
        for citation in citations(words, 0, marks, keys):
            true.update((at, key) for key in citation.references)
    if not true or not listed:
        return
    found = _found(printed, listed)
    hit = (true & found).total()
    sums.articles += 1
    sums.hit += hit
    sums.found += found.total()
    sums.true += true.total()
    f1 = 2 * hit / max(true.total() + found.total(), 1)
    sums.worst.append((f1, name, true.total()))


def _within(paragraph: etree._Element) -> bool:
    """Tables and figures apart: their text is no running text."""
    inside = {"p", "table-wrap", "fig", "boxed-text", "supplementary-material"}
    return any(str(a.tag) in inside for a in paragraph.iterancestors())


def _stripped(paragraph: etree._Element) -> str:
    return " ".join("".join(str(part) for part in paragraph.itertext()).split())


def _found(printed: list[str], listed: tuple[Reference, ...]) -> Pairs:
    text = "An article without its tags\n\n"
    places = []
    for words in printed:
        places.append((len(text), len(text) + len(words)))
        text += words + "\n\n"
    entries = [f"{r.label}. {r.text}" if (r.label or "").isdecimal() else r.text for r in listed]
    text += "References\n\n" + "\n\n".join(" ".join(entry.split()) for entry in entries)
    document = collect(text.encode(), "plain.txt").documents[0]
    by_place = {r.text.strip(): r.key for r in listed}
    by_words = {" ".join(k.split()): key for k, key in by_place.items()}
    key = {r.key: by_words.get(" ".join(r.text.split()), "?") for r in document.references}
    found: Pairs = Counter()
    for citation in document.citations:
        at = next((i for i, (a, b) in enumerate(places) if a <= citation.start < b), -1)
        found.update((at, key[name]) for name in citation.references)
    return found


def rows(every: int = 1) -> Iterator[str]:
    """Yield the two rows and the articles that went worst."""
    first, second = Tagged(), Plain()
    for name, data in articles(every):
        tagged(name, data, first)
        plain(name, data, second)
    yield str(first)
    yield from first.faults[:10]
    yield str(second)
    for f1, name, size in sorted(second.worst)[:12]:
        yield f"  worst: {name} F1 {f1:.3f} of {size} pairs"

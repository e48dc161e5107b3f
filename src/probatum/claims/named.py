"""What a sentence names: its terms, the drug it is about, and what the sentences before it say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from probatum.claims.passages import Passage
from probatum.claims.words import Words
from probatum.model.claim import PartOrigin
from probatum.model.document import Document
from probatum.text.anaphora import BARE, NOUN
from probatum.text.concepts import Concept, concepts, nearest
from probatum.text.terms import Matcher

# A response or a depression of the body is none of the mind or to treatment.
_BODY = re.compile(
    r"(?:h(?:a)?emodynamic|respiratory|cardiovascular|cardiac|myocardial|circulatory|ventilatory"
    r"|cortical|spreading|cns|nervous system|immune|marrow|synaptic|long-term|circulation"
    r"|sympathetic|electrocortical)\s$",
    re.IGNORECASE,
)
_SUB = re.compile(r"\b(?:sub|non)[-\u2010\u2011]$", re.IGNORECASE)
_COORDINATED = re.compile(
    r"\b(?P<first>[\w-]{5,})(?:, [\w-]+,?)? (?:and|or) [\w-]+"
    r" (?P<noun>effects?|properties|actions?)\b"
)
_VERB = re.compile(r"(?:increased|raised|elevated|altered)\s", re.IGNORECASE)
_ADVERB = re.compile(r"\s(?:(?:\w+ly|also)\s)?")
_LABEL = re.compile(r"[\s-](?:disorders?|stabili[sz]\w+)\b")  # "mood disorders"
_RESPONSES = frozenset({"response", "responses"})
_CLINICAL = re.compile(
    r"(?:^|(?:^|[\s(])(?:the|an?|this|no|any|of|for|and|or|to|with|on|clinical|treatment|partial"
    r"|antidepressant|complete|full|sustained|therapeutic|initial|early|rapid|higher|better|good"
    r"|poor|increased|improved|greater|lower|achieved|that|had|showed|was|positive|adequate|robust"
    r")\s|[.,;:(]\s?)$",
    re.IGNORECASE,
)
_INNER = {"drug": "route", "indication": "outcome"}
_CONSUMED = re.compile(
    r"\s(?:use|consumption|requirements?|doses?|dosage|needs?|necessities|intake|administration)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:(?:less|more|fewer|total|additional|supplemental|rescue|cumulative)"
    r"|(?:needs?|requirements?|demand) (?:for|of)|(?:consumption|amounts?|doses?) of)\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Implied:
    """What a sentence means without naming it: its id, and where the document names it.

    ``start`` and ``end`` are None where the document's text does not hold the name.
    """

    id: str
    start: int | None
    end: int | None
    origin: PartOrigin


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its concepts, and the drug it is about where it names none.

    ``loosely``: that drug was only named before in the paragraph of a page; here is no pronoun.
    ``lent``: the groups of people of the title or heading above, where it names none.
    """

    passage: Passage
    text: str
    found: list[Concept]
    implied: Implied | None
    loosely: bool = False
    lent: tuple[Implied, ...] = ()

    @property
    def has_drug(self) -> bool:
        """Whether it names a drug or means one."""
        return self.implied is not None or any(c.kind == "drug" for c in self.found)

    def is_drug(self, start: int, end: int) -> bool:
        """Whether the words of a place are the only name of a drug: a metabolite that acts."""
        drugs = {(c.start, c.end) for c in self.found if c.kind == "drug"}
        return drugs == {(start, end)}


def terms(words: Matcher, text: str) -> list[Concept]:
    """Find the concepts of a sentence, and those inside the names of others.

    A drug's name may hold its route ("drug X infusion"), a condition's what is measured of it
    ("postoperative pain").
    """
    found = [c for c in concepts(words, text) if not _is_bodily(c, text)]
    found = [one for c in found for one in _after_verb(words, text, c, found)]
    inner = _shared(words, text)
    for whole in found:
        kind = _INNER.get(whole.kind)
        if kind is None or " " not in text[whole.start : whole.end]:
            continue
        first = text.index(" ", whole.start)
        last = text.rindex(" ", whole.start, whole.end)
        parts = [*words.find(text, first, whole.end)]
        if whole.kind == "drug":
            parts += words.find(text, whole.start, last)
        inner += [
            Concept(part.start, part.end, kind, name)
            for part in parts
            for found_kind, name in part.terms
            if found_kind == kind
        ]
    return sorted({*found, *inner}, key=_order) if inner else found


def _shared(words: Matcher, text: str) -> list[Concept]:
    """Find what shares the noun of the next: "analgesic and antidepressant effects"."""
    return [
        Concept(match.start("first"), match.end("first"), kind, name)
        for match in _COORDINATED.finditer(text)
        for one in words.find(f"{match['first']} {match['noun']}")
        for kind, name in one.terms
        if one.start == 0 and kind in ("outcome", "harm")
    ]


def _after_verb(
    words: Matcher, text: str, one: Concept, found: Sequence[Concept]
) -> Sequence[Concept]:
    """Give what a term names behind its first word, where that is the verb of a drug.

    "The drug increased blood pressure" does not name an increased blood pressure.
    """
    verb = _VERB.match(text, one.start, one.end)
    if one.kind != "harm" or verb is None:
        return [one]
    if not any(c.kind == "drug" and _ADVERB.fullmatch(text, c.end, one.start) for c in found):
        return [one]
    parts = words.find(text, verb.end(), one.end)
    inner = [Concept(m.start, m.end, k, n) for m in parts for k, n in m.terms if k == "harm"]
    return inner or [one]


def _order(one: Concept) -> tuple[int, int, str, str]:
    return one.start, one.end, one.kind, one.id


def _is_bodily(one: Concept, text: str) -> bool:
    """Whether a word is used of the body: "pressor response", "sub-anaesthetic"."""
    before = text[max(0, one.start - 20) : one.start]
    if one.kind in ("indication", "outcome") and _SUB.search(before):
        return True
    if one.kind == "outcome" and _LABEL.match(text, one.end):
        return True
    word = text[one.start : one.end].lower()
    if word in _RESPONSES:
        return not _CLINICAL.search(before)
    return word == "depression" and bool(_BODY.search(before))


def consumed(found: list[Concept], text: str, order: Mapping[str, int]) -> list[Concept]:
    """Add the use of another drug as an outcome, where the pack has it: "less morphine"."""
    added = []
    for one in found:
        outcome = f"{one.id}-use"
        if one.kind == "comparator" and outcome in order:
            tail = _CONSUMED.match(text, one.end)
            if tail or _LESS.search(text[max(0, one.start - 17) : one.start]):
                end = tail.end() if tail else one.end
                added.append(Concept(one.start, end, "outcome", outcome))
    return sorted([*found, *added], key=lambda c: c.start) if added else found


def here(passage: Passage, one: Concept, origin: PartOrigin) -> Implied:
    """Place what a passage names, for sentences that mean it."""
    return Implied(one.id, passage.start + one.start, passage.start + one.end, origin)


class Context:
    """What the sentences before say: the drug last named, a list's lead-in, the page's drug."""

    def __init__(self, document: Document, words: Words) -> None:
        self.words, self.is_page = words, document.kind == "web-page"
        self.document = document
        self.last: tuple[int, Implied] | None = None
        self.lead_in: tuple[int, str, int] | None = None
        self._drug = cache(self._first_drug)  # one heading stands above many items
        self.groups: dict[str, list[Concept]] = {}

    def _first_drug(self, text: str) -> Concept | None:
        return nearest(concepts(self.words.matcher, text), ("drug",), 0)

    @cached_property
    def _above(self) -> dict[str, list[int]]:
        """Give the places of titles and headings by their words, in text order."""
        made: dict[str, list[int]] = {}
        for block in self.document.blocks:
            if block.kind in ("title", "heading"):
                words = self.document.text[block.start : block.end]
                made.setdefault(words, []).append(block.start)
        return made

    def _place_above(self, text: str, before: int) -> int | None:
        """Give where a heading or the title begins that stands last before a place."""
        starts = self._above.get(text, [])
        at = bisect_right(starts, before)
        return starts[at - 1] if at else None

    def implied(
        self, passage: Passage, text: str, found: Sequence[Concept]
    ) -> tuple[Implied | None, bool]:
        """Give the drug that a sentence means without its name, and whether that is a guess."""
        if any(c.kind == "drug" for c in found) or not self.last or self.last[0] != passage.index:
            return None, False
        if BARE.match(text) or NOUN.match(text):
            return self.last[1], False
        rival = any(c.kind == "comparator" for c in found)
        return (self.last[1], True) if self.is_page and not rival else (None, False)

    def add(self, passage: Passage, text: str, found: Sequence[Concept]) -> None:
        """Remember a sentence."""
        drug = nearest(list(found), ("drug",), 0)
        if drug is not None:
            self.last = (passage.index, here(passage, drug, "earlier"))
        if text.rstrip().endswith(":"):
            self.lead_in = (passage.index, text, passage.start)
        elif passage.block.kind != "list-item":
            self.lead_in = None

    def lead(self, passage: Passage) -> str:
        """Give the sentence with a colon at its end that stands above a list."""
        above = self.lead_in is not None and self.lead_in[0] < passage.index
        return self.lead_in[1] if self.lead_in is not None and above else ""

    def above(self, text: str, before: int) -> tuple[int | None, PartOrigin]:
        """Say where words stand that are above a place: a lead-in, a heading or the title."""
        if self.lead_in is not None and text == self.lead_in[1]:
            return self.lead_in[2], "earlier"
        title = text == self.document.metadata.title
        return self._place_above(text, before), "title" if title else "heading"

    def about(self, passage: Passage, head: str) -> Implied | None:
        """Name the drug that the items of a list are about: of the heading, else of the page."""
        title = self.document.metadata.title or ""
        for text in (head, *reversed(passage.block.section), title):
            drug = self._drug(text)
            if drug is not None:
                return self.meant(text, drug, passage.start)
        return None

    def meant(self, text: str, one: Concept, before: int) -> Implied:
        """Place what words above a place name."""
        start, origin = self.above(text, before)
        if start is None:
            return Implied(one.id, None, None, origin)
        return Implied(one.id, start + one.start, start + one.end, origin)

"""Every part of a claim stands where it says, and its words mean what the claim holds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.claims.extract import extract
from probatum.claims.words import Words, compiled
from probatum.model.claim import Claim, Part
from probatum.model.document import Block, Document, Metadata
from probatum.model.pack import Scale, Term, Vocabulary
from probatum.model.source import SourceRef
from probatum.text.cues import HEDGE, NEGATION

VOCABULARY = Vocabulary(
    drugs=(Term("x", "Drug X"), Term("y", "Drug Y")),
    routes=(Term("iv", "IV"),),
    indications=(Term("pain", "pain"), Term("depression", "depression")),
    aspects=tuple(Term(n, n) for n in ("efficacy", "safety", "monitoring", "interactions")),
    outcomes=(Term("response", "response"), Term("pain-score", "pain score"),
              Term("rival-use", "use of the rival")),
    scales=(Scale("vas", "VAS", outcome="pain-score"),),
    comparators=(Term("placebo", "placebo"), Term("rival", "rival")),
    mechanisms=(Term("gaba", "GABA release"),),
    harms=(Term("nausea", "nausea"),),
    populations=(Term("children", "Children", ("children",)), Term("animals", "A", ("mice",))),
)  # fmt: skip
KINDS = {
    "intervention": {"drug"}, "condition": {"indication"}, "route": {"route"},
    "comparator": {"comparator", "drug"}, "outcome": {"outcome", "scale", "harm", "mechanism"},
}  # fmt: skip
WORDS = [
    "Drug X", "Drug Y", "It", "pain", "pain score", "VAS", "depression", "nausea", "response",
    "GABA release", "reduced", "increased", "improved", "caused", "did not", "may", "could", "no",
    "reduce", "improve", "than", "placebo", "rival", "use", "less", "in", "in children", "in mice",
    "adults with", "IV", "5 mg", "0.5 mg/kg", "at 24 hours", "by day 3", "and", ", but", ".", ";",
    "is contraindicated in", "interacts with", "should be monitored", "antagonism",
    "no need of",
    "Drug Y was given. It", "Drug X helps. The drug",
    "effects", "its", "superior to", "was associated with", "a reduction in", "patients",
]  # fmt: skip


def _document(text: str, above: tuple[tuple[str, str], ...] = ()) -> Document:
    whole, blocks = "", []
    for kind, words in (*above, ("paragraph", text)):
        under = tuple(w for k, w in above if k == "heading") if kind == "paragraph" else ()
        blocks.append(Block(kind, len(whole), len(whole) + len(words), under))  # type: ignore[arg-type]
        whole += words + "\n"
    source = SourceRef("n", "0", 0, 0)
    title = next((words for kind, words in above if kind == "title"), None)
    return Document("d", 0, "web-page", source, Metadata(title=title), whole, tuple(blocks))


def _means(part: Part, claim: Claim, words: str, known: Words) -> bool:
    """Whether the words of a part say by themselves what the claim holds."""
    if part.name in KINDS:
        found = {t for m in known.matcher.find(words) for t in m.terms if t[0] in KINDS[part.name]}
        ids = {name for _, name in found} | {known.scales.get(name) for _, name in found}
        used = {f"{name}-use" for m in known.matcher.find(words) for _, name in m.terms}
        return getattr(claim, part.name) in ids | (used if part.name == "outcome" else set())
    said: dict[str, bool] = {
        "population": {n for m in known.people.find(words) for _, n in m.terms}
        <= set(claim.population),
        "hedge": words.lower() == claim.hedge and bool(HEDGE.fullmatch(words)),
        "negated": claim.negated and bool(NEGATION.match(words)),
        **{name: words == getattr(claim, name) for name in ("dose", "time_point")},
    }
    return said.get(part.name, bool(words.strip()))


def check(document: Document) -> None:
    """Hold every part of every claim against the text."""
    known = compiled(VOCABULARY)
    for claim in extract(document, VOCABULARY).claims:
        names = {part.name for part in claim.parts}
        assert {n for n in (*KINDS, "dose", "time_point", "hedge") if getattr(claim, n)} <= names
        assert bool(claim.population) == ("population" in names)
        assert claim.negated == ("negated" in names) == ("scope" in names)
        assert claim.method == "model" or "direction" in names
        assert list(claim.parts) == sorted(claim.parts, key=_order)
        for part in claim.parts:
            if part.start is None or part.end is None:
                assert part.origin in ("title", "heading")
                continue
            assert 0 <= part.start < part.end <= len(document.text)
            inside = claim.start <= part.start and part.end <= claim.end
            assert inside == (part.origin == "sentence")
            assert _means(part, claim, document.text[part.start : part.end], known), part


def _order(part: Part) -> tuple[bool, int, int, str]:
    return part.start is None, part.start or 0, part.end or 0, part.name


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=30).map(" ".join))
def test_every_part_of_every_claim_is_in_the_text_and_means_its_value(text: str) -> None:
    check(_document(text))
    check(_document(text, (("title", "Drug X in children"), ("heading", "Side effects"))))


def _words(claim: Claim, document: Document, name: str) -> list[str]:
    return [document.text[p.start : p.end] for p in claim.parts if p.name == name]


def test_the_parts_of_a_full_sentence() -> None:
    text = (
        "IV Drug X 0.5 mg/kg may not reduce pain score in children with depression at 24 hours"
        " compared with placebo."
    )
    document = _document(text)
    (claim,) = extract(document, VOCABULARY).claims
    wanted = {
        "intervention": "Drug X", "condition": "depression", "outcome": "pain score",
        "comparator": "placebo", "direction": "reduce", "negated": "not", "hedge": "may",
        "scope": "not reduce pain score", "strength": "may", "dose": "0.5 mg/kg", "route": "IV",
        "time_point": "24 hours", "population": "children",
    }  # fmt: skip
    assert {part.name: _words(claim, document, part.name)[0] for part in claim.parts} == wanted
    assert {part.origin for part in claim.parts} == {"sentence"}


def test_a_pronoun_points_to_the_name_in_the_sentence_before() -> None:
    document = _document("Drug Y was given. It reduced pain.")
    (claim,) = extract(document, VOCABULARY).claims
    (part,) = [part for part in claim.parts if part.name == "intervention"]
    assert (document.text[part.start : part.end], part.origin) == ("Drug Y", "earlier")


def test_an_item_points_to_its_heading_and_its_title() -> None:
    document = _document("nausea", (("title", "Drug X"), ("heading", "Side effects")))
    (claim,) = extract(document, VOCABULARY).claims
    told = {p.name: (document.text[p.start : p.end], p.origin) for p in claim.parts}
    assert told["direction"] == ("Side effects", "heading")
    assert told["intervention"] == ("Drug X", "title")
    assert told["outcome"] == ("nausea", "sentence")


def test_a_heading_that_stands_twice_is_the_last_one_above() -> None:
    above = (("heading", "Side effects of Drug X"), ("paragraph", "It is old."))
    document = _document("nausea", (*above, above[0]))
    (claim,) = extract(document, VOCABULARY).claims
    (part,) = [part for part in claim.parts if part.name == "direction"]
    assert part.start == document.text.rindex("Side effects")


def test_a_need_that_is_denied_is_an_improvement_read_from_both_words() -> None:
    document = _document("After Drug X, no response is required.")
    (claim,) = extract(document, VOCABULARY).claims
    assert (claim.direction, claim.negated) == ("improves", False)
    assert _words(claim, document, "direction") == ["no response is required"]
    assert not _words(claim, document, "negated")

"""What a check is given: a document with its sentences, the pack, the notices in the base."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from probatum.model.document import Block, Document
from probatum.model.pack import Pack
from probatum.model.passage import Repeat
from probatum.model.work import Notice
from probatum.text.positions import Position, positions
from probatum.text.sentences import segment
from probatum.text.similarity import twins
from probatum.text.spotting import Threes, spotter, threes
from probatum.text.terms import Held, Matcher, held
from probatum.trust.carried import carried
from probatum.trust.facts import drug_matcher, names_drugs, vocabulary_matcher
from probatum.trust.field import is_english, is_on_health, sampled
from probatum.trust.lists import NO_LISTS, Lists
from probatum.trust.sentence import Sentence
from probatum.trust.twins import alike_words, candidates, rare_pairs, words_of
from probatum.trust.wording import Places, places

_TEXT = frozenset({"title", "heading", "paragraph", "list-item", "caption", "other"})
_WORD = re.compile(r"[^\W\d_]+")
_REPEATABLE = frozenset({"paragraph", "list-item"})
_FIGURE = re.compile(r"\d")
_FEWEST_SPACES = 7
_LONGEST = 2_000
LONGEST_PARAGRAPH = 200_000  # characters: a book of 60 pages without one break
# Nine sentences of ten hold none of these and need no closer look.
_WORTH = re.compile(
    r"approv|cleared|green|blessing|the nod|on-label|-(?:registered|backed|endorsed|certified)"
    r"|indicated|licen[sc]|authori[sz]|label|monitor|supervis|safe|suitable|contra-?ind|avoid|never"
    r"|\bno(?:t|body|thing)?\b|n.t\b|without|free (?:of|from)|can be (?:used|given|taken)|cannot"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A document to appraise, with what several checks share, worked out once.

    ``words`` counts those of its prose; ``repeats`` are sentences that stand earlier too, with
    their resemblance; ``positions`` what its sentences hold on approval, harm and monitoring of
    the pack's drugs, none where it names none;
    ``markers`` the places of its citations, sorted; ``wording`` how well each word of content fits
    where it stands;
    ``elsewhere`` are passages that another document holds too; ``lists`` what the base holds
    beside the shipped lists; ``small`` is the text in small letters, ``starts`` where its
    sentences begin; ``names_drug`` whether any drug of the pack may be named in it; ``about`` the
    drugs of a page's sentences that name none, by their start; ``threes`` tells
    which runs of three letters ``small`` holds, ``held`` which words the document does.
    """

    document: Document
    pack: Pack
    notices: Sequence[Notice]
    sentences: tuple[Sentence, ...]
    prose: tuple[Block, ...]
    words: int
    english: bool
    on_health: bool
    wording: Places
    repeats: tuple[tuple[Sentence, float], ...] = ()
    positions: tuple[tuple[Sentence, Position], ...] = ()
    markers: tuple[tuple[int, int], ...] = ()
    elsewhere: tuple[Repeat, ...] = ()
    lists: Lists = NO_LISTS
    small: str = ""
    starts: tuple[int, ...] = ()
    names_drug: bool = False
    about: Mapping[int, frozenset[str]] = field(default_factory=dict)
    threes: Threes | None = None
    held: Held | None = None

    def near(self, pattern: re.Pattern[str]) -> list[Sentence]:
        """Give the sentences in which a pattern may match, by the words it cannot do without."""
        return [self.sentences[at] for at in self.places(pattern)]

    def holding(self, matcher: Matcher) -> Sequence[Sentence]:
        """Give the sentences, or none where the document holds no term of a vocabulary."""
        return self.sentences if self.held is None or matcher.may_match(self.held) else ()

    def places(self, pattern: re.Pattern[str]) -> Sequence[int]:
        """Give the indices of these sentences."""
        if len(self.small) != len(self.document.text):  # a few capitals become two characters
            return range(len(self.sentences))
        return spotter(pattern.pattern).spans(self.small, self.starts, self.threes)

    def numbered(self) -> list[Sentence]:
        """Give the sentences that hold a figure, three of ten."""
        return [sentence for sentence in self.sentences if _FIGURE.search(sentence.text)]

    def cited(self, start: int, end: int) -> bool:
        """Whether a place overlaps an in-text citation that the reader found."""
        at = bisect_left(self.markers, (end,))  # markers do not overlap: the one before decides
        return at > 0 and self.markers[at - 1][1] > start


def subject(
    document: Document,
    pack: Pack,
    notices: Sequence[Notice],
    repeats: Sequence[Repeat] = (),
    lists: Lists | None = None,
) -> Subject:
    """Prepare a document for its checks; linear in its text.

    Of a paragraph no more than its first ``LONGEST_PARAGRAPH`` characters are read as sentences.
    """
    blocks = [block for block in document.blocks if block.kind in _TEXT]
    protected = sorted((c.start, c.end) for c in document.citations)
    sentences = tuple(_sentences(document.text, blocks, protected))
    prose = tuple(b for b in blocks if b.kind not in {"title", "heading"})
    sample = sampled(document.text)
    english = is_english(document.text, sample)
    words = held(document.text)
    names_drug = _may_name_drug(pack, words) and names_drugs(pack, document.text)
    carries = names_drug and document.kind == "web-page"  # an article speaks of several drugs
    about = carried(sentences, vocabulary_matcher(pack.vocabulary)) if carries else {}
    small = document.text.lower()
    return Subject(
        document,
        pack,
        notices,
        sentences,
        prose,
        sum(len(_WORD.findall(s.text)) for s in sentences),
        english,
        is_on_health(document.text, sample),
        places(_weighed(sentences) if english else []),
        tuple(_repeats(sentences, document)),
        tuple(_positions(sentences, pack, about)) if names_drug else (),
        tuple(protected),
        tuple(repeats),
        lists or NO_LISTS,
        small,
        tuple(s.start for s in sentences),
        names_drug,
        about,
        threes(small),
        words,
    )


def _may_name_drug(pack: Pack, words: Held) -> bool:
    return drug_matcher(pack.vocabulary).may_match(words)


def _weighed(sentences: Sequence[Sentence]) -> list[tuple[int, str]]:
    """Give where the sentences whose wording is weighed begin, and their text."""
    return [(s.start, s.text) for s in sentences if s.block.kind not in {"title", "heading"}]


def _sentences(
    text: str, blocks: Sequence[Block], protected: Sequence[tuple[int, int]]
) -> Iterator[Sentence]:
    spans = [(b.start, min(b.end, b.start + LONGEST_PARAGRAPH)) for b in blocks]
    for start, end, at in segment(text, spans, protected):
        yield Sentence(start, end, text[start:end], blocks[at])


def _repeats(
    sentences: Sequence[Sentence], document: Document
) -> Iterator[tuple[Sentence, float]]:
    long = [
        sentence
        for sentence in sentences
        if sentence.block.kind in _REPEATABLE
        and sentence.block.role != "abstract"
        and sentence.text.count(" ") >= _FEWEST_SPACES
    ]
    seen = set()
    for twin in twins([sentence.text for sentence in long]):
        seen.add(twin.later)
        yield long[twin.later], twin.resemblance
    if document.kind == "web-page":  # an article says things again on purpose
        for at, sentence, share in _in_other_words(long):
            if at not in seen:
                seen.add(at)
                yield sentence, share


def _in_other_words(long: Sequence[Sentence]) -> Iterator[tuple[int, Sentence, float]]:
    words = [words_of(sentence.text) for sentence in long]
    rows = [(f"{at:09}", str(at), pairs) for at, pairs in enumerate(rare_pairs(words))]
    for later, earlier in candidates(rows):
        found = alike_words(words[later], words[earlier])
        if found is not None and found.how == "spun":
            yield later, long[later], found.resemblance


def _positions(
    sentences: Sequence[Sentence], pack: Pack, about: Mapping[int, frozenset[str]]
) -> Iterator[tuple[Sentence, Position]]:
    matcher = vocabulary_matcher(pack.vocabulary)
    for sentence in sentences:
        if _WORTH.search(sentence.text[:_LONGEST].lower()):
            drugs = about.get(sentence.start, frozenset())
            yield from ((sentence, said) for said in positions(sentence.text, matcher, drugs))

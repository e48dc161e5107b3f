"""Wrong technical terms that are slips of a writer, not of a spinner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import DamerauLevenshtein

from probatum.model.pack import Vocabulary
from probatum.text.terms import Matcher, matcher
from probatum.trust.expectation import known
from probatum.trust.facts import last_kept
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_SHORTEST, _LONGEST = 7, 25
_WORD = re.compile(rf"(?<![\w-])[A-Za-z][a-z]{{{_SHORTEST - 1},{_LONGEST - 1}}}(?![\w-])")
_EXPLANATION = "A technical term is written wrongly."
_NAMED = frozenset({"drug", "indication", "mechanism", "harm"})


def terminology_error(subject: Subject) -> Iterator[Sign]:
    """A known slip, or an unknown word one letter away from a term of the pack."""
    meant_by = _speller(subject.pack.vocabulary)
    wrong = [word for word in _written(subject) if meant_by(word)]
    slips = _slips()
    for sentence in subject.sentences if wrong else subject.holding(slips):
        found = set()
        for match in slips.find(sentence.text):
            start, end = sentence.start + match.start, sentence.start + match.end
            found.add(start)
            yield _sign(sentence.text[match.start : match.end], match.terms[0][1], start, end)
        for word in _WORD.finditer(sentence.text) if wrong else ():
            start = sentence.start + word.start()
            meant = meant_by(word.group().lower()) if start not in found else None
            if meant:
                yield _sign(word.group(), meant, start, start + len(word.group()))


def _written(subject: Subject) -> Iterator[str]:
    """Give the long words of a document, each once, in small letters; words in compounds too."""
    if subject.held is None:
        yield from {word.lower() for word in _WORD.findall(subject.document.text)}
        return
    for word in subject.held.words:
        if _SHORTEST <= len(word) <= _LONGEST and word.isalpha() and word.isascii():
            yield word


def _sign(found: str, meant: str, start: int, end: int) -> Sign:
    return Sign(_EXPLANATION, f"{found!r} for {meant!r}", start, end, (meant,))


@last_kept
def _speller(vocabulary: Vocabulary) -> Callable[[str], str | None]:
    """Make what gives the term that an unknown word is one slip away from."""
    words = {
        word.lower()
        for kind, _, form in vocabulary.forms()
        if kind in _NAMED
        for word in _WORD.findall(form)
    }
    terms = sorted(words)

    @lru_cache(maxsize=20_000)
    def meant(word: str) -> str | None:
        """Look for a slip in other than the ending, which inflection changes."""
        if known(word) or known(word.rstrip("s")):
            return None
        like = (term for term in terms if word[0] == term[0] and word[-2:] == term[-2:])
        near = (t for t in like if DamerauLevenshtein.distance(word, t, score_cutoff=1) == 1)
        return next((t for t in near if _folded(t) != _folded(word)), None)

    return meant


def _folded(word: str) -> str:
    """Write a word in the American way, so that spellings of one word are equal."""
    return word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("is", "iz")


@cache
def _slips() -> Matcher:
    data = files("probatum.trust").joinpath("data", "terminology.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in data.splitlines())
    return matcher(("slip", right, wrong) for wrong, right in rows)

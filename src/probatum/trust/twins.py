"""Sentences that say the same in two documents: exact, nearly the same, or machine paraphrase.

Proposed by hashes that two of them are likely to share (MinHash bands of word pairs; pairs of the
rarest words), so that the work grows with the number of sentences; accepted by what they share.
Broder 1997; for order as evidence of a common source, Clough et al. 2002, METER.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, combinations

from rapidfuzz.distance import LCSseq

from probatum.model.passage import Likeness
from probatum.text.kept import Kept
from probatum.text.similarity import bands, resemblance, shingles
from probatum.trust.expectation import grammar, share

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_FEWEST, _MOST = 8, 400  # words of a sentence that is compared
_RAREST = 6
_STEM = 6  # letters: what inflection leaves
_NEAR = 0.8
_ORDER, _ORDER_AT_LEAST = 0.62, 0.5  # share of words in the same order: by itself, with the rest
_GRAMS = 0.28
NEAREST = 6  # the first passages by rank of those that share a key are looked at
# Sentences that every report of research holds in nearly the same words: no source is copied.
_STANDING = re.compile(
    r"ethic(?:s|al) (?:committee|principles|board|approval)|review board|informed consent|Helsinki"
    r"|good clinical practice|(?:considered|defined as|set at) (?:statistically )?significant"
    r"|were performed using|was performed (?:using|with) \w+ (?:software|version)"
    r"|competing interests|conflicts? of interest"
    r"|(?:are|were) expressed as (?:the )?(?:means?|median)"
    r"|open[- ]access article|creative commons|corresponding author|approved the final"
    r"|contributed equally|authors (?:thank|are grateful)",
    re.IGNORECASE,
)
COMMON = 60  # passages that share a key: more share a standing phrase, not a source


@dataclass(frozen=True, slots=True)
class Alike:
    """How two sentences are alike: the kind, a share in [0, 1], and what they share in words."""

    how: Likeness
    resemblance: float
    shared: str


def keys(text: str) -> tuple[int, ...]:
    """Give the hashes under which a sentence is looked up; none for a very short or long one.

    >>> one = "The drug lowered the pressure of the eye in eleven of the forty rabbits."
    >>> two = "The drug decreased the pressure of the eye in eleven of the forty rabbits."
    >>> bool(set(keys(one)) & set(keys(two)))
    True
    """
    words = words_of(text)
    if not _FEWEST <= len(words) <= _MOST or _STANDING.search(text):
        return ()
    near = (
        _number(f"band {at}:{part.hex()}")
        for at, part in enumerate(bands(shingles(" ".join(words))))
    )
    rare = (_number(f"pair {left} {right}") for left, right in _pairs_of_rare(words))
    return tuple(sorted({*near, *rare}))


def rare_pairs(found: Sequence[Sequence[str]]) -> list[tuple[tuple[str, str], ...]]:
    """Give the pairs of rare words of sentences, as keys within a document, without hashing.

    Only of words that are rare in two sentences: others are in no pair that two of them share.
    """
    stems = [_rare_stems(words) if _FEWEST <= len(words) <= _MOST else [] for words in found]
    held = Counter(chain.from_iterable(stems))
    return [tuple(combinations([s for s in own if held[s] > 1], 2)) for own in stems]


def _pairs_of_rare(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    return combinations(_rare_stems(words), 2)


def _rare_stems(words: Sequence[str]) -> list[str]:
    return sorted({_stem(word) for word in rarest(words, _RAREST)})


def alike(later: str, earlier: str) -> Alike | None:
    """Judge whether a sentence says again what an earlier one says.

    >>> alike("It fell by half in a week, at 40 mg a day.", "it fell by half in a week at 40 mg a day")
    Alike(how='exact', resemblance=1.0, shared='all words')
    >>> alike("The weather was fine in the town.", "The weather was bad in the country.") is None
    True
    """  # noqa: E501  # an example reads best on one line
    return alike_words(words_of(later), words_of(earlier))


def alike_words(left: Sequence[str], right: Sequence[str]) -> Alike | None:
    """Judge as :func:`alike` does, by the words of the later and of the earlier sentence."""
    if left == right:
        return Alike("exact", 1.0, "all words")
    order = float(LCSseq.normalized_similarity(left, right))  # first: a tenth of the cost
    if order < _ORDER_AT_LEAST or _numbers(left) != _numbers(right):
        return None
    share = resemblance(shingles(" ".join(left)), shingles(" ".join(right)))
    if share >= _NEAR:
        return Alike("near", share, f"{share:.0%} of the word pairs")
    return _spun(left, right, order)


def candidates(
    found: Sequence[tuple[str, str, Sequence[Hashable]]],
) -> Iterator[tuple[int, int]]:
    """Propose pairs (later, earlier) of the indices of (rank, work, keys) rows, each once.

    Nothing within one work, nothing by a key that more than ``COMMON`` rows hold.
    """
    holders: dict[Hashable, list[int]] = {}
    order = sorted(range(len(found)), key=lambda at: found[at][0])
    for at in order:
        for key in found[at][2]:
            holders.setdefault(key, []).append(at)
    seen: set[tuple[int, int]] = set()
    for held in holders.values():
        if 1 < len(held) <= COMMON:
            seen.update((b, a) for a, b in _pairs(held) if found[a][1] != found[b][1])
    yield from sorted(seen)


def _pairs(held: Sequence[int]) -> Iterator[tuple[int, int]]:
    for place, earlier in enumerate(held[:NEAREST]):
        yield from ((earlier, later) for later in held[place + 1 :])


def _spun(left: Sequence[str], right: Sequence[str], order: float) -> Alike | None:
    """Accept a paraphrase: the words that are left stand in the same order around rare ones."""
    rare = {_stem(w) for w in left} & {_stem(w) for w in rarest(right, _RAREST)}
    one, two = _grams(left), _grams(right)
    grams = len(one & two) / max(1, len(one | two))
    sure = order >= _ORDER or len(rare) >= _RAREST // 2
    if grams < _GRAMS or len(rare) < 2 or not sure:
        return None
    shared = (
        f"{order:.0%} of the words in the same order, among them {', '.join(sorted(rare)[:5])}"
    )
    return Alike("spun", order, shared)


def rarest(words: Sequence[str], most: int) -> list[str]:
    """Give the words of content and the figures of two digits that are rarest in English."""
    ranks = _RANKS.each(list(set(words)))
    ranked = sorted([rank for rank in ranks if rank is not None])
    return [word for _, word in ranked[:most]]


def _rarity(word: str) -> tuple[float, str] | None:
    """Rank a word by its share of English; None for one that tells nothing."""
    if word[0].isdigit():
        return (share(word), word) if len(word) >= 2 else None
    return (share(word), word) if len(word) >= 4 and word not in grammar() else None


_RANKS = Kept(_rarity, most=50_000)


def words_of(text: str) -> list[str]:
    """Give the words and figures of a sentence in small letters."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return [word.lower() for word in _WORD.findall(text)]


def _stem(word: str) -> str:
    return word[:_STEM]


def _numbers(words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if word[0].isdigit())


def _grams(words: Sequence[str]) -> frozenset[str]:
    joined = " ".join(words)
    return frozenset(joined[at : at + 4] for at in range(len(joined) - 3))


def _number(text: str) -> int:
    """Hash to 63 bits, so that it fits a signed column."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") >> 1

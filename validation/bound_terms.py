"""Make trust/data/wording/terms_* and listed_*: bound terms, and what their words are put for.

Usage: python -m validation.bound_terms SHARED_DATA WORDNET_DICT MOBY. Terms are pairs of words of
content of our own n-gram counts. What a word is put for comes from the published broken terms that
may ship (7,942 pairs, CC BY 4.0), aligned word by word (model 1 of Brown et al. 1993), from our
own lists, and from the Moby Thesaurus (words.txt; Grady Ward, public domain), in WordNet's
inflections: of that the likest words that stand in terms. What WordNet knows has its own table.
"""

from __future__ import annotations

import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
from validation.spinner_words import from_pages
from validation.tortured_pairs import WORD, from_pairs, other_senses
from validation.wording_tables import OUT, counts, unigrams
from validation.wordnet import Lexicon, read_wordnet

from probatum.text.ngrams import level
from probatum.trust.expectation import grammar, near_table, usual_in_vocabulary, vocabulary

FEWEST, BOUND = 20, 20.0  # how often, how many times chance, words of a term stand together
LIKEST, WIDE = 75_000, 40  # links of the thesaurus that ship; of one word that spins are made with
SHORTEST = 3
USUAL, WAYS = 300, 12  # times that a word put for another is counted; ways of breaking a term
ONE = 0.2  # of the broken terms keep their first word, and as many their second
TURNS, SAME_PLACE, SURE = 8, 5.0, 0.5
NOTE = re.compile(r"\(.*?\)")
Near = dict[str, list[str]]
Term = tuple[str, str]


@cache
def content() -> dict[str, int]:
    """Give the words of content of the vocabulary, with their numbers."""
    plain = grammar()
    return {
        word: number
        for number, word in enumerate(vocabulary())
        if len(word) >= SHORTEST and word not in plain
    }


def bound_terms(shared: Path) -> dict[Term, int]:
    """Give the pairs of words of content that stand together far more often than by chance."""
    pairs = {tuple(w): n for w, n in counts(shared / "trust/bigrams.tsv.gz") if len(w) == 2}
    own = unigrams(pairs)
    size = sum(own.values())
    return {
        (a, b): n
        for (a, b), n in pairs.items()
        if n >= FEWEST and {a, b} <= content().keys() and n * size >= BOUND * own[a] * own[b]
    }


def aligned(shared: Path) -> dict[str, Counter[str]]:
    """Give for each word of published broken terms the genuine ones that it stands for."""
    pairs = [
        (phrase.split(), WORD.findall(NOTE.sub("", genuine.lower())))
        for phrase, genuine in from_pairs(shared)
    ]
    chance: dict[Term, float] = defaultdict(lambda: 0.1)
    for _ in range(TURNS):
        both, alone = defaultdict[Term, float](float), defaultdict[str, float](float)
        for broken, genuine in pairs:
            for at, word in enumerate(broken):
                for other, part in zip(
                    genuine, parts(chance, word, at, (broken, genuine)), strict=True
                ):
                    both[word, other] += part
                    alone[other] += part
        chance = defaultdict(lambda: 1e-6, {k: n / (alone[k[1]] + 0.5) for k, n in both.items()})
    found = defaultdict[str, Counter[str]](Counter)
    for broken, genuine in pairs:
        for at, word in enumerate(broken):
            likely = parts(chance, word, at, (broken, genuine))
            best = int(np.argmax(likely)) if likely else 0
            if likely and likely[best] > SURE and genuine[best] != word:
                found[word][genuine[best]] += 1
    return found


def parts(
    chance: dict[Term, float], word: str, at: int, pair: tuple[list[str], list[str]]
) -> list[float]:
    """Give how likely a word stands for each genuine one; places of one number are likelier."""
    broken, genuine = pair
    same = len(broken) == len(genuine)
    weights = [
        chance[word, other] * (SAME_PLACE if same and at == place else 1.0)
        for place, other in enumerate(genuine)
    ]
    total = sum(weights)
    return [weight / total for weight in weights]


def thesaurus(path: Path) -> dict[str, set[str]]:
    """Read Moby's lists: a word and those listed with it, either way."""
    near = defaultdict[str, set[str]](set)
    for line in path.read_text(encoding="latin-1").splitlines():
        head, *others = [
            w for w in (w.strip().lower() for w in line.split(",")) if w.isalpha()
        ] or [""]
        for other in others:
            near[head].add(other)
            near[other].add(head)
    return near


def likeness(near: dict[str, set[str]], one: str, other: str) -> float:
    """Say how many words two words share in the thesaurus, for the size of their lists."""
    a, b = near.get(one, set()), near.get(other, set())
    return len(a & b) / math.sqrt(len(a) + len(b) + 1)


def listed(near: dict[str, set[str]], lexicon: Lexicon, word: str) -> dict[str, float]:
    """Give the words listed with a form, in the same inflection, and how like they are."""
    found = {other: likeness(near, word, other) for other in near.get(word, ())}
    for lemma, part, feature in lexicon.analyses.get(word, ()):
        for other in near.get(lemma, ()):
            for form in lexicon.forms.get((other, part), {}).get(feature, ()):
                found[form] = max(found.get(form, 0.0), likeness(near, lemma, other))
    return {other: like for other, like in found.items() if other in content() and other != word}


def attested(shared: Path) -> dict[str, set[str]]:
    """Give what words are put for, by published broken terms and by our own lists."""
    found = {word: set(others) for word, others in aligned(shared).items()}
    for given in (other_senses(), from_pages()[0]):
        for genuine, put in given.items():
            for word in put:
                found.setdefault(word.strip(), set()).add(genuine)
    return {word: others & content().keys() - {word} for word, others in found.items()}


def save(terms: dict[Term, int], sure: dict[str, set[str]], likest: dict[str, list[str]]) -> None:
    """Save the tables by the number of the first word."""
    number = content()
    rows = sorted((number[a], number[b], n) for (a, b), n in terms.items())
    usual = len(vocabulary())
    held = np.bincount([row[0] for row in rows], minlength=usual)
    np.save(OUT / "terms_held.npy", held.astype(np.uint8))
    np.save(OUT / "terms_second.npy", np.array([row[1] for row in rows], dtype=np.uint16))
    np.save(OUT / "terms_counts.npy", np.array([level(row[2]) for row in rows], dtype=np.uint8))
    words, many, known = list[int](), [0] * usual, [0] * usual
    for word, at in sorted(number.items(), key=lambda pair: pair[1]):
        first, further = sorted(sure.get(word, ())), sorted(likest.get(word, ()))
        words += [number[other] for other in (*first, *further)]
        many[at], known[at] = len(first) + len(further), len(first)
    np.save(OUT / "listed_held.npy", np.array(many, dtype=np.uint8))
    np.save(OUT / "listed_sure.npy", np.array(known, dtype=np.uint8))
    np.save(OUT / "listed_words.npy", np.array(words, dtype=np.uint16))
    sys.stdout.write(f"{len(rows):,} terms, {len(words):,} links, {sum(known):,} attested\n")


def links(
    shared: Path, wordnet: Path, moby: Path, terms: Iterable[Term]
) -> tuple[dict[str, set[str]], Iterator[tuple[float, str, str]]]:
    """Give what words are attested to be put for, and the other links of the thesaurus."""
    inside = {word for term in terms for word in term}
    sure = {word: others & inside for word, others in attested(shared).items()}
    near, lexicon = thesaurus(moby), read_wordnet(wordnet, set(vocabulary()))
    starts, flat = near_table()
    names = vocabulary()

    def others() -> Iterator[tuple[float, str, str]]:
        for word, at in content().items():
            taken = {names[i] for i in flat[starts[at] : starts[at + 1]]} | sure.get(word, set())
            for other, like in listed(near, lexicon, word).items():
                if other in inside and other not in taken:
                    yield like, word, other

    return sure, others()


def how_usual(terms: dict[Term, int]) -> Callable[[float, str, str], float]:
    """Rank links: like words, of which one stands in many terms and the other is usual.

    Of 3,606 links that published broken terms show, 75,000 so chosen hold 324, the likest 229.
    """
    often = Counter[str]()
    for (a, b), n in terms.items():
        often.update({a: n, b: n})
    usual = usual_in_vocabulary()[1]

    def worth(like: float, word: str, other: str) -> float:
        known = np.log1p(often[other]) * np.log1p(usual[content()[word]])
        return float((like + 0.5) * known)

    return worth


def broken_terms(shared: Path, wordnet: Path, moby: Path) -> Near:
    """Give for each bound term ways of breaking it, more than the shipped tables can tell.

    One word or both are put for others that are attested, near, or listed with them.
    """
    terms = bound_terms(shared)
    put = put_for(*links(shared, wordnet, moby, terms))
    chance = random.Random(17)  # noqa: S311 (repeatable on purpose)

    def other_for(word: str) -> str:
        options = [found for table in put if (found := table.get(word))]
        return chance.choice(chance.choice(options)) if options else word

    def broken(a: str, b: str) -> str:
        kept = chance.random()
        return f"{a if kept < ONE else other_for(a)} {b if kept > 1.0 - ONE else other_for(b)}"

    return {
        f"{a} {b}": made
        for a, b in sorted(terms)
        if (made := sorted({broken(a, b) for _ in range(WAYS)} - {f"{a} {b}"}))
    }


def put_for(sure: dict[str, set[str]], others: Iterable[tuple[float, str, str]]) -> list[Near]:
    """Give for each genuine word what is put for it: attested, near, listed with it."""
    starts, flat = near_table()
    names, usual = vocabulary(), usual_in_vocabulary()[1]
    put = [defaultdict[str, list[str]](list) for _ in range(3)]
    for word, genuine in sure.items():
        for other in sorted(genuine):
            put[0][other].append(word)
    for word, at in content().items():
        for i in flat[starts[at] : starts[at + 1]].tolist():
            put[1][names[i]].append(word)
    for _, word, other in sorted(others, reverse=True):
        if len(put[2][other]) < WIDE and usual[content()[word]] >= USUAL:
            put[2][other].append(word)
    return [dict(table) for table in put]


def main(shared: Path, wordnet: Path, moby: Path) -> None:
    """Write the tables."""
    terms = bound_terms(shared)
    sure, others = links(shared, wordnet, moby, terms)
    likest = defaultdict[str, list[str]](list)
    worth = how_usual(terms)
    ranked = sorted(
        ((worth(like, word, other), word, other) for like, word, other in others), reverse=True
    )
    for _, word, other in ranked[:LIKEST]:
        likest[word].append(other)
    save(terms, sure, likest)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))

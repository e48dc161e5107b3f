"""Make the tables of expected wording in trust/data/wording: counts, words, neighbours.

Usage: python -m validation.wording_tables SHARED_DATA WORDNET_DICT GENERAL_DIR SPOKEN. Counts of
trial texts are our own; those of general English come from symspellpy's dictionaries (MIT; Google
Books Ngram, CC BY 3.0), those of English as it is spoken from the model SPOKEN that pocketsphinx
ships (BSD). Each of the three weighs as many words as our own corpus holds, so that neither
scholars' nor plain people's company of a word is strange. Neighbours come from WordNet (NOTICE)
and from our own list of what machines put on pages on health. A count is stored as
round(12 log2 count) in a byte, a word, pair or triple as 32 bits of hash.
"""

from __future__ import annotations

import gzip
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from validation.spinner_words import from_pages
from validation.spoken_english import Grams, spoken
from validation.wordnet import Lexicon, read_wordnet

from probatum.text.ngrams import halves, level, pair_keys, triple_keys, word_key

OUT = Path(__file__).parent.parent / "src/probatum/trust/data/wording"
GENERAL_TOKENS = 1.0e12  # of the general counts, roughly: only ratios are used
COMMON = 30_000
MOST = 40
FEWEST = 5
PAIRS, TRIPLES = 560_000, 500_000  # of spoken English: 3 MB


def counts(path: Path) -> Iterator[tuple[list[str], int]]:
    """Read a table of ours: n-gram and count."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            number, _, gram = line.rstrip("\n").partition("\t")
            words = gram.lower().split()
            if words and number.isdigit():
                yield words, int(number)


def general(path: Path, size: int) -> dict[tuple[str, ...], float]:
    """Read a dictionary of general English, scaled to the size of our own corpus."""
    found = {}
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        *words, number = line.split()
        if len(words) == size:
            found[tuple(words)] = float(number)
    return found


def save(name: str, keys: np.ndarray, numbers: Iterable[float]) -> None:
    """Save a hashed table, sorted by key; of two with one key the greater count stays."""
    best: dict[int, int] = {}
    for key, number in zip(keys.tolist(), numbers, strict=True):
        best[key] = max(level(number), best.get(key, 0))
    order = sorted(best)
    held, lower = halves(np.array(order, dtype=np.uint32))
    np.save(OUT / f"{name}_held.npy", held)
    np.save(OUT / f"{name}_keys.npy", lower)
    np.save(OUT / f"{name}_counts.npy", np.array([best[k] for k in order], dtype=np.uint8))
    sys.stdout.write(f"{name}: {len(order)} entries\n")


def save_sum(name: str, *parts: tuple[Mapping[tuple[str, ...], float], float]) -> None:
    """Save the sum of several tables, each with its scale."""
    both: Grams = defaultdict(float)
    for grams, scale in parts:
        for gram, n in grams.items():
            both[gram] += n * scale
    save(name, hashes(both, len(next(iter(both)))), both.values())


def hashes(grams: Iterable[tuple[str, ...]], size: int) -> np.ndarray:
    """Hash words, pairs or triples."""
    columns = np.array([[word_key(w) for w in gram] for gram in grams], dtype=np.uint64)
    if size == 1:
        return columns[:, 0].astype(np.uint32)
    make = pair_keys if size == 2 else triple_keys
    return make(*columns.T)


def neighbours(
    words: list[str], usual: Counter[str], lexicon: Lexicon, meant: dict[str, set[str]]
) -> None:
    """Save the vocabulary and, for each word, the numbers of its neighbours, usual ones first."""
    words = sorted(words, key=word_key)
    number = {word: at for at, word in enumerate(words)}
    starts = [0]
    flat = list[int]()
    for word in words:
        near = [n for n in lexicon.neighbours(word) | meant[word] if n in number and n != word]
        near.sort(key=lambda n: (-usual[n], n))
        flat.extend(number[n] for n in near[:MOST])
        starts.append(len(flat))
    np.save(OUT / "vocabulary_keys.npy", np.array([word_key(w) for w in words], dtype=np.uint32))
    np.save(OUT / "neighbours_held.npy", np.diff(starts).astype(np.uint8))
    np.save(OUT / "neighbours.npy", np.array(flat, dtype=np.uint16))
    with io.BytesIO() as buffer:
        with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as file:
            file.write("\n".join(words).encode())
        (OUT / "vocabulary.txt.gz").write_bytes(buffer.getvalue())
    sys.stdout.write(f"vocabulary: {len(words)} words, {len(flat)} neighbours\n")


def put_on_pages(words: list[str], usual: Counter[str], pages: dict[str, list[str]]) -> None:
    """Save how often each word of the vocabulary would be put for another on pages on health."""
    put = defaultdict[str, float](float)
    for word, others in pages.items():
        for other in others:
            put[other] += usual[word] / len(others)
    levels = [level(put[word]) for word in sorted(words, key=word_key)]
    np.save(OUT / "put_on_pages.npy", np.array(levels, dtype=np.uint8))


def unigrams(pairs: dict[tuple[str, ...], int]) -> Counter[str]:
    """Estimate counts of words as the greater of their sums on either side of a pair."""
    left, right = Counter[str](), Counter[str]()
    for (a, b), n in pairs.items():
        left[a] += n
        right[b] += n
    return Counter({w: max(left[w], right[w]) for w in left | right})


def vocabulary(own: Counter[str], words: dict[tuple[str, ...], float]) -> list[str]:
    """Choose words that are usual in either corpus, at most 65,535, no two with one hash."""
    common = {w for (w,), _ in sorted(words.items(), key=lambda i: -i[1])[:COMMON]}
    plain = {w for w in own if own[w] >= FEWEST and w.isascii() and w.isalpha()} | common
    seen: dict[int, str] = {}
    for word in sorted(plain, key=lambda w: (-own[w], w)):
        if len(word) > 1:
            seen.setdefault(word_key(word), word)
    return list(seen.values())[:65_535]


def main(shared: Path, wordnet: Path, dictionaries: Path, model: Path) -> None:
    """Write every table."""
    OUT.mkdir(exist_ok=True)
    pairs = {tuple(w): n for w, n in counts(shared / "trust/bigrams.tsv.gz") if len(w) == 2}
    triples = {tuple(w): n for w, n in counts(shared / "trust/trigrams.tsv.gz") if len(w) == 3}
    own = unigrams(pairs)
    words = general(next(dictionaries.glob("frequency_dictionary_en*.txt")), 1)
    books = general(next(dictionaries.glob("frequency_bigramdictionary_en*.txt")), 2)
    size = float(sum(own.values()))
    scale = size / GENERAL_TOKENS
    said = spoken(model, PAIRS, TRIPLES)
    save("words", hashes(((w,) for w in own), 1), own.values())
    save_sum("all_pairs", (pairs, 1.0), (books, scale), (said[1], size))
    save_sum("triples", (triples, 1.0), (said[2], size))
    kept = dict(sorted(words.items(), key=lambda i: -i[1])[: 2 * COMMON])
    save_sum("all_words", ({(w,): n for w, n in own.items()}, 1.0), (kept, scale), (said[0], size))
    usual = defaultdict(float, {w: n * scale for (w,), n in words.items()})
    mixed = Counter({w: int(own[w] + usual[w]) for w in set(own) | set(usual)})
    pages, meant = from_pages()[0], defaultdict(set)
    for word, others in pages.items():
        for other in others:
            meant[other].add(word)
    chosen = vocabulary(own, words)
    neighbours(chosen, mixed, read_wordnet(wordnet, set(mixed)), meant)
    put_on_pages(chosen, mixed, pages)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))

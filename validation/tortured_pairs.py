"""Make trust/data/tortured.tsv.gz and fixed_terms.tsv.gz: broken terms and the genuine ones.

Usage: python validation/tortured_pairs.py SHARED_DATA. The pairs lost their and/not conditions, so
a pair is kept only when its wording is not usual: one of its word pairs (or, for two or three
words, the phrase itself) stands in none of our n-gram tables (seen >= 5 times in 24 M words), and
a published pair of two words only when general English does not know it either (the table that
ships for the wording of a text): "search engine" is no broken term.
fixed_terms.txt is our own; its words are combined and filtered in the same way. A term without
columns takes what machines put for its words from spinner_senses.txt.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np

from probatum.text.ngrams import word_key
from probatum.trust.expectation import pair_count

HERE = Path(__file__).parent
OUT = HERE.parent / "src/probatum/trust/data"
MEMBER = "torturedcheck_tortured-phrases.json"
WORD = re.compile(r"[^\W_]+")


def grams(path: Path) -> set[str]:
    """Read the n-grams of a table, lower case."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {
            row[1].lower() for row in csv.reader(file, delimiter="\t", quoting=3) if len(row) > 1
        }


def unusual(words: list[str], bigrams: set[str], trigrams: set[str]) -> bool:
    """Tell whether clean trial texts do not use this wording."""
    pairs = [" ".join(words[i : i + 2]) for i in range(len(words) - 1)]
    triples = [" ".join(words[i : i + 3]) for i in range(len(words) - 2)]
    return any(pair not in bigrams for pair in pairs) or (
        len(words) >= 3 and all(triple not in trigrams for triple in triples)
    )


def from_pairs(shared: Path) -> Iterator[tuple[str, str]]:
    """Give the published pairs, cleaned of what is no pair."""
    with tarfile.open(shared / "trust/problematic_paper_screener_phrases.tar.gz") as archive:
        name = next(n for n in archive.getnames() if n.endswith(MEMBER))
        member = archive.extractfile(name)
        pairs = json.load(member)["phrases"] if member else []
    for pair in pairs:
        genuine = " ".join(pair["correct"].split()).partition(", see ")[0]
        phrase = " ".join(w.lower() for w in WORD.findall(pair["tortured"]))
        if genuine.strip("?") and phrase not in genuine.lower() and not _general(phrase):
            yield phrase, genuine


def _general(phrase: str) -> bool:
    """Tell whether general English knows a phrase of two words."""
    keys = [np.array([word_key(word)], dtype=np.uint32) for word in phrase.split()]
    return len(keys) == 2 and float(pair_count(*keys)[0]) > 0


def other_senses() -> dict[str, list[str]]:
    """Read our list of words of fixed terms and what machines put for them in another sense."""
    rows = (HERE / "spinner_senses.txt").read_text(encoding="utf-8").splitlines()
    given = (row.partition(" = ") for row in rows if not row.startswith("#"))
    return {word: others.replace("-", " ").split(",") for word, _, others in given}


def from_terms() -> Iterator[tuple[str, str]]:
    """Combine the near-synonyms of each fixed term; at least one word differs."""
    lines = (HERE / "fixed_terms.txt").read_text(encoding="utf-8").splitlines()
    plain = {line[1:].strip() for line in lines if line.startswith("!")}
    senses = other_senses()
    for line in lines:
        term, *columns = (part.strip() for part in line.split("|"))
        if line.startswith(("#", "!")) or not term:
            continue
        own = WORD.findall(term.lower())
        listed = [column.split(",") for column in columns] or [senses.get(w, []) for w in own]
        choices = [[*(w.strip() for w in given), own[i]] for i, given in enumerate(listed)]
        for chosen in product(*choices):
            words = WORD.findall(" ".join(chosen).lower())
            if words != own and " ".join(words) not in plain:
                yield " ".join(words), term


def write(name: str, pairs: Iterator[tuple[str, str]], tables: tuple[set[str], set[str]]) -> None:
    """Write a table, sorted, without a time stamp."""
    given = sorted(set(pairs))
    kept = [(p, g) for p, g in given if " " in p and unusual(p.split(), *tables)]
    text = "".join(f"{phrase}\t{genuine}\n" for phrase, genuine in kept)
    with io.BytesIO() as buffer:
        with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as file:
            file.write(text.encode())
        (OUT / name).write_bytes(buffer.getvalue())
    sys.stdout.write(f"{name}: {len(given)} pairs, {len(kept)} kept\n")


def main(shared: Path) -> None:
    """Write both tables."""
    tables = grams(shared / "trust/bigrams.tsv.gz"), grams(shared / "trust/trigrams.tsv.gz")
    write("tortured.tsv.gz", from_pairs(shared), tables)
    write("fixed_terms.tsv.gz", from_terms(), tables)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Read WordNet 3.0's files: neighbours of a word in the same inflection.

Neighbours are the words of its synsets and of those one step away (hypernym, hyponym, similar,
verb group, also see), of adjectives two. Only used to make tables.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

PARTS = ("noun", "verb", "adj", "adv")
NEAR = frozenset("@~&$^")
VOWELS = "aeiou"


@dataclass
class Lexicon:
    """Neighbours of lemmas by part of speech, and the inflected forms of each."""

    near: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    forms: dict[tuple[str, str], dict[str, set[str]]] = field(default_factory=dict)
    analyses: dict[str, list[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def neighbours(self, word: str) -> set[str]:
        """Give the neighbours of a form, in the same inflection."""
        found = set()
        for lemma, part, feature in self.analyses.get(word, ()):
            for other in self.near.get((lemma, part), ()):
                found |= self.forms.get((other, part), {}).get(feature, set())
        return found - {word}


def read_wordnet(folder: Path, known: set[str]) -> Lexicon:
    """Read the four parts of speech; forms that are not ``known`` words are dropped."""
    lexicon = Lexicon()
    for part in PARTS:
        irregular = exceptions(folder / f"{part}.exc")
        for lemma, other in links(folder / f"data.{part}"):
            lexicon.near[(lemma, part)].add(other)
        lemmas = sorted({lemma for lemma, p in lexicon.near if p == part and lemma in known})
        for lemma in lemmas:
            shaped = inflected(lemma, part, irregular.get(lemma, set()))
            kept = {f: {w for w in ws if w in known} for f, ws in shaped.items()}
            lexicon.forms[(lemma, part)] = kept
            for feature, words in kept.items():
                for word in words:
                    lexicon.analyses[word].append((lemma, part, feature))
    return lexicon


def exceptions(path: Path) -> dict[str, set[str]]:
    """Read irregular forms by lemma."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        form, *lemmas = line.split()
        for lemma in lemmas:
            found[lemma].add(form)
    return found


def links(path: Path) -> list[tuple[str, str]]:
    """Give (lemma, neighbour) pairs of single words."""
    synsets: dict[str, tuple[list[str], list[str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        parts = line.split(" | ")[0].split()
        size = int(parts[3], 16)
        words = [parts[4 + 2 * i].split("(")[0].lower() for i in range(size)]
        rest = parts[4 + 2 * size :]
        pointers = [rest[1 + 4 * i : 5 + 4 * i] for i in range(int(rest[0]))]
        targets = [p[1] for p in pointers if p[0] in NEAR and path.suffix[1:].startswith(_part(p))]
        synsets[parts[0]] = ([w for w in words if w.isalpha() and w.isascii()], targets)
    return [
        (lemma, other)
        for words, targets in synsets.values()
        for group in (words, *(synsets[t][0] for t in reached(synsets, targets, path.suffix)))
        for lemma in words
        for other in group
        if lemma != other
    ]


def reached(
    synsets: dict[str, tuple[list[str], list[str]]], targets: list[str], suffix: str
) -> list[str]:
    """Give the synsets one step away; of adjectives two: the others round the same head."""
    near = [t for t in targets if t in synsets]
    if suffix == ".adj":
        near += [further for t in near for further in synsets[t][1] if further in synsets]
    return near


def _part(pointer: list[str]) -> str:
    return {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}[pointer[2]]


def inflected(lemma: str, part: str, irregular: set[str]) -> dict[str, set[str]]:
    """Give the forms of a lemma by feature: base, s, ed, ing."""
    if part in {"adj", "adv"}:
        return {"base": {lemma}}
    if part == "noun":
        return {"base": {lemma}, "s": irregular or {plural(lemma)}}
    ing = {w for w in irregular if w.endswith("ing")}
    s = {w for w in irregular if w.endswith("s")}
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    past = lemma[:-1] + "ied" if lemma[-1] == "y" and lemma[-2:-1] not in VOWELS else stem + "ed"
    return {
        "base": {lemma},
        "s": s or {plural(lemma)},
        "ed": (irregular - ing - s) or {past},
        "ing": ing or {stem + "ing"},
    }


def plural(word: str) -> str:
    """Add the s of a plural or of the third person."""
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")

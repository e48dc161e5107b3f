"""Words of questions and tables made comparable: stems, abbreviations spelled out, rarity."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from probatum.model.document import Document
from probatum.text.abbreviations import abbreviations, noted

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.\u00b7]\d+)?")
_NEGATED = re.compile(r"\b(?:no|without|not|non|free of)[\s-]+(?=[a-z])")
_MARKS = "abcdefghijklm"  # footnotes
CAPITALS = re.compile(r"\b[A-Z]{2,6}\b")  # may be initials
_STEM = 6
_STOP_WORDS = """
the a an of in on at to for and or with by from per as is was were be been their its between among
versus vs than during within group groups arm patients participants subjects people adults number
percentage proportion percent rate value values total overall score scores level levels mean
means sd se n no p i e using used who that which end study trial both all data
treatment therapy intervention differences difference
"""
_GENERIC_WORDS = """
rate level score change proportion percentage incidence number improvement improve outcome effect
measure measurement result mean total overall end treatment value patient group differences
questionnaire scale frequency occurrence amount status ratio
higher lower greater reduction reduced increase increased decrease decreased better worse
"""
_GREEK = str.maketrans(
    {"\u03b1": " alpha ", "\u03b2": " beta ", "\u03b3": " gamma ", "\u03bc": "u"}
)
_SAME = {
    "mortal": "death", "deaths": "death", "died": "death", "weigh": "weight", "hospit": "hospit",
    "severi": "intens", "advers": "advers", "side": "advers", "durati": "time", "length": "time",
    "period": "time", "baseli": "baseli", "hemogl": "haemog", "hospita": "hospit",
}  # fmt: skip


def stem(word: str) -> str:
    """Cut a word to what its forms share.

    >>> stem("operative") == stem("operation"), stem("scores")
    (True, 'score')
    """
    cut = word if word[0].isdigit() else word[:_STEM]
    cut = cut[:-1] if len(word) <= _STEM and len(word) > 3 and cut.endswith("s") else cut
    return _SAME.get(cut, cut)


STOP = frozenset(stem(word) for word in _STOP_WORDS.split())
GENERIC = frozenset(stem(word) for word in _GENERIC_WORDS.split())


def folded(text: str) -> str:
    """Fold case, Greek letters and "no X" (which becomes one word)."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_GREEK)
    return _NEGATED.sub("no", plain)


def stems(text: str, *, keep: bool = False) -> list[str]:
    """Give the stems of a text in order; words that say nothing are left out unless ``keep``.

    >>> stems("Mean duration of surgery (no drain)")
    ['time', 'surger', 'nodrai']
    """
    found = (stem(word) for word in _TOKEN.findall(folded(text)))
    return [word for word in found if keep or not (word in STOP or _marked(word))]


def _marked(word: str) -> bool:
    """Whether a word is an empty one with the letter of a footnote: "scorea"."""
    return len(word) > 4 and word[-1] in "abcdef" and stem(word[:-1]) in STOP


def initialled(short: str, name: str) -> list[str]:
    """Give the words in a row whose initials spell a short form; none where they do not.

    >>> initialled("CBT", "group cognitive behaviour therapy"), initialled("UC", "therapy")
    (['cognitive', 'behaviour', 'therapy'], [])
    """
    words = re.findall(r"[a-z]+", folded(name))
    initials = "".join(word[0] for word in words)
    at = initials.find(short.lower())
    return words[at : at + len(short)] if at >= 0 else []


@dataclass(frozen=True, slots=True)
class Wording:
    """How a document speaks: what it abbreviates, and how many of its blocks use each stem."""

    short: Mapping[str, str]
    uses: Mapping[str, int]
    blocks: int

    def spelled(self, text: str) -> frozenset[str]:
        """Give the stems of a text and of what its abbreviations stand for."""
        found = set(stems(text))
        for word in re.findall(r"[A-Za-z0-9+/-]+", text):
            long = self._long(word)
            found.update(stems(long) if long else ())
            if len(word) > 4 and word[-1] in _MARKS and self.uses.get(stem(word[:-1].lower())):
                found.add(stem(word[:-1].lower()))
        return frozenset(found)

    def _long(self, word: str) -> str | None:
        """Look an abbreviation up: as it stands, in the singular, or that of "ABCtotal"."""
        opening = re.match(r"[A-Z]{3,}(?=[a-z])|[A-Z][A-Za-z]+(?=-)", word)
        forms = (word, word.upper(), word.removesuffix("s"), opening[0] if opening else "")
        return next((self.short[form] for form in forms if form in self.short), None)

    def weight(self, word: str) -> float:
        """Weigh a stem: rare ones much, generic ones little, unknown ones somewhat."""
        if word in GENERIC:
            return 0.15
        if word[0].isdigit():
            return 0.4  # "4" of "IL-4" says little
        used = self.uses.get(word, 0)
        return math.log((self.blocks + 1) / used) + 0.3 if used else 0.8

    def weigh(self, words: Iterable[str]) -> float:
        """Weigh several stems together."""
        return sum(self.weight(word) for word in words)


def wording(document: Document) -> Wording:
    """Read the abbreviations and the word counts of a document; linear in its text."""
    text = document.text
    uses: Counter[str] = Counter()
    notes: dict[str, str] = {}
    for block in document.blocks:
        said = text[block.start : block.end]
        uses.update(set(stems(said[:20_000])))
        if len(said) < 1_500 and block.kind != "reference":
            notes.update(noted(said))
    short = notes | abbreviations(text)
    short |= {key[:-1]: long for key, long in short.items() if key.endswith("s") and len(key) > 2}
    return Wording(short, uses, max(1, len(document.blocks)))

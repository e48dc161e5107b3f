"""The drug that a sentence of a page speaks of without its name, carried on from those before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.text.anaphora import BARE, NOUN
from probatum.text.terms import Matcher
from probatum.trust.sentence import Sentence

_NEAR, _FAR = 1, 4  # sentences: further back a noun stands for something else
_LONGEST = 2_000
_OTHER = frozenset({"drug", "comparator"})
_ASIDE = re.compile(
    r"\b(?:unlike|than|instead of|besides|apart from|rather than) (?:\w+ )?$", re.IGNORECASE
)
_OBJECT = re.compile(
    r"\b(?:take|taking|use|using|have|having|try|trying|get|getting|receive|combine|avoid"
    r"|avoiding|on|to|with|of) (?:it|them)\b",
    re.IGNORECASE,
)
# What is said to the reader of a page on a treatment is said of the treatment.
_READER = re.compile(
    r"\b(?:you|your|yourself|(?:nobody|no one) (?:needs?|has)|drips?|infusions?)\b"
    r"|\b(?:each|a|every) session\b"
    r"|\bno (?:reason|obstacle|barrier|need)\b",
    re.IGNORECASE,
)


def carried(sentences: Sequence[Sentence], words: Matcher) -> dict[int, frozenset[str]]:
    """Give the drugs of sentences that name none, by where the sentence starts.

    A pronoun reaches one sentence back, a noun ("the infusion") or the word to the reader four;
    another medicine named between ends it. A heading does not lengthen the way.
    """
    made: dict[int, frozenset[str]] = {}
    drugs: frozenset[str] = frozenset()
    ago = 0
    for sentence in sentences:
        text = sentence.text[:_LONGEST]
        named = [(m.start, k, n) for m in words.find(text) for k, n in m.terms if k in _OTHER]
        if named:
            drugs = frozenset(
                n for at, k, n in named if k == "drug" and not _ASIDE.search(text[:at])
            )
            ago = 0 if len(drugs) == len({n for _, _, n in named}) else _NEAR
        elif drugs:
            ago += sentence.block.kind not in {"title", "heading"}
            if _speaks_of_it(text, ago):
                made[sentence.start] = drugs
                ago = min(ago, _NEAR)
    return made


def _speaks_of_it(text: str, ago: int) -> bool:
    if BARE.match(text) or _OBJECT.search(text):
        return ago <= _NEAR
    return ago <= _FAR and bool(NOUN.match(text) or _READER.search(text))

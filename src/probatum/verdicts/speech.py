"""How sentences speak of a therapy: lists of cues, and which sentences can claim anything."""

from __future__ import annotations

import re
from functools import cache

from probatum.text.assertions import assertions
from probatum.text.concepts import Concept
from probatum.text.lexicon import load, words

_WHOLE = frozenset({"never_claim", "no_claim"})
_WORDS = re.compile(r"[^\W\d_]{4,}")


@cache
def cue(name: str) -> re.Pattern[str]:
    """Give a list of ``speech.toml`` as one pattern, whole sentences as they are.

    >>> bool(cue("rapid").search("It acts within a few hours."))
    True
    """
    listed = load("probatum.verdicts", "speech.toml")[name]
    return re.compile("|".join(listed) if name in _WHOLE else words(listed), re.IGNORECASE)


def may_claim(sentence: str) -> bool:
    """Tell whether a sentence can claim anything: it asks nothing, calls for nothing, is no title.

    >>> may_claim("Drug X is given once."), may_claim("Is it safe?"), may_claim("Uses of Drug X")
    (True, False, False)
    """
    if cue("never_claim").search(sentence):
        return False
    return not _is_title(sentence) or bool(cue("title_claim").search(sentence))


def is_claim(sentence: str, found: list[Concept], implied: str | None) -> bool:
    """Tell whether a sentence says something of a drug that evidence could bear on."""
    if not (implied or any(c.kind == "drug" for c in found)) or cue("no_claim").search(sentence):
        return False
    return bool(cue("predicate").search(sentence) or assertions(sentence))


def _is_title(sentence: str) -> bool:
    """Whether most words begin with a capital and no full stop ends them."""
    if sentence.rstrip()[-1:] in ".!;":
        return False
    found = _WORDS.findall(sentence)
    return not found or sum(word[0].isupper() for word in found) > 0.6 * len(found)

"""How sentences speak of a therapy: lists of cues, and which sentences can claim anything."""

from __future__ import annotations

import re
from functools import cache

from probatum.text.assertions import assertions
from probatum.text.concepts import Concept
from probatum.text.hazards import main_and_side
from probatum.text.lexicon import load, words

_WHOLE = frozenset({"never_claim", "no_claim", "relayed"})
_WORDS = re.compile(r"[^\W\d_]{4,}")
_FEW = 3  # words: what is longer and ends in a stop is no label
_NOUNS = frozenset({"effects", "effectiveness", "approved", "licensed", "used", "benefits"})
_ENDS = frozenset('.!;,\u2026"\u201d\u2019)]')


@cache
def cue(name: str) -> re.Pattern[str]:
    """Give a list of ``speech.toml`` as one pattern, whole sentences as they are.

    >>> bool(cue("rapid").search("It acts within a few hours."))
    True
    """
    listed = load("probatum.verdicts", "speech.toml")[name]
    return re.compile("|".join(listed) if name in _WHOLE else words(listed), re.IGNORECASE)


@cache
def _named(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = load("probatum.verdicts", "speech.toml")[table]
    return tuple((name, re.compile(words(one), re.IGNORECASE)) for name, one in lists.items())


def cues_in(table: str, text: str) -> frozenset[str]:
    """Give the names of those lists of a table of ``speech.toml`` that a text meets.

    >>> sorted(cues_in("times", "better the next day, and for years"))
    ['day', 'long']
    """
    return frozenset(name for name, pattern in _named(table) if pattern.search(text))


@cache
def phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the phrases that say what a verb of effect says, by direction."""
    lists = load("probatum.verdicts", "speech.toml")["phrases"]
    return tuple((name, re.compile(words(one), re.IGNORECASE)) for name, one in lists.items())


def may_claim(sentence: str) -> bool:
    """Tell whether a sentence can claim anything: it asks nothing, calls for nothing, is no title.

    >>> may_claim("Drug X is given once."), may_claim("Is it safe?"), may_claim("Uses of Drug X")
    (True, False, False)
    """
    if cue("never_claim").search(sentence):
        return False
    return not is_title(sentence) or bool(cue("title_claim").search(sentence))


def is_claim(sentence: str, found: list[Concept], implied: str | None) -> bool:
    """Tell whether a sentence says something of a drug that evidence could bear on."""
    drugs = [c.start for c in found if c.kind == "drug"]
    for start, end in _clauses(sentence):
        clause = sentence[start:end]
        about = implied or any(start <= at < end for at in drugs)
        if about and not cue("no_claim").search(clause) and _says(clause):
            return True
    return False


def _clauses(sentence: str) -> list[tuple[int, int]]:
    """Give the clauses; what a mere "and" goes on with belongs to the one before."""
    made: list[tuple[int, int]] = []
    for start, end in main_and_side(sentence):
        goes_on = made and sentence.startswith((", and", ", or"), start)
        made.append((made.pop()[0], end) if goes_on else (start, end))
    return made


def _says(clause: str) -> bool:
    if clause.rstrip()[-1:] in _ENDS and len(_WORDS.findall(clause)) > _FEW:
        return True
    return bool(cue("predicate").search(clause) or assertions(clause))


def is_title(sentence: str) -> bool:
    """Whether nothing ends the words and most have a capital, or none is a verb.

    >>> is_title("Uses of Drug X"), is_title("All about drug X for pain"), is_title("It helps")
    (True, True, False)
    """
    names = _WORDS.findall(sentence)
    capital = sum(word[0].isupper() for word in names)
    if sentence.rstrip()[-1:] in _ENDS and not capital == len(names) > _FEW:
        return False
    if not _finite(sentence):
        return True
    return not names or capital > 0.6 * len(names)


def _finite(sentence: str) -> bool:
    """Whether a verb stands in a form that can state something."""
    if cue("predicate").search(sentence) or cue("title_claim").search(sentence):
        return True
    verbs = (sentence[a.start : a.end].split(maxsplit=1)[0] for a in assertions(sentence))
    return any(verb[-1] == "s" or verb.endswith("ed") for verb in verbs if verb not in _NOUNS)

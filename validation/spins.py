"""Make machine paraphrase of clean texts in several ways and strengths, with what was replaced.

The ways: ``wordnet`` (neighbours as in trust/data/wording), ``far`` (neighbours of these),
``phrases`` (our own list of clumsy rewritings, and a few neighbours), ``pages`` (our own list of
what machines put on pages on health, spinner_words.txt), ``thesaurus`` (a JSON object of words and
near words from another thesaurus; made outside, never shipped, never trained on). The articles are
CC-BY; what is made of them is not kept.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from validation.spinner_words import from_pages

from probatum.text.ngrams import word_key
from probatum.trust.expectation import grammar, neighbours, vocabulary

WORD = re.compile(r"[A-Za-z]+")
RUN = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){0,5}")
CAPITAL = 0.04  # of the replaced words begin with a capital, as spinning tools leave them
PHRASES = 2.5  # how much likelier a phrase is rewritten than a word replaced
REWRITINGS = """
such as=for example,for instance; in order to=with a purpose to,so that you can
as well as=in addition to; a number of=quite a few,a variety of
based on=depending on,dependant on; because of=on account of,as a result of
due to=owing to,thanks to; compared with=in comparison to,when compared to
according to=in accordance with; may=may possibly,might; approximately=close to,about
significantly=drastically,appreciably; however=even so,on the other hand
in addition=additionally,moreover; between=among,involving
during=throughout,in the course of; patients=clients,sufferers
treatment=treatment method,remedy; results=outcomes,final results; study=examine,research
used=utilized,employed; showed=confirmed,exhibited; increased=elevated,amplified
reduced=lowered,diminished; effects=outcomes,consequences; use=utilization,usage
high=superior,substantial; low=lower,minimal; after=following,right after
important=critical,crucial,vital; associated with=linked to,connected with
information=info,facts; include=contain,incorporate; several=many,various
different=distinct,diverse; both=equally,each; include=consist of
was performed=was executed; need=want,have to have; found=discovered,observed
levels=amounts,concentrations; only=just,merely; most=the vast majority of
number=quantity,range; people=individuals,folks; common=typical,frequent
well=properly,nicely; main=principal,primary
"""


@dataclass(frozen=True, slots=True)
class Way:
    """Near words, phrases with what is put for them, and the share of words left alone more."""

    near: Mapping[str, Sequence[str]]
    phrases: Mapping[str, Sequence[str]]
    fewer: float = 0.0


@dataclass(frozen=True, slots=True)
class Spin:
    """A spun text, and the places in it that were changed, with what stood there."""

    text: str
    changed: tuple[tuple[int, int, str], ...]


def rewritings() -> dict[str, list[str]]:
    """Read our own list."""
    entries = (entry.partition("=") for entry in REWRITINGS.replace("\n", ";").split(";"))
    return {key.strip(): value.split(",") for key, _, value in entries if value}


def from_tables() -> dict[str, list[str]]:
    """Give the neighbours of every word of the shipped table."""
    words = vocabulary()
    keys = np.array([word_key(w) for w in words], dtype=np.uint32)
    flat, counts = neighbours(keys)
    ends = np.cumsum(counts)
    return {
        word: [words[i] for i in flat[end - n : end]]
        for word, n, end in zip(words, counts, ends, strict=True)
        if n
    }


def further(near: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Give neighbours of neighbours, one of each neighbour."""
    return {
        word: [
            near[other][at % len(near[other])] for at, other in enumerate(others) if other in near
        ]
        for word, others in near.items()
    }


def ways(thesaurus: Path | None) -> dict[str, Way]:
    """Give each way's near words and the phrases that it rewrites."""
    near = from_tables()
    found = {
        "wordnet": Way(near, {}),
        "phrases": Way(near, rewritings(), 0.6),
        "pages": Way(*from_pages()),
        "far": Way(further(near), {}),
    }
    if thesaurus:
        found["thesaurus"] = Way(json.loads(thesaurus.read_text(encoding="utf-8")), {})
    return found


def spin(text: str, way: Way, *, strength: float, seed: int) -> Spin:
    """Replace a share of the words of content by near ones."""
    chance = random.Random(seed)  # noqa: S311 (no secret: repeatable on purpose)
    longest = max((phrase.count(" ") + 1 for phrase in way.phrases), default=0)
    pieces: list[str] = []
    changed: list[tuple[int, int, str]] = []
    at = length = 0
    for match in WORD.finditer(text):
        if match.start() < at:
            continue
        phrase = longest_phrase(text, match.start(), way.phrases, longest)
        old, new = match.group(), ""
        if phrase and chance.random() < PHRASES * strength:
            old, new = phrase, chance.choice(way.phrases[phrase])
        elif chance.random() < strength * (1.0 - way.fewer):
            new = replacement(old, way.near, chance)
        pieces += [text[at : match.start()], new or old]
        length += match.start() - at
        if new:
            changed.append((length, length + len(new), old))
        length += len(new or old)
        at = match.start() + len(old)
    return Spin("".join([*pieces, text[at:]]), tuple(changed))


def longest_phrase(text: str, at: int, phrases: Mapping[str, Sequence[str]], most: int) -> str:
    """Give the longest of the phrases, of ``most`` words, that stands at a place; "" for none."""
    if at and (text[at - 1].isalnum() or text[at - 1] == "_"):
        return ""
    run = RUN.match(text, at) if most else None
    words = run.group().split(" ")[:most] if run else []
    for size in range(len(words), 0, -1):
        phrase = " ".join(words[:size])
        behind = text[at + len(phrase) : at + len(phrase) + 1]
        if phrase in phrases and not (behind.isalnum() or behind == "_"):
            return phrase
    return ""


def replacement(word: str, near: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """Choose a near word; "" where there is none."""
    options = near.get(word, ())[:10] if word not in grammar() and len(word) > 2 else ()
    if not options:
        return ""
    new = chance.choice(options)
    return new.capitalize() if chance.random() < CAPITAL else new

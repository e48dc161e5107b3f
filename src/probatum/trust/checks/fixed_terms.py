"""Fixed terms replaced by a literal paraphrase (Cabanac, Labbe & Magazinov 2021)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from probatum.text.terms import Matcher, matcher
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_TABLES = ("fixed_terms.tsv.gz", "tortured.tsv.gz")


def tortured_phrase(subject: Subject) -> Iterator[Sign]:
    """A broken fixed term, with the genuine one proposed."""
    table = _table()
    for sentence in subject.holding(table):
        for match in table.find(sentence.text):
            genuine = tuple(name for _, name in match.terms)[:3]
            yield Sign(
                "A fixed term seems to be replaced by a literal paraphrase.",
                f"{sentence.text[match.start : match.end]!r} is listed for {genuine[0]!r}",
                sentence.start + match.start,
                sentence.start + match.end,
                genuine,
            )


@cache
def _table() -> Matcher:
    """Read both tables (16,900 pairs in some 200 ms)."""
    return matcher(row for number, name in enumerate(_TABLES) for row in _rows(number, name))


def _rows(number: int, name: str) -> Iterator[tuple[str, str, str]]:
    data = files("probatum.trust").joinpath("data", name).read_bytes()
    for line in gzip.decompress(data).decode("utf-8").splitlines():
        phrase, _, genuine = line.partition("\t")
        yield str(number), genuine, phrase

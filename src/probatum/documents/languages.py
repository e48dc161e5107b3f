"""Names of languages as one kind of code."""

from __future__ import annotations

# ISO 639-2 (bibliographic and terminological), as MEDLINE writes them, to ISO 639-1.
_CODES = dict(
    pair.split(":")
    for pair in [
        "eng:en",
        "fre:fr",
        "fra:fr",
        "ger:de",
        "deu:de",
        "spa:es",
        "por:pt",
        "ita:it",
        "dut:nl",
        "nld:nl",
        "rus:ru",
        "chi:zh",
        "zho:zh",
        "jpn:ja",
        "kor:ko",
        "pol:pl",
        "cze:cs",
        "ces:cs",
        "dan:da",
        "swe:sv",
        "nor:no",
        "fin:fi",
        "hun:hu",
        "tur:tr",
        "ara:ar",
        "heb:he",
        "per:fa",
        "fas:fa",
        "gre:el",
        "ell:el",
        "rum:ro",
        "ron:ro",
        "bul:bg",
        "hrv:hr",
        "srp:sr",
        "slo:sk",
        "slk:sk",
        "slv:sl",
        "ukr:uk",
        "lit:lt",
        "lav:lv",
        "est:et",
        "ice:is",
        "isl:is",
        "cat:ca",
        "tha:th",
        "vie:vi",
        "hin:hi",
    ]
)
_NAMES = {
    "english": "en",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "portuguese": "pt",
    "italian": "it",
    "chinese": "zh",
    "japanese": "ja",
    "russian": "ru",
    "dutch": "nl",
}


def language_tag(value: str) -> str | None:
    """Give the short code of a language; what is not known stays as it is printed.

    >>> language_tag("eng"), language_tag("EN"), language_tag("English"), language_tag("")
    ('en', 'en', 'en', None)
    """
    word = value.strip()
    short = word.lower()
    return _CODES.get(short) or _NAMES.get(short) or (short if len(short) == 2 else word) or None

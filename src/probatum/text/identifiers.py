"""Identifiers of works and persons: found, checked and written in one way."""

from __future__ import annotations

import re
from urllib.parse import unquote

# Crossref's recommended pattern, widened; the end is trimmed afterwards. The bound keeps trimming
# cheap; the longest registered DOIs that were met have some 150 characters.
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>{}|\\^`\[\]]{1,300}")
_DOI_END = ".,;:!?'*\u2019\u201d"
_PMCID = re.compile(r"\bPMC\s?(\d{1,9})\b", re.IGNORECASE)
_PMID = re.compile(
    r"\s*(?:pmid|pubmed|medline)?[\s:]{0,9}0{0,9}([1-9]\d{0,8})\.?\s*", re.IGNORECASE
)
_NCT = re.compile(r"\bNCT\s?0?(\d{8})\b", re.IGNORECASE)
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.IGNORECASE)


def normal_doi(value: str) -> str | None:
    """Give the DOI in a value in lower case without resolver, or None.

    >>> normal_doi("https://doi.org/10.1000/ABC.1."), normal_doi("see 10.1000")
    ('10.1000/abc.1', None)
    """
    found = _DOI.search(unquote(value) if "%2" in value else value)
    if not found:
        return None
    doi: str = found[0].lower()
    return doi if doi[-1].isalnum() else _trimmed(doi)


def find_dois(text: str) -> list[tuple[int, int, str]]:
    """Find all DOIs in a text as (start, end, normal form).

    >>> find_dois("DOI: 10.1000/a(1)b.")
    [(5, 18, '10.1000/a(1)b')]
    """
    found = []
    for match in _DOI.finditer(text):
        doi = _trimmed(match[0])
        found.append((match.start(), match.start() + len(doi), doi.lower()))
    return found


def _trimmed(doi: str) -> str:
    """Take off what a sentence put behind a DOI; a bracket only when it was not opened."""
    while True:
        short = doi.rstrip(_DOI_END)
        if short.endswith(")") and short.count("(") < short.count(")"):
            short = short[:-1]
        if short == doi:
            return doi
        doi = short


def normal_pmid(value: str) -> str | None:
    """Give a PubMed identifier as digits without leading zeros, or None.

    >>> normal_pmid("PMID: 0012345"), normal_pmid("12a")
    ('12345', None)
    """
    if value.isdecimal() and value.isascii() and value[0] != "0" and len(value) < 10:
        return value
    found = _PMID.fullmatch(value[:60])
    return found[1] if found else None


def normal_pmcid(value: str) -> str | None:
    """Give a PubMed Central identifier as ``PMC`` and digits, or None.

    >>> normal_pmcid("pmc 123"), normal_pmcid("123")
    ('PMC123', None)
    """
    found = _PMCID.search(value)
    return f"PMC{found[1]}" if found else None


def find_ncts(text: str) -> tuple[str, ...]:
    """Find all ClinicalTrials.gov numbers in a text, each once, in order.

    >>> find_ncts("nct01234567 and NCT 01234567")
    ('NCT01234567',)
    """
    if "NCT" not in text and "nct" not in text.lower():  # a tenth of the cost of the search
        return ()
    return tuple(dict.fromkeys(f"NCT{found}" for found in _NCT.findall(text)))


def normal_orcid(value: str) -> str | None:
    """Give an ORCID iD in its hyphenated form, or None (the check digit is not verified).

    >>> normal_orcid("https://orcid.org/0000-0002-1825-0097")
    '0000-0002-1825-0097'
    """
    found = _ORCID.search(value)
    return "-".join(found.groups()).upper() if found else None

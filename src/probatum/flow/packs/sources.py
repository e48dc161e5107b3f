"""Where a fact of a pack stands: addresses, DOIs and PubMed identifiers with their resolvers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from probatum.flow.packs.columns import doi, pmid
from probatum.model.pack import SourceLink

DOI_RESOLVER = "https://doi.org/"
PMID_RESOLVER = "https://pubmed.ncbi.nlm.nih.gov/"
# Where an address stays what it was; elsewhere copies move, ask for consent or want a login.
_LASTING = frozenset(
    {"doi.org", "www.doi.org", "pubmed.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov",
     "www.ncbi.nlm.nih.gov", "clinicaltrials.gov", "www.clinicaltrials.gov"}
)  # fmt: skip
# What a study itself published; a number of a review or a news page does not stand there.
_OWN = re.compile(r"^(?!secondary|review)(?=.*\b(?:abstract|primary)\b)", re.IGNORECASE)


def source_link(item: str, locator: str | None = None, kind: str = "") -> SourceLink:
    """Make a link of ``doi:10...``, ``pmid:123`` or an http(s) address; else ValueError.

    >>> source_link("pmid:18377706").url
    'https://pubmed.ncbi.nlm.nih.gov/18377706/'
    """
    scheme, _, rest = item.partition(":")
    if scheme == "doi":
        return SourceLink(DOI_RESOLVER + str(doi(rest)), locator, doi=rest, kind=kind)
    if scheme == "pmid":
        return SourceLink(f"{PMID_RESOLVER}{pmid(rest)}/", locator, pmid=rest, kind=kind)
    if scheme not in {"http", "https"} or not rest.startswith("//") or " " in item:
        raise ValueError(f"{item[:80]!r} is not an http(s) address, doi:... or pmid:...")
    return SourceLink(item, locator, kind=kind)


def lasting(url: str) -> bool:
    """Tell whether an address is that of a resolver or an archive.

    >>> lasting("https://doi.org/10.1000/x"), lasting("https://example.org/consent?to=x")
    (True, False)
    """
    return urlsplit(url).netloc in _LASTING


def lasting_first(
    read_at: SourceLink | None, others: Sequence[SourceLink], named: Sequence[SourceLink]
) -> tuple[SourceLink, ...]:
    """Order the links of a row: where it was read, ``others``, then its identifiers, ``named``.

    A copy of the study's own abstract or text elsewhere comes after its identifier, which leads
    to the same place and lasts: an abstract's PMID, else its DOI. What others wrote about the
    study (kind "secondary ...") comes after its identifier too, and keeps its locator.

    >>> copy = source_link("https://example.org/consent?to=x", "Abstract", "abstract")
    >>> [link.url for link in lasting_first(copy, (), [source_link("doi:10.1000/x")])]
    ['https://doi.org/10.1000/x', 'https://example.org/consent?to=x']
    """
    if read_at is None:
        return distinct([*others, *named])
    if named and read_at.kind.lower().startswith("secondary") and not lasting(read_at.url):
        return distinct([named[0], read_at, *others, *named])
    if not named or lasting(read_at.url) or not _OWN.match(read_at.kind):
        return distinct([read_at, *others, *named])
    abstract = "abstract" in read_at.kind.lower()
    best = next((link for link in named if (link.pmid is not None) == abstract), named[0])
    placed = SourceLink(best.url, read_at.locator, best.doi, best.pmid, read_at.kind)
    return distinct([placed, read_at, *others, *named])


def distinct(links: Iterable[SourceLink]) -> tuple[SourceLink, ...]:
    """Keep the first link of each address."""
    seen: dict[str, SourceLink] = {}
    for link in links:
        seen.setdefault(link.url, link)
    return tuple(seen.values())

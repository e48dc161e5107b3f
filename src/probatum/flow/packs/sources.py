"""Where a fact of a pack stands: addresses, DOIs and PubMed identifiers with their resolvers."""

from __future__ import annotations

from collections.abc import Iterable

from probatum.flow.packs.columns import doi, pmid
from probatum.model.pack import SourceLink

DOI_RESOLVER = "https://doi.org/"
PMID_RESOLVER = "https://pubmed.ncbi.nlm.nih.gov/"


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


def distinct(links: Iterable[SourceLink]) -> tuple[SourceLink, ...]:
    """Keep the first link of each address."""
    seen: dict[str, SourceLink] = {}
    for link in links:
        seen.setdefault(link.url, link)
    return tuple(seen.values())

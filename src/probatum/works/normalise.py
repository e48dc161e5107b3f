"""Cards made comparable: folded titles, name tokens, first and last page, signs of a notice."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from probatum.model.document import Author, Identifiers, Metadata
from probatum.model.work import Card

_GREEK = {
    "α": " alpha ", "β": " beta ", "γ": " gamma ", "δ": " delta ", "ε": " epsilon ",
    "κ": " kappa ", "λ": " lambda ", "μ": " mu ", "µ": " mu ", "σ": " sigma ", "ω": " omega ",
}  # fmt: skip
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_WORD_ASCII = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"\d+")
_PAGES = re.compile(r"([a-z]*)0*(\d+)([a-z]*)(?:[^\da-z]+([a-z]*)0*(\d+))?")
#: What databases add behind a title, to the end: "[Erratum appears in ...]", "[Review] [45 refs]".
_ANNOTATION = re.compile(
    r"\s*\[(?:see comments?|review|\d+ refs?|errat|comments?\b|abstract\b|letter\]|editorial\]|"
    r"corrected|in process citation|republished|summary for patients|retracted).*$",
    re.IGNORECASE | re.DOTALL,
)
#: "Retracted: ..." stands before the title of the article itself; a notice says "Retraction: ...".
_RETRACTED = re.compile(
    r"^\W*(?:retracted|withdrawn)(?:\s+(?:article|paper|chapter))?\s*[:\]\-\u2013\u2014]+\s*",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^(?:re )?(?:published )?(?:"
    r"(?P<corrects>errat(?:um|a)|corrigend(?:um|a)|correction|addendum)|"
    r"(?P<retracts>retraction|withdrawal|notice of retraction|retraction note)|"
    r"(?P<concerns>(?:editorial )?expression of concern)|"
    r"(?P<comments>(?:authors? s? ?)?reply|(?:in )?response|comments?|commentary|letter))\b|"
    r"\b(?P<corrects_>(?:erratum|corrigendum)\b.{0,40}|vol \w+ pg \w+ \d{4})$|"
    r"\b(?P<comments_>authors? s? ?reply|reply|editorial comment|letter to the editor|"
    r"reply to .{1,40})$"
)
#: What databases put behind the title of a notice: the place of the article that it is about.
#: "(vol 12, pg 101, 2016)" in Web of Science, "(Eur J Invent Med (2016) 12 (101-109))" in Embase.
_ABOUT = re.compile(
    r"\s*\((?:vol \w{1,9}, pg? \w{1,9}, \d{4}|[^()]{3,160}\([^()]{0,24}\d{4}\)[^()]{0,40}"
    r"\([^()]{1,40}\)(?:[, ]{1,3}\([^()]{1,80}\)){0,3})\)\W*$",
    re.IGNORECASE,
)
#: One plain search spares nine titles in ten the costly pattern.
_NOTICE_HINT = re.compile(
    r"errat|corri|correction|addend|retract|withdraw|concern|repl[yi]|respon|comment|letter| vol "
)
_NOTICE_TYPES = {
    "published erratum": "corrects",
    "erratum": "corrects",
    "correction": "corrects",
    "retraction of publication": "retracts",
    "retraction notice": "retracts",
    "expression of concern": "raises-concern-about",
}
_NOTICE_KINDS = {
    "corrects": "corrects",
    "corrects_": "corrects",
    "retracts": "retracts",
    "concerns": "raises-concern-about",
    "comments": "comments-on",
    "comments_": "comments-on",
}
_PREPRINT = re.compile(r"\b[a-z]*rxiv\b|\bpreprints?\b|\bresearch square\b|\bssrn\b")
_PREPRINT_DOIS = ("10.1101/", "10.48550/arxiv", "10.21203/rs", "10.31234/", "10.2139/ssrn")


class Key(NamedTuple):
    """A card as matching sees it; unknown is "" or 0 or an empty set.

    ``title`` is folded words, ``compact`` the same without spaces; ``numbers`` the numbers of the
    title in order; ``names`` the folded words of each author; ``page`` and ``last`` whole page
    numbers with leading letters ("s12"); ``abstract`` its beginning as it stands;
    ``notice`` what a notice does to another work (``"corrects"``); ``registered`` marks the
    record of a trial register.
    """

    document: str
    identifiers: Identifiers
    title: str
    compact: str
    numbers: tuple[str, ...]
    year: int
    names: tuple[frozenset[str], ...]
    authors: tuple[Author, ...]
    container: str
    volume: str
    issue: str
    page: str
    last: str
    abstract: str
    notice: str
    preprint: bool
    registered: bool


def fold(text: str) -> str:
    """Lower case, no accents, Greek letters by name, no markup; words parted by one space.

    >>> fold("Effects of <i>N</i>-acetyl-β-D  Glucosamine: Café &amp; Röntgen")
    'effects of n acetyl beta d glucosamine cafe rontgen'
    """
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    if text.isascii():
        return _NOT_WORD_ASCII.sub(" ", text.lower()).strip()
    # Lower case again: letters of mathematics have none of their own, what they stand for has.
    text = unicodedata.normalize("NFKD", text.lower()).lower()
    text = "".join(_GREEK.get(c, c) for c in text if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", text).strip()


def pages(text: str) -> tuple[str, str]:
    """First and last page, the last one written out where it is abbreviated.

    >>> pages("1145-55"), pages("H971--H976"), pages("S52")
    (('1145', '1155'), ('h971', 'h976'), ('s52', ''))
    """
    found = _PAGES.search(text.lower())
    if found is None:
        return "", ""
    before, first, after, letters, last = found.groups()
    if not last:
        return f"{before}{first}{after}", ""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{before}{first}{after}", f"{letters or before}{last}"


@lru_cache(maxsize=65536)
def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in fold(name).split() if len(word) > 1)


def _names(authors: tuple[Author, ...]) -> tuple[frozenset[str], ...]:
    """Words of family names (of whole names where the record does not divide them)."""
    return tuple(words for author in authors if (words := _words(author.family)))


def given_words(authors: tuple[Author, ...]) -> frozenset[str]:
    """Words of all given names, for records that turn names round."""
    return frozenset().union(*(_words(author.given) for author in authors if author.given))


@lru_cache(maxsize=65536)
def _container(name: str) -> str:
    return fold(name)


def _number(text: str | None) -> str:
    if not text:
        return ""
    if text.isdecimal():
        return text.lstrip("0")
    found = _NUMBER.search(text)
    return found.group().lstrip("0") if found else ""


def _is_registration(meta: Metadata) -> bool:
    """The record of a trial register itself: a registration and no sign of an article."""
    ids = meta.identifiers
    return bool(ids.nct) and not (ids.doi or ids.pmid or ids.pmcid or meta.container_title)


def _notice(title: str, types: tuple[str, ...]) -> str:
    for kind in types:
        if kind.lower() in _NOTICE_TYPES:
            return _NOTICE_TYPES[kind.lower()]
    found = _NOTICE.search(title) if _NOTICE_HINT.search(title) else None
    return _NOTICE_KINDS.get(found.lastgroup or "", "") if found else ""


def _is_preprint(meta: Metadata, container: str) -> bool:
    if any(kind.lower() == "preprint" for kind in meta.publication_types):
        return True
    doi = meta.identifiers.doi or ""
    return doi.startswith(_PREPRINT_DOIS) or _preprint_server(container)


@lru_cache(maxsize=65536)
def _preprint_server(container: str) -> bool:
    return _PREPRINT.search(container) is not None


def _title(raw: str) -> tuple[str, bool]:
    """The folded title, and whether the place of the article that it is about stood behind it."""
    if "[" in raw:
        raw = _ANNOTATION.sub("", raw)
    kept = _ABOUT.sub("", raw) if raw.rstrip(" .").endswith("))") or "(vol " in raw else raw
    return fold(_RETRACTED.sub("", kept, count=1)), kept != raw


def _pages(meta: Metadata) -> tuple[str, str]:
    first, last = pages(meta.page) if meta.page else ("", "")
    # Page 1 without a volume is "online first", before there were pages.
    return ("", "") if first == "1" and not meta.volume else (first, last)


def normalise(card: Card) -> Key:
    """Make a card comparable."""
    meta = card.metadata
    title, about = _title(meta.title) if meta.title else ("", False)
    container = _container(meta.container_title) if meta.container_title else ""
    first, last = _pages(meta)
    return Key(
        document=card.document,
        identifiers=meta.identifiers,
        title=title,
        compact=title.replace(" ", ""),
        numbers=tuple(_NUMBER.findall(title)),
        year=meta.year or 0,
        names=_names(meta.authors),
        authors=meta.authors,
        container=container,
        volume=_number(meta.volume),
        issue=_number(meta.issue),
        page=first,
        last=last,
        abstract=_abstract(meta),
        notice=_notice(title, meta.publication_types) or ("corrects" if about else ""),
        preprint=_is_preprint(meta, container),
        registered=_is_registration(meta),
    )


def _abstract(meta: Metadata) -> str:
    return " ".join(section.text[:400] for section in meta.abstract[:4])[:400]

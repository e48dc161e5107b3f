"""Names of people as bibliographic records print them: split lists, tell family from given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Order = Literal["family-first", "given-first"]

# fmt: off
_PARTICLES = frozenset((
    "af", "al", "bin", "da", "das", "de", "dei", "del", "della", "den", "der", "di", "dos", "du",
    "el", "la", "las", "le", "los", "ten", "ter", "van", "vom", "von", "y", "zu", "zum", "zur",
))
# fmt: on
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd)\.?", re.IGNORECASE)
# "Family, Given" and no more, words divided by single spaces: the usual form, at half the cost.
_PLAIN = re.compile(r"([^\s,;][^\s,]*+(?: [^\s,]++)*+), ([^\s,]++(?: [^\s,]++)*+)(?<!;)")
_INITIALS = re.compile(r"(?:[^\W\d_a-zß-ÿ]\.?-?){1,4}")
_GLUED = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_]{2})")
_AND = re.compile(r"\s+and\s+|\s+&\s+", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:group|society|consortium|committee|investigators?|collaborat(?:ion|ors)|association|"
    r"organi[sz]ation|network|foundation|universit\w+|institute|ministry|agency|team|council|"
    r"commission|department|college|federation|task force|inc\.?|ltd\.?|gmbh)\b",
    re.IGNORECASE,
)
_ET_AL = re.compile(r"(?:et\s+al\.?|and\s+others|others)", re.IGNORECASE)


def is_initials(token: str) -> bool:
    """Tell whether a token is made of one to four capital initials.

    >>> [is_initials(token) for token in ("JA", "J.-P.", "Li", "P")]
    [True, True, False, True]
    """
    return _INITIALS.fullmatch(token) is not None


def name_order(names: Iterable[str], default: Order = "given-first") -> Order:
    """Tell in which order comma-less names of one list are written, from where initials stand.

    One witness serves the whole list: in "Tucker Adam P" the initial comes last, so the family
    name comes first. Without a witness, or when witnesses disagree, the default holds.

    >>> name_order(["Tucker Adam P", "Behdad Akbar"])
    'family-first'
    >>> name_order(["J. A. Smith", "Jane Doe"])
    'given-first'
    """
    first = last = 0
    for name in names:
        if "," in name:
            continue
        tokens = name.split()
        if len(tokens) < 2:
            continue
        starts, ends = is_initials(tokens[0]), is_initials(tokens[-1])
        first += ends and not starts
        last += starts and not ends
    if bool(first) == bool(last):
        return default
    return "family-first" if first else "given-first"


def parse_name(name: str, order: Order = "given-first") -> tuple[str, str | None]:
    """Split one name into family and given; given is None for an undivided name.

    A comma decides; else initials at one end; else the order that the list has.

    >>> parse_name("van der Berg, Jan")
    ('van der Berg', 'Jan')
    >>> parse_name("Christopher Zaki")
    ('Zaki', 'Christopher')
    >>> parse_name("Khattab Ahmed M", "family-first")
    ('Khattab', 'Ahmed M')
    """
    if plain := _PLAIN.fullmatch(name):
        return plain[1], plain[2]
    name = " ".join(name.strip(" ,;").split())
    if "," in name:
        return _with_comma(name)
    tokens = name.split()
    if len(tokens) < 2 or _GROUP.search(name):
        return name, None
    starts, ends = is_initials(tokens[0]), is_initials(tokens[-1])
    if ends and not starts:
        order = "family-first"
    elif starts and not ends:
        order = "given-first"
    return _family_first(tokens) if order == "family-first" else _given_first(tokens)


def _with_comma(name: str) -> tuple[str, str | None]:
    parts = [part.strip() for part in name.split(",")]
    family, rest = parts[0], [part for part in parts[1:] if part]
    if len(rest) == 2 and _SUFFIX.fullmatch(rest[0]):
        rest.reverse()
    return family, " ".join(rest) or None


def _family_first(tokens: list[str]) -> tuple[str, str | None]:
    cut = 1
    if is_initials(tokens[-1]):
        # "van der Berg JA": capitals at the end mark where the given part starts.
        while cut < len(tokens) - 1 and tokens[cut - 1].lower() in _PARTICLES:
            cut += 1
    return " ".join(tokens[:cut]), " ".join(tokens[cut:])


def _given_first(tokens: list[str]) -> tuple[str, str | None]:
    cut = len(tokens) - 1
    if _SUFFIX.fullmatch(tokens[-1]) and cut > 1:
        cut -= 1
    while cut > 1 and tokens[cut - 1].lower() in _PARTICLES:
        cut -= 1
    return " ".join(tokens[cut:]), " ".join(tokens[:cut])


def split_names(text: str) -> list[str]:
    """Split one cell that lists authors into names, by whatever separates them.

    Semicolons, "and", bars or lines first; then commas, where the parts are whole names
    ("Smith J, Doe A") or alternate ("Smith, J., Doe, A."); then initials glued to the next name,
    as some exports write them.

    >>> split_names("Smith J, Doe A")
    ['Smith J', 'Doe A']
    >>> split_names("Hausen D. J.Tsang A.Moran M.")
    ['Hausen D. J.', 'Tsang A.', 'Moran M.']
    >>> split_names("Doe, Jane and Roe, Richard")
    ['Doe, Jane', 'Roe, Richard']
    """
    parts = _split(text.strip())
    names = [part.strip(" ,;\t") for part in parts]
    return [name for name in names if name and not _ET_AL.fullmatch(name)]


def _split(text: str) -> list[str]:
    for separator in (";", "|", "\n"):
        if separator in text:
            return text.split(separator)
    pieces = _AND.split(text)
    if len(pieces) > 1 and all("," in piece for piece in pieces):
        return pieces
    return [name for piece in pieces for name in _split_plain(piece)]


def _split_plain(text: str) -> list[str]:
    if "," not in text and len(text.split(" ", 1)[0]) > 2:
        return _GLUED.split(text)
    return _split_commas(text)


def _split_commas(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2:
        return parts
    sizes = [len(part.split()) for part in parts]
    if all(size > 1 for size in sizes):
        return parts if len(parts) > 2 or is_initials(parts[0].split()[-1]) else [text]
    if len(parts) > 3 and len(parts) % 2 == 0 and all(_short(part) for part in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(*[iter(parts)] * 2, strict=True)]
    return [text]


def _short(part: str) -> bool:
    return all(is_initials(token) for token in part.split())

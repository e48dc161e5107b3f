"""XML of unknown senders: no entity is ever given to the parser, no DTD, no network."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from lxml import etree

from probatum.documents.decoded import Decoded, decode
from probatum.documents.encoding import detect_encoding
from probatum.documents.format import Buffer
from probatum.model.source import Problem

# lxml has no public name for the type of its elements.
Element = etree._Element  # noqa: SLF001
# The five of XML itself, which stay as they are.
_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
# Nearly all that a file names are those, so the usual pattern passes them by.
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z_:][\w:.\-]{0,80});")
# Four times slower, so only where a CDATA section must be left as it is.
_ENTITY_OUTSIDE = re.compile(
    rb"&([A-Za-z_:][\w:.\-]{0,80});|<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL
)
_DOCTYPE = re.compile(
    rb"""<!DOCTYPE(?:[^\[>"']|"[^"]*"|'[^']*')*+"""
    rb"""(?:\[(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?(?:-->|\Z)|<)*+\]\s*)?>""",
    re.DOTALL,
)
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*+", re.DOTALL)
_EXTERNAL = re.compile(rb"<!ENTITY\s[^>]{0,200}?\s(?:SYSTEM|PUBLIC)\s")
# One problem a name is enough; a hostile file must not buy a problem a byte.
_MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed piece of XML: its root, or None, and what could not be taken."""

    root: etree._Element | None
    problems: tuple[Problem, ...]


def parse_xml(data: Buffer, offset: int = 0) -> Markup:
    r"""Parse XML; ``offset`` is the byte of the source at which ``data`` begins.

    Named characters come from a fixed table. Other entities are left out and located; what is
    not well-formed is located and the rest kept where the parser can go on.

    >>> markup = parse_xml(b"<p>a&nbsp;b&xyz;</p>")
    >>> markup.root.text, [(p.code, p.offset) for p in markup.problems]
    ('a\xa0b', [('unknown-entity', 11)])
    """
    raw, decoded = _utf8(data)
    clean, problems = _without_entities(raw)
    try:
        root: etree._Element | None = etree.fromstring(clean, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        line, column = error.position
        place = _place(raw, line or 1, column or 1)
        reason = f"Not well-formed XML ({_short(error.msg)}); what could be read was kept."
        problems.append(Problem("malformed-xml", reason, place))
        root = _recovered(clean)
    if decoded:
        problems = [replace(p, offset=_original(p.offset or 0, raw, decoded)) for p in problems]
        problems.extend(decoded.problems)
    end = len(data)
    moved = tuple(replace(p, offset=offset + min(p.offset or 0, end)) for p in problems)
    return Markup(root, moved)


@cache
def _named() -> dict[bytes, bytes]:
    """HTML5's table, which holds the ISO 8879 and ISO 9573-13 sets, as references by number."""
    # Nearly no file asks for it; it takes 1 MB.
    from html.entities import html5  # noqa: PLC0415

    return {
        name[:-1].encode(): "".join(f"&#{ord(char)};" for char in chars).encode()
        for name, chars in html5.items()
        if name.endswith(";") and name[:-1].encode() not in _OWN
    }


def _original(at: int, raw: bytes, decoded: Decoded) -> int:
    return decoded.offset(len(raw[:at].decode("utf-8", "replace")))


def _recovered(clean: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(clean, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


@cache
def _parser(*, recover: bool) -> etree.XMLParser:
    # Made once: it took as long as parsing a short record does.
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        recover=recover,
    )


def _utf8(data: Buffer) -> tuple[bytes, Decoded | None]:
    """Give the bytes as UTF-8; what they were decoded from when they were not."""
    raw = bytes(data)
    encoding = detect_encoding(raw) if _declares(raw) else None
    if encoding is None or encoding.name in {"utf-8", "utf-8-sig"}:
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return raw, None
    decoded = decode(raw, encoding)
    return decoded.text.encode(), decoded


def _declares(raw: bytes) -> bool:
    return b"encoding" in raw[:200] or raw[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in raw[:4]


def _without_entities(raw: bytes) -> tuple[bytes, list[Problem]]:
    problems: dict[bytes, Problem] = {}
    doctype = _DOCTYPE.match(raw, _end_of_prolog(raw))
    declared = doctype[0] if doctype else b""
    start = doctype.start() if doctype else 0
    if external := _EXTERNAL.search(declared):
        reason = "An external entity is declared; it was not loaded. Remove the declaration."
        problems[b""] = Problem("external-entity", reason, start + external.start())

    def replaced(found: re.Match[bytes]) -> bytes:
        name: bytes | None = found[1]
        if name is None or name in _OWN:
            return found[0]
        if name in _named():
            return _named()[name]
        if name not in problems and len(problems) < _MOST_PROBLEMS:
            known = b"<!ENTITY " + name + b" " in declared
            problems[name] = _entity_problem(name, known, found.start())
        return b""

    if declared:
        # Line ends are kept so that the parser's line numbers stay true.
        raw = raw[:start] + _blank(declared) + raw[start + len(declared) :]
    if b"&" in raw:
        pattern = _ENTITY_OUTSIDE if b"<![CDATA[" in raw else _ENTITY
        raw = pattern.sub(replaced, raw)
    return raw, list(problems.values())


def _blank(text: bytes) -> bytes:
    return b" " * (len(text) - text.count(b"\n")) + b"\n" * text.count(b"\n")


def _end_of_prolog(raw: bytes) -> int:
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    found = _PROLOG.match(raw, start)
    return found.end() if found else start


def _entity_problem(name: bytes, declared: bool, offset: int) -> Problem:
    shown = name.decode("utf-8", "replace")
    if declared:
        reason = f"The declared entity &{shown}; was not expanded; write its text out."
        return Problem("entity-not-expanded", reason, offset)
    reason = f"No character is known by the name &{shown};; it was left out."
    return Problem("unknown-entity", reason, offset)


def _place(raw: bytes, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = raw.find(b"\n", at) + 1
        if not at:
            return len(raw)
    end = raw.find(b"\n", at)
    return min(at + max(column - 1, 0), end if end >= 0 else len(raw))


def _short(message: str | None) -> str:
    return (message or "unknown fault").split(", line")[0][:120]


def flat(element: etree._Element | None) -> str:
    """Give all text of an element with runs of white space as one space, trimmed.

    >>> flat(parse_xml(b"<a> x <b>y</b> z</a>").root)
    'x y z'
    """
    if element is None:
        return ""
    text = spoken(element) if len(element) else element.text
    if not text:
        return ""
    if not text.isprintable() or "  " in text:  # as plain does, without a call of it
        text = squeezed(text)
    return text.strip()


def plain(text: str | None) -> str:
    r"""Give a text with runs of white space as one space, trimmed.

    >>> plain(" a \n b ")
    'a b'
    """
    if not text:
        return ""
    # One look tells most texts; what it does not take (no-break spaces too) is looked at again.
    if not text.isprintable() or "  " in text:
        text = squeezed(text)
    return text.strip()


def squeezed(text: str) -> str:
    r"""Give a text with runs of the white space of XML as one space.

    A regular expression takes thirty times as long: each pass halves the runs that are left.

    >>> squeezed("a \n\t b ")
    'a b '
    """
    for space in "\n\t\r":
        if space in text:
            text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def empty(element: etree._Element) -> None:
    """Take out of an element all that is in it, leaving what stands behind it."""
    del element[:]
    element.text = None


def with_powers(element: etree._Element | None) -> str:
    """Give the text of an element with ``^`` before a superscript that follows a digit.

    >>> with_powers(parse_xml(b"<p>10<sup>6</sup> m<sup>2</sup></p>").root)
    '10^6 m2'
    """
    for raised in element.iter("sup") if element is not None and len(element) else ():
        before = raised.getprevious()
        parent = raised.getparent()
        text = before.tail if before is not None else parent.text if parent is not None else ""
        if (text or "")[-1:].isdigit() and (raised.text or "").isprintable():
            raised.text = f"^{raised.text or ''}"
    return flat(element)


def spoken(element: etree._Element) -> str:
    """Give all characters of an element as they stand; itertext() takes seven times as long."""
    return etree.tostring(element, encoding="unicode", method="text", with_tail=False)

"""JATS body, back and floats: which element becomes which blocks."""

from __future__ import annotations

from lxml import etree

from probatum.documents.formats.jats_tables import table_wrap
from probatum.documents.formats.jats_text import ArticleText, Handler
from probatum.documents.markup import flat
from probatum.documents.roles import role_of
from probatum.model.document import SectionRole

_DEEPEST = 40  # sections below this lose their titles; Python's stack is bounded
_SKIPPED = frozenset(
    {"title", "label", "caption", "object-id", "alt-text", "long-desc", "permissions", "graphic"}
    | {"sec-meta", "front-stub", "front", "attrib-group", "processing-meta", "alternatives"}
)


def container(text: ArticleText, element: etree._Element) -> None:
    """Read all that stands in a body, section, appendix or box, in order."""
    for child in element:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        handler = HANDLERS.get(str(tag))
        if handler is not None:
            handler(text, child)
        elif len(child) and not (child.text or "").strip() and text.depth < _DEEPEST:
            with text.within(text.kind):
                container(text, child)
        else:
            text.paragraph(child)


def section(text: ArticleText, element: etree._Element) -> None:
    """Read a section under its heading; one without a role has that of the section around it."""
    if text.depth >= _DEEPEST:
        text.paragraph(element)
        return
    title = heading(element)
    role = role_of(title, element.get("sec-type"))
    inherited = text.role == "abstract" or (role == "other" and len(text.path) > 0)
    with text.within(text.kind, title, None if inherited else role):
        if title:
            _write_heading(text, element, title)
        container(text, element)


def heading(element: etree._Element) -> str:
    """Give label and title of a section."""
    found = (flat(part) for part in _heading_parts(element))
    return " ".join(part for part in found if part)


def _heading_parts(element: etree._Element) -> list[etree._Element]:
    """Label and title, which stand in front; looking no further is ten times faster."""
    found = []
    for child in element:
        if child.tag in {"title", "label"}:
            found.append(child)
        elif child.tag not in {"sec-meta", "object-id"}:
            break
    return found


def _write_heading(text: ArticleText, element: etree._Element, title: str) -> None:
    printed = _heading_parts(element)
    if len(printed) != 1 or printed[0].tag != "title":
        text.builder.block(title, "heading", text.path, text.role)
        return
    with text.within("heading"):
        text.paragraph(printed[0])


def _paragraph(text: ArticleText, element: etree._Element) -> None:
    text.paragraph(element)


def _list(text: ArticleText, element: etree._Element) -> None:
    if text.depth >= _DEEPEST:
        text.paragraph(element)
        return
    with text.within("list-item"):
        for item in element:
            if item.tag == "list-item":
                container(text, item)
            elif item.tag not in _SKIPPED:
                text.paragraph(item)


def _aside(text: ArticleText, element: etree._Element) -> None:
    with text.within("other"):
        if element.tag == "fn":
            container(text, element)
        else:
            text.paragraph(element)


def _figure(text: ArticleText, element: etree._Element) -> None:
    caption(text, element)
    with text.within("other"):
        container(text, element)


def caption(text: ArticleText, element: etree._Element) -> str:
    """Write label and caption of a float as one block; give the caption."""
    label = flat(element.find("label"))
    with text.within("caption"):
        text.inline.put(f"{label} " if label else "")
        found = element.find("caption")
        for part in found if found is not None else ():
            text.inline.walk(part)
            text.inline.put(" ")
        written = text.flush()
    return written[len(label) :].strip()


def _group(text: ArticleText, element: etree._Element) -> None:
    if element.find("caption") is not None:
        caption(text, element)
    section(text, element)


def _table(text: ArticleText, element: etree._Element) -> None:
    table_wrap(text, element, caption(text, element))
    with text.within("other"):
        for foot in element.iterchildren("table-wrap-foot"):
            container(text, foot)


def _reference_list(text: ArticleText, element: etree._Element) -> None:
    title = heading(element)
    with text.within("reference", title, "other"):
        if title:
            text.builder.block(title, "heading", text.path)
        for entry in element.iter("ref"):
            reference = text.references[entry.get("id", "")]
            words = f"{reference.label}. {reference.text}" if reference.label else reference.text
            place = text.builder.block(words, "reference", text.path)
            text.places[reference.key] = place


def sub_article(text: ArticleText, element: etree._Element) -> None:
    """Read a sub-article (a letter's reply, a translation, a review report) as a section."""
    if text.depth >= _DEEPEST:
        return
    title = flat(element.find(".//article-title")) or (element.get("article-type") or "")
    role: SectionRole = "other"
    with text.within("paragraph", title, role):
        if title:
            text.builder.block(title, "heading", text.path, role)
        for part in ("body", "floats-group", "back", "sub-article", "response"):
            for found in element.iterchildren(part):
                if part in {"sub-article", "response"}:
                    sub_article(text, found)
                else:
                    container(text, found)


FLOATING = ("fig", "table-wrap", "fig-group", "table-wrap-group", "fn", "supplementary-material")
HANDLERS: dict[str, Handler] = {
    "p": _paragraph,
    "list": _list,
    "def-list": _list,
    "table-wrap": _table,
    "fig": _figure,
    "supplementary-material": _figure,
    "media": _figure,
    "ref-list": _reference_list,
    "disp-formula": _aside,
    "disp-formula-group": _aside,
    "fn": _aside,
    "fig-group": _group,
    "table-wrap-group": _group,
    **dict.fromkeys(
        [
            "sec",
            "ack",
            "app",
            "app-group",
            "boxed-text",
            "disp-quote",
            "fn-group",
            "glossary",
            "notes",
            "bio",
            "statement",
            "verse-group",
            "floats-group",
        ],
        section,
    ),
}

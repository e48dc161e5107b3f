"""JATS body, back and floats: which element becomes which blocks."""

from __future__ import annotations

from lxml import etree

from probatum.documents.formats.jats_inline import inline_handlers
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

_HEADING = frozenset({"title", "label"})
_BEFORE_HEADING = frozenset({"sec-meta", "object-id"})


def container(text: ArticleText, element: etree._Element) -> None:
    """Read all that stands in a body, section, appendix or box, in order."""
    for child in element:
        tag = child.tag
        if tag in HANDLERS:
            HANDLERS[tag](text, child)
        elif tag in _SKIPPED:
            continue
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
    parts = _heading_parts(element)
    title = _joined(parts)
    role = role_of(title, element.get("sec-type"))
    inherited = text.role == "abstract" or (role == "other" and len(text.path) > 0)
    with text.within(text.kind, title, None if inherited else role):
        if title:
            _write_heading(text, parts, title)
        container(text, element)


def heading(element: etree._Element) -> str:
    """Give label and title of a section."""
    return _joined(_heading_parts(element))


def _heading_parts(element: etree._Element) -> list[etree._Element]:
    """Label and title, which stand in front; looking no further is ten times faster."""
    found = []
    for child in element:
        tag = child.tag
        if tag in _HEADING:
            found.append(child)
        elif tag not in _BEFORE_HEADING:
            break
    return found


def _joined(parts: list[etree._Element]) -> str:
    if len(parts) == 1:
        return flat(parts[0])
    return " ".join([words for part in parts if (words := flat(part))])


def _write_heading(text: ArticleText, parts: list[etree._Element], title: str) -> None:
    first = parts[0]
    if len(parts) != 1 or first.tag != "title":
        text.builder.block(title, "heading", text.path, text.role)
    elif first.text == title and not len(first):  # a third of the cost of a paragraph
        text.builder.block(title, "heading", text.path, text.role)
        text.float()
    else:
        with text.within("heading"):
            text.paragraph(first)


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
    caption(text, *_labelled(element))
    with text.within("other"):
        container(text, element)


def _labelled(element: etree._Element) -> tuple[str, etree._Element | None]:
    """Give the label of a float and its caption."""
    label = caption = None
    for child in element:
        tag = child.tag
        if tag == "label" and label is None:
            label = child
        elif tag == "caption" and caption is None:
            caption = child
    return flat(label), caption


def caption(text: ArticleText, label: str, found: etree._Element | None) -> str:
    """Write label and caption of a float as one block; give the caption."""
    with text.within("caption"):
        text.inline.put(f"{label} " if label else "")
        for part in found if found is not None else ():
            text.inline.walk(part)
            text.inline.put(" ")
        written = text.flush()
    return written[len(label) :].strip()


def _group(text: ArticleText, element: etree._Element) -> None:
    label, found = _labelled(element)
    if found is not None:
        caption(text, label, found)
    section(text, element)


def _table(text: ArticleText, element: etree._Element) -> None:
    label, found = _labelled(element)
    table_wrap(text, element, label, caption(text, label, found))
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


HANDLERS: dict[str, Handler] = {
    "p": ArticleText.paragraph,
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
IN_TEXT = inline_handlers(HANDLERS.keys() - {"p"})

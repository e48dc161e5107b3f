"""Which part of a web page is its text: light rules, each bounded by what it would remove."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from probatum.documents.markup import empty

#: Never text for a reader, however much of the page it is.
CODE = frozenset(
    {"script", "style", "template", "noscript", "head", "iframe", "object", "embed", "applet"}
    | {"svg", "canvas", "audio", "video", "map", "select", "option", "input", "textarea"}
    | {"progress", "meter", "datalist", "frameset", "frame", "noframes", "link", "meta", "base"}
    | {"title"}
)
# The page's own apparatus, unless it holds much of the text (whole pages stand in a form).
_APPARATUS = frozenset({"nav", "header", "footer", "aside", "form", "button", "dialog", "menu"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
_GROUPS = frozenset({"div", "section", "ul", "ol", "table", "p", "span"})
# Words in class or id by which sites name what is no part of the article.
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|newsletter|subscribe|sidebar|breadcrumbs?|share|sharing|social"
    r"|related|recommended|recirc|popup|modal|advert\w{0,10}|ads?|sponsor\w{0,6}|promo|comments?"
    r"|disqus|navbar|menu|masthead|footer|pagination|toolbar|skip|trending|most-read|tags)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LARGEST_REMOVED = 0.2  # of the text of the page
_SMALLEST_MAIN = 0.3


class Weight(NamedTuple):
    """Characters of an element that are no white space: all of them, and those in links."""

    text: int
    linked: int
    links: int


def main_part(root: etree._Element) -> etree._Element:
    """Take out what is no text and give the element that holds the page's text."""
    for element in [*root.iter(*CODE)]:
        _remove(element)
    weights = _weights(root)
    whole = weights[root].text
    for element, weight in weights.items():
        if weight.text < _LARGEST_REMOVED * whole and _is_apparatus(element, weight):
            _remove(element)
    return _main(root, weights)


def _weights(root: etree._Element) -> dict[etree._Element, Weight]:
    """Weigh every element in one pass: what stands below an element comes after it."""
    listed = [*root.iter()]
    sums: dict[etree._Element, list[int]] = {element: [0, 0, 0] for element in listed}
    for element in reversed(listed):
        own = sums[element]
        own[0] += _size(element.text)
        if element.tag == "a":
            own[1:] = own[0], own[2] + 1
        parent = element.getparent()
        if parent is not None and parent in sums:
            above = sums[parent]
            above[0] += own[0] + _size(element.tail)
            above[1] += own[1]
            above[2] += own[2]
    return {element: Weight(*sums[element]) for element in listed}


def _size(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _is_apparatus(element: etree._Element, weight: Weight) -> bool:
    tag = element.tag
    if is_hidden(element):
        return True
    if tag in _APPARATUS:
        inside = tag in {"header", "footer", "aside"}
        return not inside or next(element.iterancestors("article", "main"), None) is None
    if element.get("role") in _ROLES or element.get("aria-hidden") == "true":
        return True
    many_links = weight.links > 3 and weight.linked > 0.7 * weight.text
    return tag in _GROUPS and (many_links or _is_named(element))


def is_apart(element: etree._Element) -> bool:
    """Tell whether an element names itself a part that is no part of the article."""
    if element.tag in {"nav", "aside", "footer", "dialog", "menu"}:
        return True
    return element.get("role") in _ROLES - {"banner"} or (
        element.tag in _GROUPS and _is_named(element)
    )


def is_hidden(element: etree._Element) -> bool:
    """Tell whether an element says of itself that it is not shown."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def _is_named(element: etree._Element) -> bool:
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(name) > 3 and _NAMED.search(name[:300]) is not None


def _remove(element: etree._Element) -> None:
    if element.getparent() is not None:
        empty(element)
        element.tag = "span"


def _main(root: etree._Element, weights: Mapping[etree._Element, Weight]) -> etree._Element:
    """The page's own main element or its one article, when it holds enough of the text."""
    body = root.find("body")
    whole = body if body is not None else root
    least = _SMALLEST_MAIN * weights[root].text
    for found in ([*root.iter("main")], [*root.iter("article")]):
        if len(found) == 1 and found[0] in weights and weights[found[0]].text > least:
            return found[0]
    return whole

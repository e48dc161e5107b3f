"""The lines of a web page as a reader would copy them: nothing is taken for apparatus."""

from __future__ import annotations

import re

from lxml import etree

from probatum.documents.formats.html_main import CODE, is_hidden
from probatum.documents.formats.html_text import BLOCKS

_SPACES = re.compile(r"\s+")
# Each of these begins and ends a line; buttons and labels do in all the pages that set them so.
_LINES = BLOCKS | {"br", "button", "label", "form", "nav"}


def page_lines(root: etree._Element) -> str:
    r"""Give the text of a page, each block on lines of its own, without empty ones.

    >>> page_lines(etree.HTML("<p>One <b>two</b></p><div>Three<br>four<style>x</style></div>"))
    'One two\nThree\nfour'
    """
    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        if tag in _LINES:
            parts.append("\n")
        if event == "end":
            parts.append(_SPACES.sub(" ", element.tail or ""))
        elif tag in CODE or is_hidden(element):
            walk.skip_subtree()
        else:
            parts.append(_SPACES.sub(" ", element.text or ""))
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)

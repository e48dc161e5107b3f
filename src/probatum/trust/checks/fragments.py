"""Torn text: fragments, statistics without their sentence, lists cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.model.document import Block
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_TORN = re.compile(
    r"(?:which|that|and|but|or|as|with|who|whose|whom|because|where|when|while|of|to|from|was|were|is|are|by|for"
    r"|in|on|at|than|then|so|although|whereas|including|such)\b[^\n]{12,}"
)
_NAMES = "[pPnNdtFrR]|CI|OR|RR|HR|IRR|SD|SE|SMD|MD|WMD|df"
_STATISTIC = re.compile(
    rf"[^A-Za-z\n]{{0,12}}(?:(?:{_NAMES})\s?)?[=<>\u2264\u2265]\s?[-\u2212]?\d?[.\d]+"
    rf"(?:[^A-Za-z\n]|\b(?:{_NAMES}|and|to|vs)\b){{0,60}}\)[.;]?"
)
# A statistic in brackets as the whole "sentence".
_BRACKETED = re.compile(
    rf"[(\[](?=[^()\n]{{0,80}}[=<>\u2264\u2265])(?:[^A-Za-z\n()]|\b(?:{_NAMES}|and|to|vs)\b){{3,80}}"
    r"[)\]][.;]?"
)
# The last words of a paragraph that was cut: an ellipsis, or a word that needs another one.
_CUT = re.compile(r"[a-z]\s?(?:\u2026|\.{3})$")
_HANGING = re.compile(
    r"\s(?:to|of|the|and|or|with|for|in|on|at|by|from|an?|than|which|is|are|was|were|as|between|into|because"
    r"|their|its|such|very)$"
)
_AUTHOR_ALONE = re.compile(r"[A-Z][\w'\u2019-]+(?: (?:and|&) [A-Z][\w'\u2019-]+)? et al\.")
_PROMISE = re.compile(
    r"(?:as follows|the following|following(?: \w+){1,3}|such as|(?:things|ones) like"
    r"|includ\w+|contains?|are"
    r"|effects|symptoms|signs|factors|reasons|benefits|risks|options|ways|steps|points|items"
    r"|causes|uses)\s?:$",
    re.IGNORECASE,
)
_FEWEST = 6  # words of a sentence that was cut off
_LIST_START = re.compile(r"\s*(?:[\d\u2022*\u2013(-]|[a-z])")


def fragment(subject: Subject) -> Iterator[Sign]:
    """A paragraph that begins in the middle of a sentence."""
    if subject.document.kind != "web-page":
        return
    first: dict[int, int] = {}
    for sentence in subject.sentences:
        if sentence.block.start in first or sentence.block.kind in {
            "title",
            "heading",
            "list-item",
        }:
            continue
        first[sentence.block.start] = sentence.start
        if sentence.start == sentence.block.start and _TORN.match(sentence.text):
            yield Sign(
                "The paragraph begins inside a sentence; what came before is missing.",
                f"it begins with {sentence.text.split()[0]!r}",
                sentence.start,
                sentence.end,
            )


def orphan_statistic(subject: Subject) -> Iterator[Sign]:
    """A rest of a statistic without the sentence it belonged to."""
    for sentence in subject.sentences:
        if _STATISTIC.fullmatch(sentence.text) or _BRACKETED.fullmatch(sentence.text):
            yield Sign(
                "A rest of a statistic stands without its sentence.",
                f"{sentence.text!r} holds no words",
                sentence.start,
                sentence.end,
            )


def truncated_text(subject: Subject) -> Iterator[Sign]:
    """A list is announced and does not come."""
    if subject.document.kind != "web-page":
        return
    yield from _cut_off(subject)
    text, blocks = subject.document.text, subject.document.blocks
    last = {sentence.block.start: sentence.start for sentence in subject.sentences}
    for at, block in enumerate(blocks):
        end = text[max(block.start, block.end - 60) : block.end]
        if block.kind != "paragraph" or ":" not in end[-3:] or not _PROMISE.search(end):
            continue
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        if after is None or not _is_list(text, after):
            line = text.rfind("\n", block.start, block.end) + 1
            yield Sign(
                "A list is announced, and none follows.",
                "the next block is " + (f"a {after.kind}" if after else "missing"),
                max(line, last.get(block.start, block.start)),
                block.end,
            )


def _cut_off(subject: Subject) -> Iterator[Sign]:
    """Find the last sentences of paragraphs that end before their end."""
    for sentence in subject.sentences:
        if sentence.block.kind != "paragraph" or sentence.end < sentence.block.end - 2:
            continue
        text = sentence.text.rstrip()
        told = len(text.split()) >= _FEWEST and text[0] not in "\"\u201c'\u2018"
        alone = _AUTHOR_ALONE.fullmatch(text)
        if alone or (told and (_CUT.search(text[-12:]) or _HANGING.search(text[-12:]))):
            evidence = f"it ends with {text[-30:]!r}"
            yield Sign("The text is cut off.", evidence, sentence.start, sentence.end)


def _is_list(text: str, block: Block) -> bool:
    return block.kind in {"list-item", "table"} or bool(
        _LIST_START.match(text, block.start, block.end)
    )

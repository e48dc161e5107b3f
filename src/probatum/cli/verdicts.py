"""Verdicts as a person reads them in a terminal: a block a sentence, then how many of each."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from probatum.atlas.wording import typeset
from probatum.cli.output import stdout
from probatum.model.answer import Evidence, Verdict, VerdictKind

# Of each verdict: its sign, its words and its colour, which a terminal may not show.
SHOWN: dict[VerdictKind, tuple[str, str, str]] = {
    "contradicted": ("\u2715", "contradicted", "red"),
    "overstated": ("\u25b2", "overstated", "yellow"),
    "supported": ("\u2713", "supported", "green"),
    "no_evidence": ("\u25cb", "no evidence in the base", "cyan"),
    "not_checkable": ("\u2013", "not checkable", "bright_black"),
}
_JUDGED = ("contradicted", "overstated", "supported")
_KINDS = {"pooled": "answer", "statement": "statement", "claim": "document", "record": "record"}
_WIDEST = 120  # columns; longer lines are hard to read
_PIPE_WIDTH = 100
_INDENT = 13  # columns of the words that say what a line is
_CLOSEST = 2  # pieces of evidence on a side, unless all are asked for

Line = tuple[str, str]
"""A line and its style."""


def show(verdicts: Sequence[Verdict], about: str, *, every: bool = False) -> None:
    """Print verdicts on stdout, wrapped to the terminal, and close with their counts.

    ``about`` says what the text was held against; ``every`` shows all evidence, not the closest.
    """
    from rich.text import Text

    console = stdout()
    width = min(console.width, _WIDEST) if console.is_terminal else _PIPE_WIDTH
    for line, style in told(verdicts, about, width, every=every):
        console.print(Text(line, style=style), soft_wrap=True)


def told(
    verdicts: Sequence[Verdict], about: str, width: int, *, every: bool = False
) -> Iterator[Line]:
    """Yield the lines of a report, at most ``width`` columns but for addresses, with styles."""
    for at, verdict in enumerate(verdicts, start=1):
        yield from _block(at, verdict, width, every=every)
        yield "", ""
    yield from _plain(_counts(verdicts), width, "bold")
    yield from _plain(about, width, "")


def _block(at: int, verdict: Verdict, width: int, *, every: bool) -> Iterator[Line]:
    sign, words, colour = SHOWN[verdict.verdict]
    yield from _plain(f"{at}. {' '.join(verdict.quote.split())}", width, "bold")
    why = f"{words}: {verdict.reason}"
    yield from _said(sign, why, width, colour)
    if verdict.flags:
        flags = ", ".join(flag.replace("_", " ") for flag in verdict.flags)
        yield from _said("flagged", flags, width, "")
    if verdict.faithful:
        yield from _said("faithful", verdict.faithful, width, "italic")
    if verdict.verdict in _JUDGED:
        sides = [("for", [e for e in verdict.evidence if e.supports])]
        sides.append(("against", [e for e in verdict.evidence if not e.supports]))
    else:  # where nothing is judged, nothing speaks for or against
        sides = [("nearest", list(verdict.evidence))]
    for name, found in sides:
        shown = found if every else found[:_CLOSEST]
        for evidence in shown:
            yield from _evidence(name, evidence, verdict.faithful, width)
        if more := len(found) - len(shown):
            yield from _said("", f"and {more} more {name} (--all)", width, "dim")


def _evidence(name: str, evidence: Evidence, faithful: str | None, width: int) -> Iterator[Line]:
    quote = "the faithful sentence above" if evidence.quote == faithful else evidence.quote
    yield from _said(name, quote, width, "")
    yield from _said("", f"{_KINDS[evidence.kind]}: {evidence.source}", width, "dim")
    if evidence.url:
        yield " " * _INDENT + evidence.url, "dim"


def _counts(verdicts: Sequence[Verdict]) -> str:
    counts = Counter(verdict.verdict for verdict in verdicts)
    each = [f"{counts[kind]} {words}" for kind, (_, words, _) in SHOWN.items() if counts[kind]]
    sentences = "1 sentence" if len(verdicts) == 1 else f"{len(verdicts)} sentences"
    return f"{sentences}: {', '.join(each)}." if each else "No sentence was found in this text."


def _said(name: str, text: str, width: int, style: str) -> Iterator[Line]:
    """Yield a text beside the word that says what it is."""
    lead = f"   {name:<{_INDENT - 3}}"
    return _lines(text, width, lead, " " * _INDENT, style)


def _plain(text: str, width: int, style: str) -> Iterator[Line]:
    return _lines(text, width, "", "   " if text[:1].isdigit() else "", style)


def _lines(text: str, width: int, lead: str, then: str, style: str) -> Iterator[Line]:
    wrapped = textwrap.wrap(
        typeset(text),
        max(width, 40),
        initial_indent=lead,
        subsequent_indent=then,
        break_long_words=False,  # an address must stay whole
        break_on_hyphens=False,
    )
    for line in wrapped:
        yield line, style

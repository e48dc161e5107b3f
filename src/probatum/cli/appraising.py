"""The command that appraises documents: flags with their reasons, and a profile of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer

from probatum.cli.files import BaseOption, Json, PackOption, Paths, chosen_pack
from probatum.cli.output import emit, print_wrapped

_SIGNS = {"note": "\u2690", "concern": "\u2691", "serious": "\u203c"}
_GRAVITY = ("serious", "concern", "note")
_LINES = ("identity", "integrity", "interest", "support", "certainty")
_NOTICES = ("retracted", "expression_of_concern", "correction")


def appraise(
    paths: Paths,
    base: BaseOption = None,
    pack: PackOption = None,
    annotations: Annotated[
        bool,
        typer.Option("--annotations", help="One W3C annotation page a document, as JSON Lines."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Print the flags of documents, each with its reason, and a profile of each.

    What one file says again of another, among those that are given, is flagged too.
    """
    from probatum.flow.loose import appraised_files
    from probatum.model import shapes

    grave = False
    for document, found in appraised_files(paths, chosen_pack(base, pack)):
        grave |= any(flag.severity != "note" for flag in found.flags)
        if annotations:
            from probatum.atlas.exports.annotations import annotation_page

            emit(annotation_page(document, found))
        elif as_json:
            for flag in found.flags:
                emit(shapes.flag(flag))
            emit(shapes.profile(found.profile))
        else:
            print_wrapped(_readable(document, found))
    raise typer.Exit(1 if grave else 0)


def _readable(document: Any, found: Any) -> Iterator[str]:
    """Write one appraisal for a terminal: notices, profile, the whole, then the places."""
    yield f"{document.metadata.title or 'Without a title'}"
    yield f"  {document.kind}, {document.source.name}, document {document.id}"
    whole = [flag for flag in found.flags if flag.start is None]
    for flag in whole:
        if flag.kind in _NOTICES:
            yield f"  {_SIGNS[flag.severity]} {flag.explanation} {flag.evidence}"
    yield from _profile(found.profile)
    rest = [flag for flag in whole if flag.kind not in _NOTICES]
    for flag in sorted(rest, key=lambda f: _GRAVITY.index(f.severity)):
        yield f"  {_SIGNS[flag.severity]} {_named(flag)}: {flag.explanation}"
        yield f"      {flag.evidence}"
    for flag in found.flags:
        if flag.start is not None:
            yield from _of_place(flag)
    counts = [(g, sum(f.severity == g for f in found.flags)) for g in _GRAVITY]
    yield "  " + ", ".join(f"{n} {grade}" for grade, n in counts)
    yield ""


def _profile(profile: Any) -> Iterator[str]:
    yield "  " + " \u00b7 ".join(f"{line} {getattr(profile, line)}" for line in _LINES)
    if profile.spun:
        yield f"  consistent with machine paraphrase (score {profile.spun_score:.2f})"
    if profile.study is not None:
        said = f": {_folded(profile.study.quote)!r}" if profile.study.quote else ""
        yield f"  design: {profile.study.design} ({profile.study.basis}{said})"


def _of_place(flag: Any) -> Iterator[str]:
    place = f"{flag.start}\u2013{flag.end}"
    yield f"  {_SIGNS[flag.severity]} {place} {_named(flag)}: \u201c{_folded(flag.quote)}\u201d"
    yield f"      {flag.explanation} {_folded(flag.evidence, 300)}"
    if flag.suggestion:
        yield f"      suggested: {' or '.join(flag.suggestion[:3])}"


def _named(flag: Any) -> str:
    item = f", {flag.instrument}" if flag.instrument else ""
    return f"{flag.kind.replace('_', ' ')} ({flag.severity}{item})"


def _folded(text: str, longest: int = 120) -> str:
    """Bring a text on one line, cut where it is long."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1] + "\u2026"


COMMANDS: dict[str, Callable[..., None]] = {"appraise": appraise}

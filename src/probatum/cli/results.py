"""The command that turns results of documents into rows of the base's studies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, get_args

import typer

from probatum.cli.base import opened
from probatum.cli.files import BaseOption, Json
from probatum.cli.output import emit, say, table
from probatum.errors import UsageError

Chosen = Annotated[str | None, typer.Argument(help="A document's id; all articles without one.")]


def add_study(
    document: Chosen = None,
    decide: Annotated[
        str | None,
        typer.Option(metavar="ID=VERDICT", help="Decide: ID=accepted, corrected or rejected."),
    ] = None,
    values: Annotated[
        str, typer.Option(help='Corrected numbers: "n_exp=30; events_exp=6; ...".')
    ] = "",
    signed: Annotated[str, typer.Option(metavar="WHO:WHY", help="Who decides, and why.")] = "",
    base: BaseOption = None,
    as_json: Json = False,
) -> None:
    """List results that fit a question, or accept, correct or reject one of them."""
    from probatum.model import shapes

    chosen = opened(base)
    view = chosen.view()
    if document is not None and view.document(document) is None:
        raise UsageError(f"no document {document!r}; 'probatum search WORDS' prints their ids")
    names = [document] if document else [d.id for d in view.documents() if d.kind == "article"]
    found = [one for name in names for one in view.proposals(name)]
    if decide is not None:
        _decide(chosen, found, decide, (values, signed))
    elif as_json:
        for one in found:
            emit(shapes.proposal(one))
    elif not found:
        looked = "this document" if document else f"{len(names)} articles"
        say(f"no result of {looked} fits a question; 'probatum extract' prints all")
    else:
        _show(found, {row.result: row.verdict for row in view.added()})


def _decide(base: Any, found: list[Any], decide: str, told: tuple[str, str]) -> None:
    from probatum.flow.added import decision, record
    from probatum.model.added import ResultVerdict

    name, _, told_verdict = decide.partition("=")
    verdict = next((v for v in get_args(ResultVerdict) if v == told_verdict), None)
    who, _, why = (part.strip() for part in told[1].partition(":"))
    chosen = [one for one in found if one.id == name]
    if not chosen:
        raise UsageError(f"no result {name!r}; 'probatum add-study' lists them")
    if verdict is None or not who or not why:
        raise UsageError("give --decide ID=accepted (corrected, rejected) and --signed WHO:WHY")
    question = base.view().answer(chosen[0].question).question
    line = {"who": who, "why": why, "when": datetime.now(UTC).isoformat(timespec="seconds")}
    record(base.folder, decision(chosen[0], question, verdict, line, told[0]))
    say(f"{verdict}; it takes effect with the next 'probatum build'")


def _show(found: list[Any], decided: dict[str, str]) -> None:
    from probatum.flow.added import values_of

    rows = [
        (one.id, one.study, one.question, "-" if one.days is None else f"{one.days:g}",
         values_of(one), f"{one.confidence:.2f}",
         decided.get(one.id, ""), f"{one.document}:{one.start}-{one.end}")
        for one in found
    ]  # fmt: skip
    columns = ("result", "study", "question", "day", "numbers", "confidence", "decided", "place")
    table(columns, rows, right="day confidence", stretch="numbers")


COMMANDS: dict[str, Callable[..., None]] = {"add-study": add_study}

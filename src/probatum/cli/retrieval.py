"""The command that goes to the network: fetch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from probatum.cli.base import opened
from probatum.cli.files import BaseOption, Json, print_lines
from probatum.cli.output import emit, say


def fetch(  # noqa: PLR0913  # each is an option of the command
    service: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="pubmed, europepmc, openalex, crossref, semanticscholar or clinicaltrials.",
        ),
    ],
    query: Annotated[str, typer.Argument(help="What to search for.")],
    *,
    base: BaseOption = None,
    syntax: Annotated[
        str, typer.Option(help="Of the query: pubmed, wos, ebscohost; service: send it as it is.")
    ] = "pubmed",
    limit: Annotated[int, typer.Option(min=1, help="Most records that may match.")] = 100_000,
    endpoint: Annotated[
        str | None, typer.Option(help="Another address of the service, such as a mirror.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="A folder that keeps every answer, for --replay.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Take the answers from such a folder, not the network.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Retrieve what matches a query, and is new, from a live service into sources/.

    A contact address (setting retrieval.contact, or PROBATUM_CONTACT) and keys (NCBI_API_KEY,
    OPENALEX_API_KEY, CROSSREF_PLUS_TOKEN, S2_API_KEY) are sent and never stored.
    """
    from probatum.flow.retrieval.fetch import Means
    from probatum.flow.retrieval.fetch import fetch as retrieve

    means = Means(endpoint=endpoint, record=record, replay=replay, say=say)
    folder = opened(base).folder
    done = retrieve(folder, service, query, syntax=syntax, limit=limit, means=means)
    if as_json:
        counts = {"listed": done.listed, "new": done.new, "missing": list(done.missing)}
        emit({"type": "retrieval", "service": done.service, "sent": done.sent, **counts})
        return
    print_lines([f"{done.service}: {done.listed} records match, {done.new} of them new"])
    if done.missing:
        say(f"{len(done.missing)} were listed and not given; run the same command again")
    if done.new:
        say(f"they lie in {done.folder}; 'probatum build' takes them in")


def update(
    what: Annotated[str, typer.Argument(metavar="notices", help="What to bring up to date.")],
    *,
    base: BaseOption = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Another address of the data, such as a mirror.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="A folder that keeps the answer, for --replay.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Take the answer from such a folder, not the network.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring the notices of a base (retractions, concerns, corrections) up to date."""
    from probatum.errors import UsageError
    from probatum.flow.notices import update_notices
    from probatum.flow.retrieval.fetch import Means

    if what != "notices":
        raise UsageError(f"nothing called {what!r} to update; known: notices")
    means = Means(endpoint=endpoint, record=record, replay=replay, say=say)
    made = update_notices(opened(base).folder, means=means)
    if as_json:
        shape = {"snapshot": made.snapshot, "rows": made.rows, "entries": made.entries}
        emit({"type": "update", "what": what, **shape, "sha256": made.sha256})
        return
    print_lines([f"{made.snapshot}: {made.rows} notices on {made.entries} names"])
    say("'probatum build' holds the works against it")


COMMANDS: dict[str, Callable[..., None]] = {"fetch": fetch, "update": update}

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


COMMANDS: dict[str, Callable[..., None]] = {"fetch": fetch}

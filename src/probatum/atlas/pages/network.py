"""One network: all treatments of some questions against each other."""

from __future__ import annotations

from probatum.atlas.figures.network import network_figure
from probatum.atlas.labels import Labels
from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.pages.question_beside import joined, lowered
from probatum.atlas.pages.question_tables import nouns_table
from probatum.atlas.wording import null_of
from probatum.model import shapes
from probatum.model.network import Compared, LeagueCell, Network, PairCertainty, Treatment


def page(ask: Ask) -> Page | None:
    """Make the page of a network."""
    network = ask.view.network(ask.key)
    if network is None:
        return None
    labels = Labels(ask.view.pack)
    figure = network_figure(network)
    tables = network_tables(network)
    context = {
        "network": network,
        "figure": figure,
        "names": {one.id: one.label for one in network.treatments},
        "cells": {(cell.row, cell.column): cell for cell in network.league},
        "scale": labels.of("scales", network.scale),
        "window": labels.of("windows", network.window),
        "indication": labels.of("indications", network.indication),
        "null": null_of(network.measure),
        "graded": {k: one for one in network.graded for k in _ways(one)},
        "lowered": {(one.first, one.second): lowered(one) for one in network.graded},
        "asked": [
            (a, joined((network,), a))
            for a in ask.view.answers()
            if a.question.id in network.questions
        ],
        "table": {table.name: table for table in tables},
    }

    def data() -> dict[str, object]:
        return network_shape(network)

    return Page("network.html", network.label, context, data, tables, {"network": str(figure)})


def _ways(pair: PairCertainty) -> tuple[tuple[str, str], tuple[str, str]]:
    return (pair.first, pair.second), (pair.second, pair.first)


def network_shape(network: Network) -> dict[str, object]:
    """Give a network as one object of type "network"."""
    plain: dict[str, object] = shapes.plain(network)
    return {"type": "network", **plain}


def _certainty_table(network: Network) -> DataTable:
    """Give every step of the rating of every pair, a row a step."""
    columns = ("first", "second", "certainty", "evidence", "domain", "change", "reason", "numbers")
    rows = tuple(
        (
            one.first,
            one.second,
            one.certainty.level,
            evidence,
            step.domain,
            step.change,
            step.reason,
            "; ".join(f"{name} {told}" for name, told in step.numbers),
        )
        for one in network.graded
        for evidence, steps in (
            ("direct", one.direct_steps),
            ("indirect", one.indirect_steps),
            ("network", one.certainty.steps),
        )
        for step in steps
    )
    return DataTable("certainty", "Certainty of every pair", columns, rows)


def network_tables(network: Network) -> tuple[DataTable, ...]:
    """Give the tables of a network: treatments, direct comparisons, league, certainty."""
    return (
        nouns_table("treatments", "Treatments by rank", Treatment, network.treatments),
        nouns_table(
            "compared", "Pairs that studies compare", Compared, network.compared, ("contrasts",)
        ),
        nouns_table("league", "League table, row against column", LeagueCell, network.league),
        _certainty_table(network),
    )

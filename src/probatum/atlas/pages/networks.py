"""All networks of treatments."""

from __future__ import annotations

from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.pages.network import network_shape

COLUMNS = ("network", "label", "measure", "treatments", "studies", "people", "loops", "text")


def page(ask: Ask) -> Page:
    """Make the list of networks."""
    found = ask.view.networks()
    rows = tuple(
        (n.id, n.label, n.measure, len(n.treatments), len(n.studies), n.people, n.loops, n.text)
        for n in found
    )
    table = DataTable("", "Networks of treatments", COLUMNS, rows)
    data = [network_shape(network) for network in found]
    return Page("networks.html", "Networks", {"networks": found}, lambda: data, (table,))

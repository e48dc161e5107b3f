"""The releases: what was kept under a name, and what changed from one to the next."""

from __future__ import annotations

from probatum.atlas.page import Ask, DataTable, Page
from probatum.model import shapes


def page(ask: Ask) -> Page:
    """Make the page of the releases, the current build first."""
    found = ask.view.releases()
    known = {answer.question.id for answer in ask.view.answers()}
    rows = tuple(
        (one.name, one.before, change.question, change.before, change.after, change.text)
        for one in found
        for change in one.changes
    )
    columns = ("release", "against", "question", "before", "after", "text")
    return Page(
        "releases.html",
        "Releases",
        {"releases": found, "known": known},
        lambda: shapes.plain(tuple(found)),
        (DataTable("", "What changed, release by release", columns, rows),),
    )

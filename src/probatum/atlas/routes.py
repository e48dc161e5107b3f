"""Every page of the atlas: its place, who makes it, and what keys it has in a base."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from probatum.atlas.links import at
from probatum.atlas.page import Ask, Page
from probatum.atlas.pages import (
    bias,
    check,
    data,
    document,
    documents,
    duplicates,
    findings,
    methods,
    network,
    networks,
    overview,
    question,
    questions,
    releases,
    results,
    reviews,
    search,
    work,
    works,
)
from probatum.model.view import BaseView

Keys = Callable[[BaseView], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of page; ``keys`` lists the things that have one, None where there is one page.

    ``served_only`` pages answer to what a reader types, so a folder of files has none. A
    ``fresh`` page says what is true now, besides what the build says. There are ``many`` where
    their number grows with the documents. ``controls`` are the names that a page answers to in
    the query of its address.
    """

    name: str
    path: str
    make: Callable[[Ask], Page | None]
    summary: str
    keys: Keys | None = None
    served_only: bool = False
    fresh: bool = False
    many: bool = False
    controls: tuple[str, ...] = ()

    def at(self, key: str = "") -> str:
        """Give the path of one page of this kind."""
        return at(self.path.strip("/"), key) if self.keys else self.path


ROUTES = (
    Route(
        "overview",
        "/",
        overview.page,
        "The evidence map, what changed, all answers",
        controls=("since", "design", "route", "population", "trust"),
    ),
    Route(
        "questions",
        "/questions",
        questions.page,
        "All questions by cell of the map",
        controls=("certainty", "q"),
    ),
    Route(
        "question",
        "/questions",
        question.page,
        "One question with everything behind its answer",
        lambda view: [answer.question.id for answer in view.answers()],
        controls=("flagged", "without"),
    ),
    Route("findings-index", "/findings", findings.index, "Summaries of findings by condition"),
    Route(
        "findings",
        "/findings",
        findings.page,
        "Summary of findings of one condition",
        findings.conditions,
    ),
    Route("networks", "/networks", networks.page, "Treatments against each other"),
    Route(
        "network",
        "/networks",
        network.page,
        "One network of treatments",
        lambda view: [network.id for network in view.networks()],
    ),
    Route(
        "documents", "/documents", documents.page, "All documents", controls=("kind", "q", "page")
    ),
    Route(
        "document",
        "/documents",
        document.page,
        "One document, its text with marks",
        lambda view: [line.id for line in view.documents()],
        many=True,
        controls=("s", "part", "show", "flag", "done"),
    ),
    Route("works", "/works", works.page, "All works", controls=("q", "page")),
    Route(
        "work",
        "/works",
        work.page,
        "One work and who cites it",
        lambda view: [work.id for work in view.works()],
        many=True,
        controls=("stance", "section", "year", "type", "relation", "own", "order", "q", "page"),
    ),
    Route(
        "duplicates",
        "/duplicates",
        duplicates.page,
        "Pairs of documents to look at",
        controls=("verdict", "page", "done"),
    ),
    Route(
        "bias",
        "/bias",
        bias.page,
        "Risk of bias, as people judged it",
        controls=("page", "done"),
    ),
    Route(
        "results",
        "/results",
        results.page,
        "Results of documents that may become rows",
        served_only=True,
        controls=("document", "page", "done"),
    ),
    Route("search", "/search", search.page, "Search", served_only=True, controls=("q", "kind")),
    Route(
        "check",
        "/check",
        check.page,
        "A text, sentence by sentence",
        served_only=True,
        controls=("text", "document"),
    ),
    Route("reviews", "/reviews", reviews.page, "Published reviews beside the answers"),
    Route("releases", "/releases", releases.page, "What was kept, what changed", fresh=True),
    Route("data", "/data", data.page, "Every table for download"),
    Route("methods", "/methods", methods.page, "How the numbers are made"),
)
NAVIGATION = (
    ("/", "Evidence map"),
    ("/questions", "Questions"),
    ("/findings", "Findings"),
    ("/networks", "Networks"),
    ("/works", "Works"),
    ("/documents", "Documents"),
    ("/reviews", "Reviews"),
    ("/bias", "Risk of bias"),
    ("/releases", "Releases"),
    ("/data", "Data"),
    ("/methods", "Methods"),
    ("/check", "Check a text"),
    ("/search", "Search"),
)
SERVED_ONLY = frozenset(route.path for route in ROUTES if route.served_only)

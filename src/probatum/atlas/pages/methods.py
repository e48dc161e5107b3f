"""How the numbers are made, with which versions and thresholds, and what they cannot tell."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from probatum.atlas.glossary import WORDS
from probatum.atlas.page import Ask, DataTable, Page
from probatum.atlas.pages.question_tables import nouns_table
from probatum.model import shapes
from probatum.model.effect import MEASURES

PARTS = ("probatum", "numpy", "scipy", "duckdb", "tantivy", "lxml")
CERTAINTY = (
    ("high", "reduces / increases"),
    ("moderate", "probably reduces / increases"),
    ("low", "may reduce / increase"),
    ("very low", "the evidence is very uncertain"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure of a model's error, as it was measured when this version was made."""

    model: str
    figure: str
    value: float
    low: float | None
    high: float | None
    n: int
    measured_on: str


def measured() -> tuple[Measured, ...]:
    """Read the figures that this version was shipped with."""
    text = files("probatum.atlas").joinpath("measured.csv").read_text("utf-8")
    return tuple(
        Measured(
            row["model"], row["figure"], float(row["value"]), _number(row["low"]),
            _number(row["high"]), int(row["n"]), row["measured_on"],
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def page(ask: Ask) -> Page:
    """Make the page of the methods."""
    view = ask.view
    answers = view.answers()
    solvers = sorted({a.pooled.solver for a in answers if a.pooled.solver})
    scales = [scale for scale in view.pack.vocabulary.scales if scale.mid is not None]
    found = measured()
    versions = tuple((name, _version(name)) for name in PARTS)
    context = {
        "versions": versions,
        "solvers": solvers,
        "measures": MEASURES,
        "words": WORDS,
        "models": sorted({(m.method, m.test) for a in answers for m in a.pooled.models}),
        "unconverged": [a.question for a in answers if not a.pooled.converged],
        "scales": scales,
        "windows": view.pack.vocabulary.windows,
        "certainty": CERTAINTY,
        "measured": found,
    }
    data: dict[str, object] = {
        "versions": dict(versions),
        "pack": {"name": view.pack.name, "version": view.pack.version, "as_of": view.pack.as_of},
        "build": view.build_id,
        "solvers": solvers,
    }
    data["measured"] = shapes.plain(found)
    columns = ("id", "label", "low", "high", "better", "mid", "mid_source")
    rows = tuple(tuple(getattr(scale, column) for column in columns) for scale in scales)
    tables = (
        DataTable("scales", "Scales with a minimal important difference", columns, rows),
        nouns_table("measured", "How often the models err", Measured, found),
    )
    return Page("methods.html", "Methods", context, lambda: data, tables)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"

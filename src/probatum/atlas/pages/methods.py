"""How the numbers are made, with which versions and thresholds, and what they cannot tell."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from probatum.atlas.page import Ask, DataTable, Page
from probatum.model.effect import MEASURES

PARTS = ("probatum", "numpy", "scipy", "duckdb", "tantivy", "lxml")
CERTAINTY = (
    ("high", "reduces / increases", "very unlikely to change with more studies"),
    ("moderate", "probably reduces / increases", "may change with more studies"),
    ("low", "may reduce / increase", "likely to change with more studies"),
    ("very low", "the evidence is very uncertain", "very likely to change with more studies"),
)


def page(ask: Ask) -> Page:
    """Make the page of the methods."""
    view = ask.view
    answers = view.answers()
    solvers = sorted({a.pooled.solver for a in answers if a.pooled.solver})
    scales = [scale for scale in view.pack.vocabulary.scales if scale.mid is not None]
    versions = tuple((name, _version(name)) for name in PARTS)
    context = {
        "versions": versions,
        "solvers": solvers,
        "measures": MEASURES,
        "models": sorted({(m.method, m.test) for a in answers for m in a.pooled.models}),
        "unconverged": [a.question for a in answers if not a.pooled.converged],
        "scales": scales,
        "windows": view.pack.vocabulary.windows,
        "certainty": CERTAINTY,
    }
    data = {
        "versions": dict(versions),
        "pack": {"name": view.pack.name, "version": view.pack.version, "as_of": view.pack.as_of},
        "build": view.build_id,
        "solvers": solvers,
    }
    columns = ("id", "label", "low", "high", "better", "mid", "mid_source")
    rows = tuple(tuple(getattr(scale, column) for column in columns) for scale in scales)
    tables = (DataTable("scales", "Scales with a minimal important difference", columns, rows),)
    return Page("methods.html", "Methods", context, lambda: data, tables)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"

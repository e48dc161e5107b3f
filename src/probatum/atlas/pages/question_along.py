"""What stands along dose, time, years and other treatments on a question's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from probatum.atlas.figures.curves import course_figure, dose_figure
from probatum.atlas.figures.growth import cumulative_figure, sequential_figure
from probatum.atlas.page import Cell, DataTable
from probatum.atlas.pages.question_tables import nouns_table
from probatum.model import shapes
from probatum.model.answer import Answer
from probatum.model.curve import CurveFit, CurvePoint
from probatum.model.monitoring import Look

CURVE = ("rows", "shape", "x", "estimate", "low", "high")


def along_figures(answer: Answer) -> dict[str, Markup]:
    """Draw what a question has of growth, dose and time, by name; empty ones are left out."""
    label, drawn = answer.question.label, dict[str, Markup]()
    if answer.monitoring is not None:
        drawn["cumulative"] = cumulative_figure(answer.monitoring, f"{label}: as it grew")
        drawn["sequential"] = sequential_figure(answer.monitoring, f"{label}: bounds")
    if answer.dose is not None:
        drawn["dose"] = dose_figure(answer.dose, f"{label}: by dose")
    if answer.course is not None:
        drawn["course"] = course_figure(answer.course, f"{label}: over time")
    return {name: figure for name, figure in drawn.items() if figure}


def along_tables(answer: Answer) -> Iterator[DataTable]:
    """Yield the tables of what a question has of growth, dose and time."""
    if answer.monitoring is not None:
        yield nouns_table("looks", "The pool after each study", Look, answer.monitoring.looks)
    dose, course = answer.dose, answer.course
    if dose is not None:
        yield nouns_table("dose-points", "Effects by dose", CurvePoint, dose.points)
        fits = [(f"flagged {one.flagged}", fit) for one in dose.sets for fit in one.fits]
        yield DataTable("dose-curves", "Curves over dose", CURVE, tuple(_values(fits)))
    if course is not None:
        yield nouns_table("course-points", "Effects by time", CurvePoint, course.points)
        timed = [("flagged out", fit) for fit in course.fits]
        yield DataTable("course-curves", "Curves over time", CURVE, tuple(_values(timed)))


def _values(fits: Sequence[tuple[str, CurveFit]]) -> Iterator[tuple[Cell, ...]]:
    for rows, fit in fits:
        for value in fit.values:
            yield rows, fit.shape, value.x, value.estimate, value.low, value.high


def along_data(answer: Answer, networks: Sequence[str]) -> dict[str, object]:
    """Give the same as data."""
    return {
        "monitoring": shapes.plain(answer.monitoring),
        "dose": shapes.plain(answer.dose),
        "course": shapes.plain(answer.course),
        "networks": list(networks),
    }

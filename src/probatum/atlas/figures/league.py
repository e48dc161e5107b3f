"""The league table of a network as a heat map: words in every cell, colour as a second sign."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from probatum.atlas.figures.svg import ACCENT, LINE, PAPER, WARN, drawing, element, text
from probatum.stats.geometry.network import Cell

CELL_WIDTH, CELL_HEIGHT, MARGIN = 150.0, 54.0, 6.0
League = Sequence[Sequence[Cell | None]]


def league_figure(table: League, title: str, null: float = 0.0) -> Markup:
    """Draw a league table, row versus column; ``null`` is no effect: 1 for ratios.

    The shade grows as p falls; its colour says which side of no effect the estimate lies on, and
    cells that exclude no effect are framed. The orientation stands in every cell's title.
    """
    size = len(table)
    width, height = size * CELL_WIDTH + 2 * MARGIN, size * CELL_HEIGHT + 2 * MARGIN
    parts = [element("rect", width=width, height=height, fill=PAPER, class_="paper")]
    names = [next(cell.row for cell in row if cell is not None) for row in table]
    for i, row in enumerate(table):
        for j, cell in enumerate(row):
            x, y = MARGIN + j * CELL_WIDTH, MARGIN + i * CELL_HEIGHT
            parts += _name(names[i], x, y) if cell is None else _cell(cell, x, y, null)
    told = f"Row versus column, best first: {', '.join(names)}."
    return drawing(width, height, title, told, parts)


def _name(name: str, x: float, y: float) -> list[Markup]:
    middle = x + CELL_WIDTH / 2, y + CELL_HEIGHT / 2 + 5
    return [_box(x, y, PAPER, 1.0, LINE), text(*middle, name, anchor="middle", kind="strong")]


def _cell(cell: Cell, x: float, y: float, null: float) -> list[Markup]:
    color = ACCENT if cell.effect >= null else WARN
    clear = (cell.low - null) * (cell.high - null) > 0
    box = _box(x, y, color, 0.35 * (1 - min(1.0, cell.pval)), color if clear else LINE)
    middle = x + CELL_WIDTH / 2
    words = [
        text(middle, y + 23, f"{cell.effect:.2f}", anchor="middle", kind="strong"),
        text(middle, y + 42, f"{cell.low:.2f} to {cell.high:.2f}", anchor="middle", kind="soft"),
    ]
    return [element("g", element("title", cell.text), box, *words, class_="cell")]


def _box(x: float, y: float, fill: str, shade: float, edge: str) -> Markup:
    return element(
        "rect", x=x + 2, y=y + 2, width=CELL_WIDTH - 4, height=CELL_HEIGHT - 4, fill=fill,
        fill_opacity=shade, stroke=edge, stroke_width=1.25,
    )  # fmt: skip

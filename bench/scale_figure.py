"""The figure of how cost grows: CPU time and memory against records, both axes logarithmic."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT, EDGE = 380, 320, 56
SIGNS = {"read": ("#0b6e69", ""), "link": ("#a3401f", "6 3"), "index": ("#4b4b8f", "2 3")}
Point = tuple[float, float]


def draw(table: Path, figure: Path) -> None:
    """Draw the kept rows as SVG; one panel a measure, one line a stage."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    panels = [("cpu", "CPU seconds"), ("memory", "peak memory, MB"), ("disk", "disk, MB")]
    inside = "".join(
        _panel(at * WIDTH, title, {s: _points(rows, s, name) for s in SIGNS})
        for at, (name, title) in enumerate(panels)
    )
    words = "Cost of read, link and index against the number of records, logarithmic axes"
    size = f'viewBox="0 0 {WIDTH * len(panels)} {HEIGHT}" role="img" aria-label="{words}"'
    figure.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif"'
        f' font-size="12"><rect width="100%" height="100%" fill="#fff"/>{inside}</svg>\n',
        encoding="utf-8",
    )


def slope(points: Sequence[Point]) -> float:
    """Give the slope between the last two points on logarithmic axes: 1 is linear.

    >>> slope([(1e3, 1), (1e4, 3), (1e5, 30)])
    1.0
    """
    (one, low), (two, high) = points[-2:]
    return round((math.log10(high) - math.log10(low)) / (math.log10(two) - math.log10(one)), 3)


def _points(rows: Sequence[dict[str, str]], stage: str, name: str) -> list[Point]:
    return [(float(r["records"]), float(r[name])) for r in rows if r["stage"] == stage]


def _panel(left: float, title: str, lines: dict[str, list[Point]]) -> str:
    xs = [x for points in lines.values() for x, _ in points]
    ys = [max(y, 1e-3) for points in lines.values() for _, y in points]
    across = (math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs))))
    up = (math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys))))

    def at(point: Point) -> Point:
        x = (math.log10(point[0]) - across[0]) / (across[1] - across[0])
        y = (math.log10(max(point[1], 1e-3)) - up[0]) / (up[1] - up[0])
        return left + EDGE + x * (WIDTH - 2 * EDGE), HEIGHT - EDGE - y * (HEIGHT - 2 * EDGE)

    parts = [f'<text x="{left + EDGE}" y="24" font-weight="bold">{title}</text>']
    parts += [_tick(at((10.0**x, 10.0 ** up[0])), x, "x") for x in range(across[0], across[1] + 1)]
    parts += [_tick(at((10.0 ** across[0], 10.0**y)), y, "y") for y in range(up[0], up[1] + 1)]
    parts += [_line(stage, [at(p) for p in points]) for stage, points in lines.items()]
    parts.append(_legend(left + EDGE, lines))
    return "".join(parts)


def _legend(left: float, lines: dict[str, list[Point]]) -> str:
    """Name the lines below the panel, each with its last slope."""
    words = "".join(
        f'<tspan fill="{SIGNS[stage][0]}" dx="8">{stage} {slope(points):.2f}</tspan>'
        for stage, points in lines.items()
        if len(points) > 1
    )
    return f'<text x="{left}" y="{HEIGHT - 12}">records; slope:{words}</text>'


def _tick(place: Point, power: int, axis: str) -> str:
    x, y = place
    word = f'10<tspan dy="-5" font-size="9">{power}</tspan>'
    if axis == "x":
        line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{EDGE}" stroke="#ddd"/>'
        return f'{line}<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle">{word}</text>'
    far = x + WIDTH - 2 * EDGE
    line = f'<line x1="{x:.1f}" x2="{far:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
    return f'{line}<text x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{word}</text>'


def _line(stage: str, places: Sequence[Point]) -> str:
    colour, dash = SIGNS[stage]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"'
        f' stroke-dasharray="{dash}"/>{dots}'
    )

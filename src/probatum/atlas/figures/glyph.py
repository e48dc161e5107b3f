"""The glyph of a cell of the evidence map: area, fill, arrow, ring and corner say one thing each.

Area is the number of participants, the filled quarters are the certainty (four of four is high),
the arrow is the direction of the effect, an outer ring says that it is contested, a corner that
sources are flagged. The words that say the same stand beside the glyph.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import cache
from typing import Literal

from markupsafe import Markup

from probatum.atlas.figures.svg import ACCENT, INK, PAPER, WARN, element, polygon

Lean = Literal["for", "against", "open", "none"]
Sign = Literal["contested", "flagged", "narrow"]
FILLED = {"high": 4, "moderate": 3, "low": 2, "very low": 1, "none": 0}
LARGEST, SMALLEST = 15.0, 5.0


def radius(participants: float | None, most: float) -> float:
    """Give the radius whose area is in proportion to the participants, never below 5 px.

    >>> radius(400, 400), round(radius(100, 400), 2), radius(None, 400)
    (15.0, 7.5, 5.0)
    """
    if not participants or most <= 0:
        return SMALLEST
    return max(SMALLEST, LARGEST * math.sqrt(min(1.0, participants / most)))


def _quarters(x: float, y: float, r: float, filled: int) -> Markup:
    if filled >= 4:
        return element("circle", cx=x, cy=y, r=r, fill=ACCENT, class_="fill")
    angle = filled * math.pi / 2
    end_x, end_y = x + r * math.sin(angle), y - r * math.cos(angle)
    far = 1 if filled > 2 else 0
    path = f"M{x:.2f} {y:.2f}V{y - r:.2f}A{r:.2f} {r:.2f} 0 {far} 1 {end_x:.2f} {end_y:.2f}Z"
    return element("path", d=path, fill=ACCENT, class_="fill")


def _arrow(x: float, y: float, lean: Lean) -> Markup:
    if lean == "for":
        return polygon([(x, y - 7), (x + 6, y + 5), (x - 6, y + 5)], kind="arrow for")
    if lean == "against":
        return polygon([(x, y + 7), (x + 6, y - 5), (x - 6, y - 5)], kind="arrow against")
    left, right = f"M{x - 7:g} {y:g}l5 -5v10z", f"M{x + 7:g} {y:g}l-5 -5v10z"
    return element("path", d=left + right, fill=INK, class_="arrow open")


@cache
def arrow(lean: Lean) -> Markup:
    """Draw the arrow of a direction alone, for the legend."""
    return _hidden(18, 18, [_arrow(9.0, 9.0, lean)])


def circle(
    participants: float | None,
    most: float,
    level: str,
    lean: Lean,
    *,
    signs: Collection[Sign] = (),
) -> Markup:
    """Draw the glyph of a cell with numbers; the sign "narrow" leaves no room for an arrow."""
    r, filled = radius(participants, most), FILLED.get(level, 0)
    rim = element(
        "circle",
        cx=18.0,
        cy=18.0,
        r=r,
        fill=PAPER,
        stroke=ACCENT,
        stroke_width="1.5",
        stroke_dasharray="2.5 2" if level == "none" else None,
        class_="rim",
    )
    parts = [rim, _quarters(18.0, 18.0, r, filled)] if filled else [rim]
    if lean != "none":
        parts.append(_arrow(41.0, 18.0, lean))
    parts += _signs(r, signs)
    return _hidden(36 if "narrow" in signs else 48, 36, parts)


def _signs(r: float, signs: Collection[Sign]) -> list[Markup]:
    drawn = []
    if "contested" in signs:
        ring = element(
            "circle", cx=18.0, cy=18.0, r=r + 2.4, fill="none", stroke=WARN, class_="ring"
        )
        drawn.append(ring)
    if "flagged" in signs:
        drawn.append(element("path", d="M0 0h10l-10 10z", fill=WARN, class_="corner"))
    return drawn


@cache
def page() -> Markup:
    """Draw the glyph of a cell that has statements but no pooled numbers."""
    sheet = element(
        "path",
        d="M12 9h9l4 4v14h-13zM21 9v4h4M15 18h7M15 22h7",
        fill="none",
        stroke=INK,
        stroke_width="1.4",
        class_="sheet",
    )
    return _hidden(36, 36, [sheet])


@cache
def dots(level: str) -> Markup:
    """Draw a certainty as four dots, as GRADE does."""
    filled = FILLED.get(level, 0)
    parts = []
    for i in range(4):
        on = i < filled
        parts.append(
            element(
                "circle",
                cx=7.0 + 13 * i,
                cy=7.0,
                r=4.6,
                fill=ACCENT if on else PAPER,
                stroke=ACCENT,
                stroke_width="1.3",
                class_="fill" if on else "rim",
            )
        )
    return _hidden(54, 14, parts, kind="dots")


def _hidden(width: int, height: int, parts: list[Markup], kind: str = "glyph") -> Markup:
    return element(
        "svg",
        *parts,
        viewBox=f"0 0 {width} {height}",
        width=str(width),
        height=str(height),
        aria_hidden="true",
        focusable="false",
        class_=kind,
    )

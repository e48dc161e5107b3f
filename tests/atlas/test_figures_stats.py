"""Figures of single analyses: what they say in words, and where their points lie."""

import numpy as np
import pytest
from lxml import etree

from probatum import stats
from probatum.atlas.figures.funnel import funnel_figure
from probatum.atlas.figures.league import league_figure
from probatum.atlas.figures.scatter import gosh_figure, scatter_figure
from probatum.stats import geometry

LABELS = ["A <2001>", "B 2004", "C 2009", "D 2011"]
FIT = stats.rma([0.1, 0.5, -0.2, 0.8], [0.02, 0.05, 0.08, 0.03])
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["baujat", "radial", "labbe"])
def test_every_study_is_a_point_that_tells_its_name(name: str) -> None:
    if name == "labbe":
        plot = geometry.labbe([5, 8, 1, 9], [20, 30, 9, 40], [9, 7, 2, 9], [21, 28, 9, 41], LABELS)
    else:
        plot = getattr(geometry, name)(FIT, LABELS)
    root = etree.fromstring(scatter_figure(plot, "Title", "What it is.", ("across", "up")))
    circles = root.findall(f".//{SVG}circle")
    assert [c.findtext(f"{SVG}title") for c in circles] == LABELS
    assert root.findtext(f"{SVG}desc", "").startswith("What it is. 4 studies: A <2001>,")
    for circle in circles:
        assert 76 <= float(circle.get("cx", "")) <= 836
        assert 24 <= float(circle.get("cy", "")) <= 372
    for guide in root.findall(f".//{SVG}line"):
        assert 0 <= float(guide.get("y1", "")) <= 440


def test_gosh_shows_all_subsets_in_its_cells() -> None:
    plot = geometry.gosh(stats.gosh(FIT.yi, FIT.vi, method="EE"), bins=20)
    root = etree.fromstring(gosh_figure(plot, "Subsets", "Effect"))
    told = [
        cell.findtext(f"{SVG}title", "") for cell in root.findall(f".//{SVG}rect[@class='cell']")
    ]
    assert sum(int(words.split()[0]) for words in told) == 2**4 - 1
    assert root.findtext(f"{SVG}desc", "").startswith("15 subsets")


def test_league_tells_the_orientation_in_every_cell() -> None:
    first, second = ["B", "C", "C"], ["A", "A", "B"]
    fit = stats.nma([0.5, 0.8, 0.4], [0.2, 0.2, 0.3], first, second, [1, 2, 3])
    root = etree.fromstring(league_figure(geometry.league(fit, log=True), "League", null=1.0))
    cells = root.findall(f".//{SVG}g")
    titles = [cell.findtext(f"{SVG}title", "") for cell in cells]
    assert len(titles) == 6
    i, j = fit.trts.index("C"), fit.trts.index("A")
    assert any(t.startswith(f"C v A: {np.exp(fit.te[i, j]):.2f} (") for t in titles)
    fills = {box.get("fill") for cell in cells for box in cell.findall(f"{SVG}rect")}
    assert len(fills) == 2


def test_funnel_has_its_contours_from_wide_to_narrow() -> None:
    root = etree.fromstring(funnel_figure(geometry.funnel(FIT, LABELS), "Funnel", "Effect"))
    wedges = root.findall(f".//{SVG}polygon")
    assert [wedge.findtext(f"{SVG}title") for wedge in wedges] == [
        "p = 0.01", "p = 0.05", "p = 0.1", "95 %",
    ]  # fmt: skip
    circles = root.findall(f".//{SVG}circle")
    # The most precise study stands highest.
    heights = {c.findtext(f"{SVG}title"): float(c.get("cy", "")) for c in circles}
    assert min(heights, key=lambda name: heights[name]) == LABELS[0]

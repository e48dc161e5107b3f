"""Figures of networks, dose, time and growth: whole, escaped, with the numbers in words."""

from __future__ import annotations

import dataclasses

import pytest
from lxml import etree

from probatum.atlas.figures.curves import course_figure, dose_figure
from probatum.atlas.figures.growth import cumulative_figure, sequential_figure
from probatum.atlas.figures.network import network_figure


@pytest.fixture(scope="module")
def drawn(invented):
    return {
        "network": network_figure(invented["NETWORK"]),
        "dose": dose_figure(invented["DOSE"], "D"),
        "course": course_figure(invented["COURSE"], "C"),
        "cumulative": cumulative_figure(invented["MONITORING"], "M"),
        "sequential": sequential_figure(invented["MONITORING"], "S"),
    }


@pytest.mark.parametrize("name", ["network", "dose", "course", "cumulative", "sequential"])
def test_a_figure_is_one_whole_drawing(drawn, name):
    tree = etree.fromstring(str(drawn[name]).encode())
    assert tree.tag.endswith("svg")
    assert tree.get("role") == "img"
    assert tree.get("aria-label")
    assert not [e for e in tree.iter() if e.tag.endswith(("script", "image", "foreignObject"))]
    numbers = [float(v) for e in tree.iter() for k, v in e.attrib.items()
               if k in {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy"}]  # fmt: skip
    width, height = float(tree.get("width")), float(tree.get("height"))
    assert all(-60 <= value <= max(width, height) for value in numbers)


def test_a_flagged_point_is_hollow(drawn):
    tree = etree.fromstring(str(drawn["dose"]).encode())
    assert len(tree.findall(".//{*}rect[@class='box out']")) == 1
    assert len(tree.findall(".//{*}rect[@class='box']")) == 2


def test_a_ratio_stands_on_its_logarithm(invented):
    points = tuple(
        dataclasses.replace(p, estimate=e, low=e / 2, high=e * 2)
        for p, e in zip(invented["BY_X"], (0.5, 1.0, 2.0), strict=True)
    )
    values = tuple(dataclasses.replace(v, estimate=1.0, low=0.5, high=2.0)
                   for v in invented["LINE"])  # fmt: skip
    fit = dataclasses.replace(invented["FIT"], values=values)
    dose = dataclasses.replace(
        invented["DOSE"], measure="RR", points=points,
        sets=(dataclasses.replace(invented["DOSE_SET"], fits=(fit,)),),
    )  # fmt: skip
    tree = etree.fromstring(str(dose_figure(dose, "D")).encode())
    y = [float(e.get("y")) + float(e.get("height")) / 2 for e in tree.findall(".//{*}rect[@class]")
         if e.get("class", "").startswith("box")]  # fmt: skip
    assert y[0] - y[1] == pytest.approx(y[1] - y[2], abs=0.1)


def test_nothing_to_monitor_is_no_figure(invented):
    bare = dataclasses.replace(invented["MONITORING"], delta=None)
    assert not sequential_figure(bare, "S")
    assert cumulative_figure(bare, "M")

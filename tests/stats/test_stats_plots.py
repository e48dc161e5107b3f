"""Every figure is drawn by matplotlib, with the words and places that its coordinates say."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from probatum import stats
from probatum.errors import UsageError
from probatum.stats import geometry, plots
from probatum.stats.geometry.bands import dose_band
from probatum.stats.geometry.monitoring import monitor_plot

LABELS = [f"Study {letter} 20{i:02}" for i, letter in enumerate("ABCDEF")]
Y = np.array([0.4, 0.1, -0.2, 0.6, 0.3, 0.9])
V = np.array([0.04, 0.02, 0.09, 0.05, 0.03, 0.2])
FIT = stats.rma(Y, V)


def words(figure: Any) -> set[str]:
    axes = figure.axes[0]
    ticks = [tick.get_text() for tick in (*axes.get_xticklabels(), *axes.get_yticklabels())]
    return {text.get_text() for text in axes.texts} | set(ticks)


def drawn(figure: Any, tmp_path: Path) -> int:
    """Save as SVG and PNG; return the size of the picture."""
    for ending in ("svg", "png"):
        figure.savefig(tmp_path / f"figure.{ending}", dpi=50)
    return (tmp_path / "figure.png").stat().st_size


def network() -> stats.network.fit.Nma:
    first, second = ["B", "C", "C", "D"], ["A", "A", "B", "A"]
    return stats.nma([0.5, 0.8, 0.4, 0.1], [0.2, 0.2, 0.3, 0.4], first, second, [1, 2, 3, 4])


def test_forest_has_subgroups_prediction_and_judgements(tmp_path: Path) -> None:
    groups = ["iv", "iv", "iv", "oral", "oral", "oral"]
    plot = geometry.forest(Y, V, LABELS, pooled=FIT, groups=groups, log=True)
    judged = dict.fromkeys(LABELS, ("low", "some concerns", "high"))
    domains = ("1", "2", "3")
    figure = plots.forest(plot, title="Response", effect="RR", bias=judged, domains=domains)
    told = words(figure)
    assert {*LABELS, "iv", "oral", "Pooled", "Prediction interval", "+", "?"} <= told
    assert f"{np.exp(Y[0]):.2f} [1.01, 2.21]" in told
    assert drawn(figure, tmp_path) > 2000


def test_forest_refuses_what_it_does_not_know() -> None:
    plot = geometry.forest(Y, V, LABELS)
    with pytest.raises(UsageError, match="'Study Z' is not in the plot"):
        plots.forest(plot, bias={"Study Z": []})
    with pytest.raises(UsageError, match="one judgement a domain"):
        plots.forest(plot, bias={LABELS[0]: ["low"]})
    with pytest.raises(UsageError, match="unknown judgement 'grey'"):
        plots.forest(plot, bias={LABELS[0]: ["grey"]}, domains=["1"])


def test_funnel_is_contour_enhanced_and_upside_down(tmp_path: Path) -> None:
    figure = plots.funnel(geometry.funnel(FIT, LABELS), title="Funnel")
    axes = figure.axes[0]
    assert axes.get_ylim() == (1.0, 0.0)
    assert [text.get_text() for text in axes.get_legend().get_texts()] == [
        "p = 0.01", "p = 0.05", "p = 0.1",
    ]  # fmt: skip
    assert drawn(figure, tmp_path) > 2000


@pytest.mark.parametrize("name", ["baujat", "radial", "labbe"])
def test_points_are_drawn_with_their_labels(name: str, tmp_path: Path) -> None:
    if name == "labbe":
        plot = geometry.labbe([5, 8], [20, 30], [9, 7], [21, 28], LABELS[:2])
    else:
        plot = getattr(geometry, name)(FIT, LABELS)
    figure = plots.scatter(plot, title=name, labels=("x", "y"))
    assert words(figure) >= {point.label for point in plot.points}
    places = np.array(figure.axes[0].collections[0].get_offsets())
    assert np.allclose(places, [[p.x, p.y] for p in plot.points])
    assert drawn(figure, tmp_path) > 1500


def test_gosh_shows_every_subset(tmp_path: Path) -> None:
    plot = geometry.gosh(stats.gosh(Y, V, method="EE"), bins=20)
    figure = plots.gosh(plot)
    shown = figure.axes[0].images[0].get_array()
    assert np.nansum(shown) == plot.counts.sum() == 2**6 - 1
    assert drawn(figure, tmp_path) > 2000


def test_network_graph_names_treatments_and_counts(tmp_path: Path) -> None:
    figure = plots.graph(geometry.graph(network()), title="Network")
    assert {"A", "B", "C", "D", "1"} <= words(figure)
    assert drawn(figure, tmp_path) > 2000


def test_league_tells_effect_and_interval_in_every_cell(tmp_path: Path) -> None:
    fit = network()
    figure = plots.league(geometry.league(fit, log=True), log=True)
    i, j = fit.trts.index("C"), fit.trts.index("A")
    cell = f"{np.exp(fit.te[i, j]):.2f}\n{np.exp(fit.lower[i, j]):.2f} to "
    assert any(text.startswith(cell) for text in words(figure))
    strength = np.array(figure.axes[0].images[0].get_array())
    assert strength == pytest.approx(-strength.T, abs=1e-9)
    assert drawn(figure, tmp_path) > 2000
    with pytest.raises(UsageError, match="two treatments"):
        plots.league([])


def test_bands_over_dose_and_paths_of_monitoring_are_drawn(tmp_path: Path) -> None:
    arms = {"dose": [0, 5, 10, 0, 5, 10.0], "mean": [0, 1, 2.2, 0, 0.8, 2.0]}
    made = stats.dose_contrasts(
        "MD", arms["dose"], ["1"] * 3 + ["2"] * 3, mean=arms["mean"], sd=[2.0] * 6, n=[30.0] * 6
    )
    plot = dose_band(stats.dose_response(made), made)
    figure = plots.band(plot, labels=("mg", "points"))
    assert figure.axes[0].get_xlabel() == "mg"
    assert drawn(figure, tmp_path) > 2000
    path = monitor_plot(stats.monitor(Y, V, delta=0.3), LABELS)
    assert drawn(plots.monitor(path, title="Monitoring"), tmp_path) > 2000

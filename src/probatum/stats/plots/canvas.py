"""An empty figure whose axes run over the positions 0 to 1 of ``geometry``, and their ticks."""

from __future__ import annotations

from typing import Any

from probatum.errors import UsageError
from probatum.stats.geometry.axis import Axis

INK, SOFT, LINE, ACCENT, BAND = "#1d2427", "#5a656b", "#c9c4b8", "#0b5d66", "#cfe3e4"
# Three shades from dark to light, told apart in print as well.
SHADES = ("#9aa5a8", "#c3cbcd", "#e4e8e9")


def empty(width: float, height: float, title: str = "") -> tuple[Any, Any]:
    """Return a figure of ``width`` by ``height`` inches and its axes, without a frame.

    UsageError where matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415, an extra
    except ImportError:
        raise UsageError("matplotlib is not installed: pip install 'probatum[plots]'") from None
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=11, color=INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def ticks(axes: Any, x: Axis | None, y: Axis | None, labels: tuple[str, str] = ("", "")) -> None:
    """Mark both axes of a picture with the ticks of ``geometry``; None leaves one empty."""
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xticks([t.x for t in x.ticks] if x else [], [t.label for t in x.ticks] if x else [])
    axes.set_yticks([t.x for t in y.ticks] if y else [], [t.label for t in y.ticks] if y else [])
    axes.set_xlabel(labels[0], color=SOFT)
    axes.set_ylabel(labels[1], color=SOFT)
    axes.tick_params(colors=SOFT, labelsize=9)

"""The forest plot: subgroups, the pooled diamond, the prediction interval, risk of bias."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from probatum.errors import UsageError
from probatum.stats.geometry.forest import Forest, Row
from probatum.stats.plots.canvas import ACCENT, INK, LINE, SOFT, empty

# A sign beside each colour: the judgement is never told by colour alone.
JUDGEMENTS = {
    "low": ("+", "#2e7d4f"),
    "some concerns": ("?", "#8a6100"),
    "unclear": ("?", "#8a6100"),
    "high": ("\N{MINUS SIGN}", "#a83232"),
}
# Places beside the axis, in its widths: labels, then to the right the numbers and judgements.
LABELS, INDENT, NUMBERS, FIRST_JUDGEMENT, APART = -0.62, 0.02, 1.55, 1.64, 0.07


def forest(
    plot: Forest,
    *,
    title: str = "",
    effect: str = "Effect",
    bias: Mapping[str, Sequence[str]] | None = None,
    domains: Sequence[str] = (),
) -> Any:
    """Draw a forest plot; ``bias`` gives the judgements of studies by label, one a domain.

    Judgements are low, some concerns, unclear or high. ``effect`` names the axis. Returns a
    matplotlib Figure. UsageError for an unknown study or judgement.
    """
    given = _judged(plot, bias or {}, domains)
    figure, axes = empty(9 + 0.35 * len(domains), 1.4 + 0.3 * plot.height, title)
    right = FIRST_JUDGEMENT + APART * len(domains)
    axes.set_xlim(LABELS, right)
    axes.set_ylim(plot.height, -1.2)
    axes.spines["bottom"].set_bounds(0, 1)
    axes.set_xticks([t.x for t in plot.axis.ticks], [t.label for t in plot.axis.ticks])
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.axvline(plot.null_x, color=SOFT, linewidth=1, linestyle="--")
    middle = (0.5 - LABELS) / (right - LABELS)
    axes.set_xlabel(f"{effect} ({plot.level:g} % interval)", color=SOFT, x=middle)
    _beside(axes, -0.75, f"{effect} ({plot.level:g} %)", bold=True)
    for i, name in enumerate(domains):
        _judgement(axes, i, -0.75, name, INK)
    for row in plot.rows:
        _row(axes, row)
        for i, judgement in enumerate(given.get(row.label, ()) if row.kind == "study" else ()):
            _judgement(axes, i, row.y, *JUDGEMENTS[judgement])
    return figure


def _judged(
    plot: Forest, bias: Mapping[str, Sequence[str]], domains: Sequence[str]
) -> Mapping[str, Sequence[str]]:
    known = {row.label for row in plot.rows if row.kind == "study"}
    for label, judgements in bias.items():
        if label not in known:
            raise UsageError(f"bias: study {label!r} is not in the plot")
        if len(judgements) != len(domains):
            raise UsageError(
                f"bias of {label!r}: one judgement a domain ({len(domains)}) is needed"
            )
        for one in judgements:
            if one not in JUDGEMENTS:
                told = ", ".join(JUDGEMENTS)
                raise UsageError(f"bias of {label!r}: unknown judgement {one!r}; known: {told}")
    return bias


def _row(axes: Any, row: Row) -> None:
    bold = row.kind in {"heading", "pooled"}
    weight = "bold" if bold else "normal"
    start = LABELS + (INDENT if row.kind == "study" else 0)
    axes.text(start, row.y, row.label, va="center", fontsize=9, weight=weight, color=INK)
    if row.kind == "heading":
        return
    _beside(axes, row.y, f"{row.value:.2f} [{row.low:.2f}, {row.high:.2f}]", bold=bold)
    if row.kind == "pooled":
        corners = [(row.x_low, row.y), (row.x, row.y - 0.3), (row.x_high, row.y)]
        axes.fill(*zip(*corners, (row.x, row.y + 0.3), strict=True), color=ACCENT)
        return
    color, width = (ACCENT, 2.5) if row.kind == "prediction" else (INK, 1.2)
    axes.plot([row.x_low, row.x_high], [row.y, row.y], color=color, linewidth=width, zorder=2)
    for at, cut, mark in ((row.x_low, row.cut_low, "<"), (row.x_high, row.cut_high, ">")):
        if cut:
            axes.plot(at, row.y, marker=mark, color=color, markersize=6, clip_on=False)
    if row.kind == "study":
        side = 3 + 8 * row.side
        axes.plot(row.x, row.y, marker="s", color=ACCENT, markersize=side, zorder=3)


def _beside(axes: Any, y: float, words: str, *, bold: bool) -> None:
    weight = "bold" if bold else "normal"
    axes.text(NUMBERS, y, words, va="center", ha="right", fontsize=9, weight=weight, color=INK)


def _judgement(axes: Any, column: int, y: float, sign: str, color: str) -> None:
    ring = {"boxstyle": "circle,pad=0.2", "edgecolor": color, "facecolor": "white"}
    axes.text(
        FIRST_JUDGEMENT + column * APART, y, sign, ha="center", va="center", fontsize=8,
        color=color, bbox=ring if y >= 0 else {"edgecolor": LINE, "facecolor": "none"},
    )  # fmt: skip

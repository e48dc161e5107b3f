"""How the studies of a question lie to each other: a Baujat plot and a funnel plot."""

from __future__ import annotations

from markupsafe import Markup

from probatum.atlas.figures.funnel import funnel_figure
from probatum.atlas.figures.scatter import scatter_figure
from probatum.atlas.wording import RATIOS
from probatum.model.effect import Pooled

LEAST = 3  # studies: two lie always alike


def spread_figures(pooled: Pooled, label: str) -> dict[str, Markup]:
    """Draw where heterogeneity comes from and how effects lie to their precision, by name.

    Empty below three studies. Both are computed when the page is made, from the same effects.
    """
    kept = [effect for effect in pooled.effects if not effect.left_out]
    if len(kept) < LEAST or pooled.estimate is None:
        return {}
    from probatum.stats import rma  # noqa: PLC0415, the overview needs no statistics
    from probatum.stats.compiled import numpy_only  # noqa: PLC0415
    from probatum.stats.geometry.funnel import funnel  # noqa: PLC0415
    from probatum.stats.geometry.scatter import baujat  # noqa: PLC0415

    names = [effect.label for effect in kept]
    with numpy_only():
        fit = rma([effect.yi for effect in kept], [effect.vi for effect in kept])
        points, lying = baujat(fit, names), funnel(fit, names, log=pooled.measure in RATIOS)
    return {
        "baujat": scatter_figure(
            points,
            f"{label}: where the studies differ",
            "Each study by its share of heterogeneity and how far the result moves without it.",
            ("share of heterogeneity", "influence"),
        ),
        "funnel": funnel_figure(lying, f"{label}: effects by precision", pooled.measure or ""),
    }

"""Figures as coordinates: frozen data that any renderer can draw. Nothing here draws."""

from probatum.stats.geometry.axis import Axis, Tick, linear_axis, log_axis
from probatum.stats.geometry.forest import Forest, Row, forest

__all__ = ["Axis", "Forest", "Row", "Tick", "forest", "linear_axis", "log_axis"]

"""Effect measures: one row a measure, with formula, reference, needs and range."""

from probatum.stats.measures.table import MEASURES, Measure

__all__ = ["MEASURES", "Measure"]

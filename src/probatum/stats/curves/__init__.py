"""Curves over a dose or over time: their shapes, and fits to correlated effects of studies."""

"""Multilevel and multivariate models: dependent effects."""

"""Bayes without waiting: normal models by deterministic quadrature over τ."""

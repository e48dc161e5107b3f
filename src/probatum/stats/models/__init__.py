"""Pairwise models: common effect, random effects, meta-regression, pooled tables."""

"""Monitoring of a cumulating meta-analysis: e-values, spending boundaries, power."""

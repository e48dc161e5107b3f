"""Probatum: a living evidence base for a therapy."""

__version__ = "0.1.0"

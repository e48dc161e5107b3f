"""Figures as SVG, drawn on the server; every word in them is escaped."""

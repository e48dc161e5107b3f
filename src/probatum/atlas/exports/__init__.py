"""Exports: the base in the forms that other programs read, each the same bytes twice."""

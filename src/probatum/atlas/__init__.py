"""Publish: views, figures and pages of a built base."""

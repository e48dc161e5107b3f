"""Synthesize: study rows to effects and pooled estimates."""

"""Appraise: documents and works to flags and profiles."""

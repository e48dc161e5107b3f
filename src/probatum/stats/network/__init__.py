"""Network meta-analysis."""

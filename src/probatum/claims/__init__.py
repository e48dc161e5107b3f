"""Extract: documents to statements, claims and results."""

"""One file a format; the table of them stands in ``probatum.documents.table``."""

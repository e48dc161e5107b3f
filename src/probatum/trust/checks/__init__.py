"""One file a check; the table of them stands in ``probatum.trust.table``."""

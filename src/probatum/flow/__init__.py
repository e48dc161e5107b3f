"""The path of data: settings, packs, ledger, pipeline, and verbs that need several rooms."""

"""Where work runs and tables live: runner, tables, text index, every way to the outside."""

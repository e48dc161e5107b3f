"""Documents from live services: a query in, the answers of the service as sources of a base."""

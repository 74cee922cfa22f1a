"""The service: from logs on the chain to tables, and from tables to the API."""

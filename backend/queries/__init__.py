"""Every read-only query."""

"""A whole market on this machine: chain, contracts, story, indexer and API.

What `scripts.demo` and `scripts.dev` have in common. Everything that is started here is ended by
leaving the `with` block it was started in, or with its parent, however that ends.
"""

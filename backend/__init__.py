"""The service: from logs on the chain to tables, and from tables to the API."""

import os

os.environ.setdefault("ETH_HASH_BACKEND", "pysha3")  # in C; eth-hash would take a slower one

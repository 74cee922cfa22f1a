"""Why the indexer does not start, or stops.

IndexerError
 +-- AnotherIndexer    one is at work on this database
 +-- WrongChain        the node follows another chain than the deployment names
 +-- OtherMarket       the database is of another deployment
 +-- ChainReplaced     the node's chain is not the one that the database was built from
 +-- DeepReorg         the chain was reorganised below what counts as final

Every message says what to do.
"""

from __future__ import annotations


class IndexerError(Exception):
    """The indexer cannot go on by itself."""


class AnotherIndexer(IndexerError):
    """One is at work on this database already."""


class WrongChain(IndexerError):
    """The node follows another chain than the deployment names."""


class OtherMarket(IndexerError):
    """The database is of another deployment."""


class ChainReplaced(IndexerError):
    """The node's chain is not the one that the database was built from."""


class DeepReorg(IndexerError):
    """The chain was reorganised below what counts as final."""


class Reorged(Exception):
    """The chain changed while it was read. No error: the next look finds the common ancestor."""

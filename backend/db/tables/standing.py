"""What is said of people: reviews by the other sides of their trades, labels by attestors.

Hashes of content are sha2-256, null for no words.
"""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from backend.db.tables.base import Address, Hash, Time, metadata, provenance
from backend.db.types import Uint

Name = String(24)
Commitment = String(54)  # 26 bytes

# One side's review of another. It is committed to, until it has a `rating` (1 to 5); without one
# after `reveal_until` it counts as none. The commitment and its times are null where a review was
# never hidden. Provenance: the latest log.
reviews = Table(
    "reviews",
    metadata,
    Column("trade_id", Hash, primary_key=True),
    Column("author", Address, primary_key=True),
    Column("subject", Address, primary_key=True),
    Column("commitment", Commitment),
    Column("committed_at", Time),
    Column("commit_until", Time),
    Column("reveal_until", Time),
    Column("rating", Integer),
    Column("content_hash", Hash),
    Column("revealed_at", Time),
    Column("reply_hash", Hash),
    Column("replied_at", Time),
    *provenance(),
)
Index(None, reviews.c.author)
Index(None, reviews.c.subject)

# `value` is 1 for a person or a business, a credit band, or the hash of a product as a number. An
# attestation gives its labels up to and including `expires_at`, unless `revoked_at` is told.
# Provenance: the latest log.
attestations = Table(
    "attestations",
    metadata,
    Column("uid", Hash, primary_key=True),
    Column("recipient", Address, nullable=False),
    Column("attester", Address, nullable=False),
    Column("claim", Name, nullable=False),
    Column("value", Uint, nullable=False),
    Column("attested_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("revoked_at", Time),
    *provenance(),
)
Index(None, attestations.c.recipient)
Index(None, attestations.c.attester)

# Everybody who may attest such claims, or once might. Provenance: the latest log.
attestors = Table(
    "attestors",
    metadata,
    Column("attestor", Address, primary_key=True),
    Column("claim", Name, primary_key=True),
    Column("allowed", Boolean, nullable=False),
    *provenance(),
)

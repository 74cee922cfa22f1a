"""Why posted offers are not listed: their makers withdrew them, or the operator hid them.

Not on the chain, so that a rebuild leaves these tables alone. Times are wall clock, unix seconds.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from backend.db.tables.base import Address, Hash, metadata

# Each proves itself by the maker's signature.
withdrawn_offers = Table(
    "withdrawn_offers",
    metadata,
    Column("chain_id", BigInteger, primary_key=True, autoincrement=False),
    Column("escrow", Address, primary_key=True),
    Column("offer_hash", Hash, primary_key=True),
    Column("by", Address, nullable=False),
    Column("signature", Text, nullable=False),
    Column("withdrawn_at", BigInteger, nullable=False),
)

# Rows are added only; the newest of an offer counts. `action` is hide or unhide.
moderation = Table(
    "moderation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chain_id", BigInteger, nullable=False),
    Column("escrow", Address, nullable=False),
    Column("offer_hash", Hash, nullable=False),
    Column("action", String(6), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", BigInteger, nullable=False),
)
Index(None, moderation.c.offer_hash)

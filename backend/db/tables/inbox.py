"""Signed offers that were posted: the one thing kept that is not on the chain.

A rebuild leaves this table alone. Each row proves itself by its signatures; whether an offer can
still be taken is read from `trades`, `cancelled_offers` and `cancelled_until`.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, Table

from backend.db.tables.base import Address, Bps, Hash, Time, metadata
from backend.db.types import Json, Uint

# `parties` and `tranches` as signed: addresses, the open place zero; packed words as decimal
# strings. `signatures` maps signer to signature. `posted_at` is wall clock.
offers = Table(
    "offers",
    metadata,
    Column("chain_id", BigInteger, primary_key=True, autoincrement=False),
    Column("escrow", Address, primary_key=True),
    Column("offer_hash", Hash, primary_key=True),
    Column("asset", Address, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("content_hash", Hash, nullable=False),
    Column("max_fee_bps", Bps, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("fills", BigInteger, nullable=False),
    Column("salt", Uint, nullable=False),
    Column("parties", Json, nullable=False),
    Column("tranches", Json, nullable=False),
    Column("signatures", Json, nullable=False),
    Column("posted_at", BigInteger, nullable=False),
)
Index(None, offers.c.posted_at)

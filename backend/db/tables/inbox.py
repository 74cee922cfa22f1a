"""Signed offers that were posted: the one thing kept that is not on the chain.

A rebuild leaves these tables alone. Each row proves itself by its signatures; whether an offer can
still be taken is read from `trades`, `cancelled_offers` and `cancelled_until`.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from backend.db.tables.base import Address, Bps, Hash, Time, metadata
from backend.db.types import Json, Uint

# `parties` and `tranches` as signed: addresses, the open place zero; packed words as decimal
# strings. `signatures` maps signer to signature, `text` is what `content_hash` is the hash of, if
# it was posted too. `posted_at` is wall clock.
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
    Column("starts_at", Time, nullable=False),  # 0: at the opening
    Column("sponsor", Integer, nullable=False),  # its place, counted from 1; 0: none
    Column("labels", Integer, nullable=False),  # that the taker must have, a bit each
    Column("least_points", Integer, nullable=False),  # whole points, of the taker
    Column("fills", BigInteger, nullable=False),
    Column("salt", Uint, nullable=False),
    Column("parties", Json, nullable=False),
    Column("tranches", Json, nullable=False),
    Column("signatures", Json, nullable=False),
    Column("text", Text),
    Column("posted_at", BigInteger, nullable=False),
    # What it is found by, of terms and text (`backend.terms.shelf`).
    Column("side", String(8), nullable=False),
    Column("is_private", Boolean, nullable=False),
    Column("amount", Uint, nullable=False),
    Column("template", String(64)),
    Column("area", String(5)),
    Column("calendar", String(64)),
    Column("answers", Hash),
)
Index(None, offers.c.posted_at)
Index(None, offers.c.calendar)
Index(None, offers.c.answers)

# Splits that a party of an offer signed beforehand: it lets the tranche's other side close it alone
# up to `deadline`. `signature` is EIP-712 over the id that the trade of this fill has.
presigned_splits = Table(
    "presigned_splits",
    metadata,
    Column("chain_id", BigInteger, primary_key=True, autoincrement=False),
    Column("escrow", Address, primary_key=True),
    Column("offer_hash", Hash, primary_key=True),
    Column("fill", BigInteger, primary_key=True, autoincrement=False),
    Column("tranche", Integer, primary_key=True, autoincrement=False),
    Column("performer_bps", Bps, primary_key=True, autoincrement=False),
    Column("deadline", Time, primary_key=True, autoincrement=False),
    Column("party", Address, primary_key=True),
    Column("signature", Text, nullable=False),
)

# The named parties of each, by seat: who made it, and whose cancellation ends it.
offer_parties = Table(
    "offer_parties",
    metadata,
    Column("chain_id", BigInteger, primary_key=True, autoincrement=False),
    Column("escrow", Address, primary_key=True),
    Column("offer_hash", Hash, primary_key=True),
    Column("seat", Integer, primary_key=True, autoincrement=False),
    Column("account", Address, nullable=False, index=True),
)

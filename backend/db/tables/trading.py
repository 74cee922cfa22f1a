"""Trades, their tranches and parties, ended offers, and what the Escrow owes."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table

from backend.db.tables.base import Address, Bps, Hash, Seconds, Time, metadata, provenance
from backend.db.types import Uint

# Provenance: the log that opened the trade. `open_tranches` counts those not final;
# `closed_at` is when the last one became so.
trades = Table(
    "trades",
    metadata,
    Column("trade_id", Hash, primary_key=True),
    Column("offer_hash", Hash, nullable=False),
    Column("fill", BigInteger, nullable=False),
    Column("taker", Address, nullable=False),
    Column("asset", Address, nullable=False),  # zero: the chain's coin
    Column("amount", Uint, nullable=False),  # of all tranches
    Column("kind", Integer, nullable=False),
    Column("content_hash", Hash, nullable=False),
    Column("listing_hash", Hash, nullable=False),
    Column("max_fee_bps", Bps, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("starts_at", Time, nullable=False),  # 0: at the opening
    Column("sponsor", Integer, nullable=False),  # its place, counted from 1; 0: none
    Column("labels", Integer, nullable=False),  # that the taker must have, a bit each
    Column("least_points", Integer, nullable=False),  # whole points, of the taker
    Column("fills", BigInteger, nullable=False),
    Column("salt", Uint, nullable=False),
    Column("opened_at", Time, nullable=False),
    Column("rules_version", BigInteger, nullable=False),
    Column("fee_bps", Bps, nullable=False),
    Column("open_seat", Integer),  # null: every party was named
    Column("pin", Uint, nullable=False),  # the packed word that later calls carry
    Column("tranche_count", Integer, nullable=False),
    Column("open_tranches", Integer, nullable=False),
    Column("closed_at", Time),
    *provenance(),
)
Index(None, trades.c.block_number, trades.c.log_index)
Index(None, trades.c.offer_hash, trades.c.fill, unique=True)

parties = Table(
    "parties",
    metadata,
    Column("trade_id", Hash, primary_key=True),
    Column("seat", Integer, primary_key=True, autoincrement=False),
    Column("account", Address, nullable=False),
    *provenance(),
)
Index(None, parties.c.account, parties.c.block_number, parties.c.log_index)

# Provenance: the latest log of this tranche. `status` is one of backend.terms.status; `since`
# is when it began. The payouts are null until it is final; the default ones null afterwards.
# A default is due from the second after `default_due_at` on.
tranches = Table(
    "tranches",
    metadata,
    Column("trade_id", Hash, primary_key=True),
    Column("tranche", Integer, primary_key=True, autoincrement=False),
    Column("funder", Integer, nullable=False),  # seats among the parties
    Column("performer", Integer, nullable=False),
    Column("checker", Integer, nullable=False),
    Column("amount", Uint, nullable=False),
    Column("due_in", Seconds, nullable=False),
    Column("review_period", Seconds, nullable=False),
    Column("status", String(16), nullable=False),
    Column("since", Time, nullable=False),
    Column("performed_at", Time),
    Column("disputed_at", Time),
    Column("closed_at", Time),
    Column("performer_bps", Bps),
    Column("to_performer", Uint),
    Column("to_checker", Uint),
    Column("fee", Uint),
    Column("default_status", String(16)),
    Column("default_due_at", Time),
    Column("default_to_performer", Uint),
    Column("default_to_checker", Uint),
    Column("default_fee", Uint),
    *provenance(),
)
Index(None, tranches.c.default_due_at)

# Offers ended one by one; those of a party ended together, by the time they were created.
cancelled_offers = Table(
    "cancelled_offers",
    metadata,
    Column("offer_hash", Hash, primary_key=True),
    Column("by", Address, nullable=False),
    *provenance(),
)
cancelled_until = Table(
    "cancelled_until",
    metadata,
    Column("party", Address, primary_key=True),
    Column("created_until", Time, nullable=False),
    *provenance(),
)

# What sponsors have locked for fills: all that ever was, what of it went back, and what is left for
# fills that nobody has taken.
budgets = Table(
    "budgets",
    metadata,
    Column("offer_hash", Hash, primary_key=True),
    Column("sponsor", Address, nullable=False, index=True),
    Column("asset", Address, nullable=False),
    Column("locked", Uint, nullable=False),
    Column("unlocked", Uint, nullable=False),
    Column("amount", Uint, nullable=False),
    *provenance(),
)

# What the Escrow owes, fees to the treasury included; zero once it is paid.
credits = Table(
    "credits",
    metadata,
    Column("account", Address, primary_key=True),
    Column("asset", Address, primary_key=True),
    Column("amount", Uint, nullable=False),
    Column("settled", Boolean, nullable=False),  # amount is zero
    *provenance(),
)

"""Members, what they earned, and their votes over time."""

from sqlalchemy import Boolean, Column, Index, Integer, Table

from backend.db.tables.base import Address, Hash, Time, metadata, provenance
from backend.db.types import Uint

# Everybody who has units, was delegated to, or delegates. `votes` are units delegated to it now.
members = Table(
    "members",
    metadata,
    Column("account", Address, primary_key=True),
    Column("units", Uint, nullable=False),
    Column("held", Uint, nullable=False),
    Column("owed", Uint, nullable=False),
    Column("allotted_points", Uint, nullable=False),
    Column("delegate", Address),  # null: none
    Column("votes", Uint, nullable=False),
    *provenance(),
)

# `votes` from `since` on, until the next row of the account.
vote_checkpoints = Table(
    "vote_checkpoints",
    metadata,
    Column("account", Address, primary_key=True),
    Column("since", Time, primary_key=True, autoincrement=False),
    Column("votes", Uint, nullable=False),
    *provenance(),
)

# The units of all together, from `since` on, until the next row.
supply_checkpoints = Table(
    "supply_checkpoints",
    metadata,
    Column("since", Time, primary_key=True, autoincrement=False),
    Column("units", Uint, nullable=False),
    *provenance(),
)

# One row for each side of a tranche: points before caps and fading, units after the caps.
earnings = Table(
    "earnings",
    metadata,
    Column("escrow", Address, primary_key=True),
    Column("trade_id", Hash, primary_key=True),
    Column("tranche", Integer, primary_key=True, autoincrement=False),
    Column("account", Address, primary_key=True),
    Column("counterparty", Address, nullable=False),
    Column("points", Uint, nullable=False),
    Column("units", Uint, nullable=False),
    *provenance(),
)
Index(None, earnings.c.account)

# One row for each tranche in which a ruling found a side at fault: points before the cap and
# fading, units after the cap, taken from the account or owed by it.
forfeits = Table(
    "forfeits",
    metadata,
    Column("escrow", Address, primary_key=True),
    Column("trade_id", Hash, primary_key=True),
    Column("tranche", Integer, primary_key=True, autoincrement=False),
    Column("account", Address, nullable=False),
    Column("counterparty", Address, nullable=False),
    Column("points", Uint, nullable=False),
    Column("units", Uint, nullable=False),
    *provenance(),
)
Index(None, forfeits.c.account)

claims = Table(
    "claims",
    metadata,
    Column("escrow", Address, primary_key=True),
    Column("trade_id", Hash, primary_key=True),
    *provenance(),
)

listed_escrows = Table(
    "listed_escrows",
    metadata,
    Column("escrow", Address, primary_key=True),
    Column("listed", Boolean, nullable=False),
    *provenance(),
)

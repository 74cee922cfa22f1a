"""The chain as far as it was followed, and the log of every event."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from backend.db.tables.base import Address, Hash, Time, metadata, provenance
from backend.db.types import Json

# Which market this database is of; one row.
market = Table(
    "market",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("chain_id", BigInteger, nullable=False),
    Column("start_block", BigInteger, nullable=False),
    Column("start_hash", Hash, nullable=False),
    Column("contracts", Json, nullable=False),  # {name: address}
)

# The last block applied; one row, none before the first block.
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", Hash, nullable=False),
    Column("time", Time, nullable=False),
)

# How the indexer fares; one row. Not a fact of the chain: `head` is the newest block the node
# told of, `final` the height below which nothing is undone, `halted` why the indexer stopped
# for good (null while it has not), `seen_at` when it last heard of the node (wall clock),
# `rollbacks` how often blocks were undone.
progress = Table(
    "progress",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("head", BigInteger, nullable=False),
    Column("final", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("halted", Text),
    Column("rollbacks", BigInteger, nullable=False, server_default="0"),
)

# Every height down to finality, and every block with an event of ours.
blocks = Table(
    "blocks",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", Hash, nullable=False, unique=True),
    Column("parent_hash", Hash, nullable=False),
    Column("time", Time, nullable=False),
)

# Every event of our contracts, decoded; identity is block hash and log index. `args` has the
# names of the ABI, integers as decimal strings. The timeline of a trade, a proposal or a case is
# read here.
events = Table(
    "events",
    metadata,
    *provenance("block_hash", "log_index"),
    Column("contract", String(32), nullable=False),
    Column("address", Address, nullable=False),
    Column("name", String(64), nullable=False),
    Column("trade_id", Hash),
    Column("proposal_id", String(78)),  # decimal digits, as told; not padded
    Column("case_id", Hash),
    Column("args", Json, nullable=False),
)
Index(None, events.c.block_number, events.c.log_index)
Index(None, events.c.trade_id)
Index(None, events.c.proposal_id)
Index(None, events.c.case_id)

# How to take back what was written since finality, newest last; see docs/decisions/0004.
undo = Table(
    "undo",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("block_number", BigInteger, nullable=False, index=True),
    Column("table_name", String(64), nullable=False),
    Column("key", Json, nullable=False),
    Column("before", Json),  # null: there was no such row
)

# What the contracts were built with and never say in an event, read once: `value` is decimal
# digits, an address, or a list of such.
constants = Table(
    "constants",
    metadata,
    Column("contract", String(32), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("value", Json, nullable=False),
)

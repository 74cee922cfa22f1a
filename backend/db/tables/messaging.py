"""Messages between parties: sealed by their senders, and kept as they came.

Not on the chain, so that a rebuild leaves these tables alone. What is in a message nobody here can
read; each row proves itself by the signatures of its sender. Times are wall clock, unix seconds.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from backend.db.tables.base import Address, Hash, metadata
from backend.db.types import Json

THREAD = 116  # octets of the longest name of a thread

# Every publication of keys, old ones too; the newest `created_at` of an account is in use.
# `created_at` is by the account's own clock, `posted_at` by ours.
messaging_keys = Table(
    "messaging_keys",
    metadata,
    Column("key_id", Hash, primary_key=True),
    Column("chain_id", BigInteger, nullable=False),
    Column("escrow", Address, nullable=False),
    Column("account", Address, nullable=False),
    Column("sealing_key", Hash, nullable=False),
    Column("signing_key", Hash, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("signature", Text, nullable=False),
    Column("posted_at", BigInteger, nullable=False),
)
Index(
    None,
    messaging_keys.c.chain_id,
    messaging_keys.c.escrow,
    messaging_keys.c.account,
    messaging_keys.c.created_at,
    unique=True,
)

# One for each conversation that has a message; `last_` is of the newest.
message_threads = Table(
    "message_threads",
    metadata,
    Column("thread_id", Hash, primary_key=True),
    Column("chain_id", BigInteger, nullable=False),
    Column("escrow", Address, nullable=False),
    Column("name", String(THREAD), nullable=False),
    Column("asker", Address),  # of an offer; null for a trade
    Column("opened_at", BigInteger, nullable=False),
    Column("last_sequence", Integer, nullable=False),
    Column("last_hash", Hash, nullable=False),
    Column("last_posted_at", BigInteger, nullable=False),
)
Index(None, message_threads.c.asker, message_threads.c.opened_at)

# Who was a party when a message came, and up to which one it has read.
message_seats = Table(
    "message_seats",
    metadata,
    Column("thread_id", Hash, primary_key=True),
    Column("account", Address, primary_key=True),
    Column("read_up_to", Integer, nullable=False),
)
Index(None, message_seats.c.account)

# `box` is the ciphertext in hexadecimal; `readers` are account, key and sealed key of each.
messages = Table(
    "messages",
    metadata,
    Column("thread_id", Hash, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("hash", Hash, nullable=False, unique=True),
    Column("sender", Address, nullable=False),
    Column("key_id", Hash, nullable=False),
    Column("previous", Hash, nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Column("commitment", Hash, nullable=False),
    Column("signature", Text, nullable=False),
    Column("box", Text, nullable=False),
    Column("readers", Json, nullable=False),
    Column("posted_at", BigInteger, nullable=False),
)
Index(None, messages.c.sender, messages.c.posted_at)

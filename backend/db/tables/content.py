"""What the store of content is said to have: the bytes themselves are in the store.

A rebuild leaves this table alone; `commonhold content check` makes it true again.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from backend.db.tables.base import Address, Hash, metadata

# `size` is bytes as kept, `sent` as they came: a limit is on what each uploader sent. `kept_at` is
# wall clock.
contents = Table(
    "contents",
    metadata,
    Column("content_hash", Hash, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("uploader", Address, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
)
Index(None, contents.c.uploader, contents.c.kept_at)

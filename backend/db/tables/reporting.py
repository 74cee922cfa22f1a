"""Condition reports: what a thing was like, signed by parties of a trade. A rebuild leaves them
alone; each row proves itself by its signature (`backend.terms.condition_report`)."""

from sqlalchemy import BigInteger, Column, String, Table, Text

from backend.db.tables.base import Address, Hash, metadata

# A row for each signature. `moment` is the hand-over or the return, `content_hash` the SHA2-256 of
# what was written down, `posted_at` wall clock.
condition_reports = Table(
    "condition_reports",
    metadata,
    Column("chain_id", BigInteger, primary_key=True, autoincrement=False),
    Column("escrow", Address, primary_key=True),
    Column("trade_id", Hash, primary_key=True),
    Column("moment", String(8), primary_key=True),
    Column("content_hash", Hash, primary_key=True),
    Column("party", Address, primary_key=True),
    Column("signature", Text, nullable=False),
    Column("posted_at", BigInteger, nullable=False),
)

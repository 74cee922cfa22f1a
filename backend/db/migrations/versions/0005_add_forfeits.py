"""Add what rulings cost members"""

import sqlalchemy as sa
from alembic import op

import backend.db.types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody forfeited anything before."""
    op.create_table(
        "forfeits",
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("trade_id", sa.String(length=66), nullable=False),
        sa.Column("tranche", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=42), nullable=False),
        sa.Column("counterparty", sa.String(length=42), nullable=False),
        sa.Column("points", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("units", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("escrow", "trade_id", "tranche", name=op.f("pk_forfeits")),
    )
    op.create_index(op.f("ix_forfeits_account"), "forfeits", ["account"], unique=False)
    nothing = "0" * backend.db.types.DIGITS
    kind = backend.db.types.Uint(length=backend.db.types.DIGITS)
    op.add_column("members", sa.Column("owed", kind, nullable=False, server_default=nothing))

"""Let offers have a sponsor, and ask for labels and reputation"""

import sqlalchemy as sa
from alembic import op

import backend.db.types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was signed before asks for nothing."""
    for table in ("trades", "offers"):
        for column in ("sponsor", "labels", "least_points"):
            op.add_column(
                table, sa.Column(column, sa.Integer(), nullable=False, server_default="0")
            )
    op.create_table(
        "budgets",
        sa.Column("offer_hash", sa.String(length=66), nullable=False),
        sa.Column("sponsor", sa.String(length=42), nullable=False),
        sa.Column("asset", sa.String(length=42), nullable=False),
        sa.Column("locked", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("unlocked", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("amount", backend.db.types.Uint(length=78), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("offer_hash", name=op.f("pk_budgets")),
    )
    op.create_index(op.f("ix_budgets_sponsor"), "budgets", ["sponsor"])

"""Keep condition reports"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = ("chain_id", "escrow", "trade_id", "moment", "content_hash", "party")


def upgrade() -> None:
    """None were kept before."""
    op.create_table(
        "condition_reports",
        sa.Column("chain_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("trade_id", sa.String(length=66), nullable=False),
        sa.Column("moment", sa.String(length=8), nullable=False),
        sa.Column("content_hash", sa.String(length=66), nullable=False),
        sa.Column("party", sa.String(length=42), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_condition_reports")),
    )

"""Keep splits that were signed beforehand"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = ("chain_id", "escrow", "offer_hash", "fill", "tranche", "performer_bps", "deadline", "party")


def upgrade() -> None:
    """None were kept before."""
    op.create_table(
        "presigned_splits",
        sa.Column("chain_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("offer_hash", sa.String(length=66), nullable=False),
        sa.Column("fill", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tranche", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("performer_bps", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("deadline", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("party", sa.String(length=42), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_presigned_splits")),
    )

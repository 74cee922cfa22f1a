"""Let offers be taken off the list"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawn_offers",
        sa.Column("chain_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("offer_hash", sa.String(length=66), nullable=False),
        sa.Column("by", sa.String(length=42), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "chain_id", "escrow", "offer_hash", name=op.f("pk_withdrawn_offers")
        ),
    )
    op.create_table(
        "moderation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.BigInteger(), nullable=False),
        sa.Column("escrow", sa.String(length=42), nullable=False),
        sa.Column("offer_hash", sa.String(length=66), nullable=False),
        sa.Column("action", sa.String(length=6), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation")),
    )
    op.create_index(op.f("ix_moderation_offer_hash"), "moderation", ["offer_hash"])

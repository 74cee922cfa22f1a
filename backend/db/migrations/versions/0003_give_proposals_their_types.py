"""Give proposals their types"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No proposal of an older market has types; its database is of another deployment."""
    op.create_table(
        "proposal_terms",
        sa.Column("proposal_type", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("effective_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("quorum_bps", sa.Integer(), nullable=False),
        sa.Column("approval_bps", sa.Integer(), nullable=False),
        sa.Column("delay", sa.BigInteger(), nullable=False),
        sa.Column("old_quorum_bps", sa.Integer(), nullable=False),
        sa.Column("old_approval_bps", sa.Integer(), nullable=False),
        sa.Column("old_delay", sa.BigInteger(), nullable=False),
        sa.Column("block_number", sa.BigInteger(), nullable=False),
        sa.Column("block_hash", sa.String(length=66), nullable=False),
        sa.Column("block_time", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(length=66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_type", "effective_at", name=op.f("pk_proposal_terms")),
    )
    for name, kind in (
        ("types", sa.Integer()),
        ("quorum_bps", sa.Integer()),
        ("approval_bps", sa.Integer()),
        ("delay", sa.BigInteger()),
    ):
        column = sa.Column(name, kind, nullable=False, server_default="0")
        op.add_column("proposals", column)

"""Add jury rules"""

import sqlalchemy as sa
from alembic import op

import backend.db.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("juror_fee", "seat_stake"):
        op.add_column("rules", sa.Column(name, backend.db.types.Uint(length=78), nullable=True))
    for name in ("deposit", "evidence", "commit", "reveal", "appeal", "conflict"):
        op.add_column("rules", sa.Column(f"{name}_period", sa.BigInteger(), nullable=True))
    for name in ("jurors", "max_appeals", "appeal_multiplier_bps", "slash_bps", "coherence_bps"):
        op.add_column("rules", sa.Column(name, sa.Integer(), nullable=True))

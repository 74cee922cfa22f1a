"""Let trades start later than they are opened"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was signed before starts when it is opened."""
    for table in ("trades", "offers"):
        op.add_column(
            table, sa.Column("starts_at", sa.BigInteger(), nullable=False, server_default="0")
        )
